#pragma once

#include "common/domain/core.h"
#include "services/strategy/core/bot.h"
#include "services/strategy/core/bot_actions.h"
#include "services/strategy/core/bot_registry.h"

#include <memory>

namespace sauda::strategy {

// Runs the bots of a configuration over one stream of inputs. Durable: status, memory, parameters
// and leg groups of every bot, the intent counter, the trading states last heard. Soft: the
// market and what the bots learned from it.
class StrategyCore final : public domain::Core {
 public:
    // config must have passed check(); kinds must outlive the core.
    StrategyCore(StrategyConfig config, std::shared_ptr<const domain::MarketRules> rules,
                 const std::vector<BotKind>& kinds = bot_kinds());
    ~StrategyCore() override;

    void observe(const domain::Message& input, Timestamp now) override;
    void decide(const domain::Message& input, Timestamp now, domain::Emitter& out) override;
    void wake(Timestamp now, domain::Emitter& out) override;
    [[nodiscard]] Timestamp next_deadline() const override;
    void apply(const domain::Message& event) override;
    [[nodiscard]] std::string save() const override;
    bool load(std::string_view bytes) override;
    void metrics(std::vector<domain::Metric>& out) const override;

    // For status lines and tests; nullptr for a bot not seen yet.
    [[nodiscard]] const BotState* find(std::string_view bot) const;
    [[nodiscard]] const MarketState& market() const { return market_; }

 private:
    struct Slot {
        BotConfig config;
        AccountConfig account;
        const BotKind* kind = nullptr;
        Parameters parameters;  // as configured
        std::unique_ptr<Bot> bot;
        std::string fault;  // soft: what it threw while learning
    };
    struct Durable {
        uint64_t next_intent = 1;
        std::map<std::string, BotState, std::less<>> bots;
        std::map<std::string, domain::TradingState> trading;  // by "source/account"
        SAUDA_FIELDS(next_intent, bots, trading)
    };

    // One call into a bot; an exception pauses it.
    template <class Call>
    void with_bot(Slot& slot, Timestamp now, domain::Emitter& out, Call&& call);
    // As with_bot for every started bot of the underlying.
    template <class Call>
    void with_started(Underlying underlying, Timestamp now, domain::Emitter& out, Call&& call);
    template <class Learn>
    void learn(Underlying underlying, Learn&& teach);
    BotState& state_of(const Slot& slot);
    Slot* find_slot(std::string_view bot);
    [[nodiscard]] domain::ReasonCode trading_obstacle(const std::string& account) const;
    [[nodiscard]] Parameters in_effect(const Slot& slot, const BotState& state) const;
    void fresh_bots();

    void decide_quotes(const domain::QuoteBatch& batch, Timestamp now, domain::Emitter& out);
    void decide_bars(const domain::BarBatch& batch, Timestamp now, domain::Emitter& out);
    void decide_session(const domain::SessionEvent& event, Timestamp now, domain::Emitter& out);
    void introduce(domain::Emitter& out);
    void pause_faulted(domain::Emitter& out);
    void pause(const Slot& slot, const std::string& why, domain::Emitter& out);

    // answers.cpp: what risk and execution say, and what they did not say in time
    void decide_answer(const domain::Decision& decision, Timestamp now, domain::Emitter& out);
    void decide_group(const domain::GroupEvent& event, Timestamp now, domain::Emitter& out);
    void decide_trading(domain::Service source, const domain::TradingStateEvent& event,
                        domain::Emitter& out);
    void answer_open(Slot& slot, const domain::Decision& decision, Timestamp now,
                     domain::Emitter& out);
    void answer_reduce(Slot& slot, const domain::Decision& decision, Timestamp now,
                       domain::Emitter& out);
    void forget_unanswered(Slot& slot, Timestamp now, domain::Emitter& out);

    // commands.cpp: what the owner says
    void decide_command(const domain::OperatorCommand& command, domain::Emitter& out);
    void request_parameter(Slot& slot, const domain::OperatorCommand& command,
                           domain::Emitter& out);
    void change_parameters(Slot& slot, domain::Emitter& out);

    const StrategyConfig config_;
    const std::vector<BotKind>& kinds_;
    std::vector<Slot> slots_;
    MarketState market_;
    Durable durable_;
};

template <class Call>
void StrategyCore::with_bot(Slot& slot, Timestamp now, domain::Emitter& out, Call&& call) {
    BotState& state = state_of(slot);
    if (state.status == BotStatus::Paused) {
        return;
    }
    const View view(now, slot.config, slot.account, slot.parameters, state, market_);
    BotActions actions(view, state, market_, config_, {trading_obstacle(slot.config.account)},
                       durable_.next_intent, out);
    try {
        call(static_cast<const Bot&>(*slot.bot), view, actions);
    } catch (const std::exception& error) {
        pause(slot, error.what(), out);
    } catch (...) {
        pause(slot, "an exception without a text", out);
    }
}

}  // namespace sauda::strategy
