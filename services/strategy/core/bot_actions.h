#pragma once

#include "common/domain/core.h"
#include "services/strategy/core/bot.h"

namespace sauda::strategy {

// What lets or forbids entries beside the bot itself.
struct EntryGate {
    // Set when trading is halted or reducing for the account.
    domain::ReasonCode trading = domain::ReasonCode::None;
};

// Actions of one bot during one call: turns wishes into events.
class BotActions final : public Actions {
 public:
    BotActions(const View& view, const BotState& state, const MarketState& market,
               const StrategyConfig& config, EntryGate gate, const uint64_t& next_intent,
               domain::Emitter& out);

    bool may_open() override;
    uint64_t open(const IntentDraft& draft) override;
    bool close(uint64_t group, domain::ReasonCode why) override;
    void remember(std::vector<domain::Number> values) override;
    void skip(domain::Reason reason) override;
    void wake_at(Timestamp when) override;
    void use_signal(const domain::Signal& signal) override;

 private:
    [[nodiscard]] domain::Reason obstacle() const;  // None: nothing is in the way
    [[nodiscard]] bool is_valid(const DraftLeg& leg) const;
    [[nodiscard]] domain::Leg leg_of(const DraftLeg& draft) const;
    void tell_figures(domain::Intent& intent) const;
    [[nodiscard]] domain::Leg closing_leg(const domain::Leg& entry) const;
    [[nodiscard]] domain::Intent new_intent(domain::Purpose purpose) const;
    [[nodiscard]] domain::BotEvent event(domain::BotEventKind kind) const;
    void emit(domain::BotEvent event);

    const View& view_;
    const BotState& state_;
    const MarketState& market_;
    const StrategyConfig& config_;
    EntryGate gate_;
    const uint64_t& next_intent_;
    domain::Emitter& out_;
};

}  // namespace sauda::strategy
