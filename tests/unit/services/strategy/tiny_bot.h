#pragma once

#include "tests/unit/services/strategy/scene.h"

#include <stdexcept>

namespace sauda::test {

using strategy::Actions;
using strategy::Bot;
using strategy::IntentDraft;
using strategy::MarketState;
using strategy::View;

// Does on each quote what its parameter says.
enum Act : int64_t {
    kNothing,
    kThrow,
    kThrowWhileLearning,
    kRemember,
    kRememberReserved,
    kSkip,
    kSkipTwoReasons,
    kTimer,
    kOpen,
    kOpenOffTick,
    kOpenOffLot,
    kClose,
};

class TinyBot final : public strategy::StatefulBot<TinyBot> {
 public:
    void observe_quotes(const QuoteBatch& batch, const MarketState&) override {
        seen_ += batch.quotes.size();
        if (seen_ == trip_) {
            throw std::runtime_error("tripped while learning");
        }
    }
    void observe_session(const SessionEvent& event, const MarketState&) override {
        if (event.kind == SessionKind::PreOpen) {
            trip_ = seen_ + 1;
        }
    }
    void on_quotes(const QuoteBatch&, const View& view, Actions& actions) const override {
        act(view, actions, view.parameter("act"));
    }
    void on_timer(const View& view, Actions& actions) const override {
        actions.remember({{"timer", view.now().ns, Unit::Time}});
    }
    void on_group(const strategy::Group& group, const View&, Actions& actions) const override {
        actions.remember({{"group_state", static_cast<int64_t>(group.state), Unit::Count}});
    }
    void on_denied(const strategy::Group& group, const Reason& reason, const View&,
                   Actions& actions) const override {
        actions.remember({{"denied_group", static_cast<int64_t>(group.id), Unit::Count},
                          {"denied_reason", static_cast<int64_t>(reason.code), Unit::Count}});
    }
    SAUDA_FIELDS(seen_, trip_)

 private:
    static void act(const View& view, Actions& actions, int64_t what) {
        switch (what) {
            case kThrow:
                throw std::runtime_error("tripped");
            case kRemember:
                actions.remember({{"quotes", view.recall("quotes") + 1, Unit::Count}});
                break;
            case kRememberReserved:
                actions.remember({{"set.act", 1, Unit::Count}});
                break;
            case kSkip:
                actions.skip({ReasonCode::NoQuotes, {}});
                break;
            case kSkipTwoReasons:
                actions.skip({ReasonCode::NoQuotes, {}});
                actions.skip({ReasonCode::DataOneSided, {}});
                break;
            case kTimer:
                actions.wake_at(view.now() + base::seconds(30));
                break;
            case kOpen:
                actions.open(draft(Price::from_paise(10'000), units(75)));
                break;
            case kOpenOffTick:
                actions.open(draft(Price::from_paise(10'001), units(75)));
                break;
            case kOpenOffLot:
                actions.open(draft(Price::from_paise(10'000), units(80)));
                break;
            case kClose:
                for (const auto& [id, group] : std::map(view.groups())) {
                    actions.close(id, ReasonCode::ExitStrategy);
                }
                break;
            default:
                break;
        }
    }
    static IntentDraft draft(Price limit, Quantity quantity) {
        IntentDraft draft;
        draft.kind = StrategyKind::Directional;
        draft.legs = {{option(ContractKind::Call, 24'500), Side::Buy, quantity, limit, false}};
        return draft;
    }

    uint64_t seen_ = 0;
    uint64_t trip_ = 0;
};

inline const std::vector<BotKind>& kinds() {
    static const std::vector<BotKind> kKinds{
        {"tiny",
         "for tests",
         [] { return std::unique_ptr<Bot>(std::make_unique<TinyBot>()); },
         {{"act", 0, 0, 100, ParameterUnit::Count, "what to do on a quote"}},
         nullptr}};
    return kKinds;
}

inline StrategyConfig tiny(std::initializer_list<std::pair<std::string, int64_t>> bots) {
    StrategyConfig config;
    for (const auto& [name, act] : bots) {
        auto bot = bot_of(name, "tiny");
        bot.parameters["act"] = act;
        config = [&] {
            auto with = config_of(bot);
            with.bots.insert(with.bots.begin(), config.bots.begin(), config.bots.end());
            return with;
        }();
    }
    return config;
}

struct Tiny : Scene {
    explicit Tiny(StrategyConfig config) : Scene(std::move(config), kinds()) {
        open_day();
        now = at(10, 0);
    }
    void quote() { quotes({quote_of(ContractKind::Call, 24'500, 24'500, now)}); }
    const strategy::BotState& state(const std::string& bot = "a") {
        return *bench.core().find(bot);
    }
    int64_t memory(const std::string& name, const std::string& bot = "a") {
        const auto found = state(bot).memory.find(name);
        return found == state(bot).memory.end() ? -1 : found->second.value;
    }
    Intent opened() {
        quote();
        REQUIRE(intents().size() == 1);
        return intents().front();
    }
};

}  // namespace sauda::test
