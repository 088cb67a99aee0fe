#pragma once

#include "services/strategy/core/bot.h"
#include "services/strategy/core/bot_registry.h"

namespace sauda::bench {

// Trades on demand: opens one lot of the call nearest to the forward on a quote, closes it on the
// first quote after it is in, and again. Every quote that finds it free leads to an order.
class DemandBot final : public strategy::Bot {
 public:
    void on_quotes(const domain::QuoteBatch& /*batch*/, const strategy::View& view,
                   strategy::Actions& actions) const override {
        for (const auto& [id, group] : view.groups()) {
            if (group.is_open()) {
                actions.close(id, domain::ReasonCode::ExitStrategy);
            }
            return;
        }
        if (!actions.may_open()) {
            return;
        }
        const auto expiry = view.nearest_expiry();
        const auto forward = expiry ? view.forward(*expiry) : std::nullopt;
        const auto strike = forward ? view.chain().nearest_strike(*expiry, *forward) : std::nullopt;
        if (!strike) {
            return;
        }
        const auto* quote = view.chain().option(*expiry, *strike, domain::ContractKind::Call);
        const auto instrument = quote != nullptr ? view.instrument(quote->contract) : std::nullopt;
        if (!instrument || !quote->is_two_sided()) {
            return;
        }
        strategy::IntentDraft draft;
        draft.kind = domain::StrategyKind::Directional;
        draft.legs = {{quote->contract, domain::Side::Buy, instrument->lot,
                       quote->ask + instrument->tick * 20, false}};
        draft.forward = *forward;
        actions.open(draft);
    }
};

inline const std::vector<strategy::BotKind>& demand_kinds() {
    static const std::vector<strategy::BotKind> kinds{
        {.name = "demand",
         .text = "an order on every quote, for measurements",
         .make = [] { return std::unique_ptr<strategy::Bot>(new DemandBot); },
         .parameters = {},
         .problem = nullptr}};
    return kinds;
}

}  // namespace sauda::bench
