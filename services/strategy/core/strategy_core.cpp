#include "services/strategy/core/strategy_core.h"

#include <algorithm>

namespace sauda::strategy {

using domain::BotEvent;
using domain::BotEventKind;
using domain::StreamId;

StrategyCore::StrategyCore(StrategyConfig config, std::shared_ptr<const domain::MarketRules> rules,
                           const std::vector<BotKind>& kinds)
    : config_(std::move(config)), kinds_(kinds), market_(std::move(rules)) {
    INVARIANT(check(config_, kinds_).has_value());
    for (const auto& bot : config_.bots) {
        Slot slot;
        slot.config = bot;
        slot.account = *std::find_if(config_.accounts.begin(), config_.accounts.end(),
                                     [&](const auto& a) { return a.name == bot.account; });
        slot.kind = find_kind(kinds_, bot.kind);
        slot.parameters = resolve_parameters(*slot.kind, bot.parameters).value();
        slots_.push_back(std::move(slot));
    }
    fresh_bots();
}

StrategyCore::~StrategyCore() = default;

void StrategyCore::fresh_bots() {
    for (auto& slot : slots_) {
        slot.bot = slot.kind->make();
        slot.fault.clear();
        durable_.bots[slot.config.name];
    }
}

BotState& StrategyCore::state_of(const Slot& slot) {
    return durable_.bots.find(slot.config.name)->second;
}

StrategyCore::Slot* StrategyCore::find_slot(std::string_view bot) {
    const auto found = std::find_if(slots_.begin(), slots_.end(),
                                    [bot](const Slot& slot) { return slot.config.name == bot; });
    return found == slots_.end() ? nullptr : &*found;
}

const BotState* StrategyCore::find(std::string_view bot) const {
    const auto found = durable_.bots.find(bot);
    return found == durable_.bots.end() ? nullptr : &found->second;
}

Parameters StrategyCore::in_effect(const Slot& slot, const BotState& state) const {
    Parameters values = slot.parameters;
    for (const auto& [name, value] : state.changed) {
        values[name] = value;
    }
    return values;
}

domain::ReasonCode StrategyCore::trading_obstacle(const std::string& account) const {
    auto worst = domain::TradingState::Active;
    for (const auto& [key, state] : durable_.trading) {
        const std::string_view of = std::string_view(key).substr(key.find('/') + 1);
        if ((of.empty() || of == account) && state > worst) {
            worst = state;
        }
    }
    switch (worst) {
        case domain::TradingState::Halted:
            return domain::ReasonCode::TradingHalted;
        case domain::TradingState::Reducing:
            return domain::ReasonCode::TradingReducing;
        case domain::TradingState::Unspecified:
        case domain::TradingState::Active:
            break;
    }
    return domain::ReasonCode::None;
}

template <class Learn>
void StrategyCore::learn(Underlying underlying, Learn&& teach) {
    for (auto& slot : slots_) {
        const bool concerns =
            underlying == Underlying::Unspecified || slot.config.underlying == underlying;
        if (!concerns || !slot.fault.empty()) {
            continue;
        }
        try {
            teach(slot);
        } catch (const std::exception& error) {
            slot.fault = error.what();
            slot.fault += slot.fault.empty() ? "an exception without a text" : "";
        } catch (...) {
            slot.fault = "an exception without a text";
        }
    }
}

void StrategyCore::observe(const domain::Message& input, Timestamp /*now*/) {
    market_.observe(input);
    if (const auto* quotes = std::get_if<domain::QuoteBatch>(&input.payload)) {
        learn(quotes->underlying, [&](Slot& slot) { slot.bot->observe_quotes(*quotes, market_); });
    } else if (const auto* bars = std::get_if<domain::BarBatch>(&input.payload)) {
        learn(bars->underlying, [&](Slot& slot) { slot.bot->observe_bars(*bars, market_); });
    } else if (const auto* event = std::get_if<domain::SessionEvent>(&input.payload)) {
        learn(event->underlying, [&](Slot& slot) {
            if (exchange_of(slot.config.underlying) == event->exchange) {
                slot.bot->observe_session(*event, market_);
            }
        });
    }
}

template <class Call>
void StrategyCore::with_started(Underlying underlying, Timestamp now, domain::Emitter& out,
                                Call&& call) {
    for (auto& slot : slots_) {
        if ((underlying == Underlying::Unspecified || slot.config.underlying == underlying) &&
            state_of(slot).status == BotStatus::Started) {
            with_bot(slot, now, out, call);
        }
    }
}

void StrategyCore::decide(const domain::Message& input, Timestamp now, domain::Emitter& out) {
    pause_faulted(out);
    if (input.stream == StreamId::FeedSession) {
        introduce(out);
    }
    const auto& payload = input.payload;
    if (const auto* quotes = std::get_if<domain::QuoteBatch>(&payload)) {
        decide_quotes(*quotes, now, out);
    } else if (const auto* bars = std::get_if<domain::BarBatch>(&payload)) {
        decide_bars(*bars, now, out);
    } else if (const auto* session = std::get_if<domain::SessionEvent>(&payload)) {
        decide_session(*session, now, out);
    } else if (const auto* signal = std::get_if<domain::Signal>(&payload)) {
        with_started(signal->underlying, now, out,
                     [&](const Bot& bot, const View& view, Actions& actions) {
                         bot.on_signal(*signal, view, actions);
                     });
    } else if (const auto* decision = std::get_if<domain::Decision>(&payload)) {
        decide_answer(*decision, now, out);
    } else if (const auto* group = std::get_if<domain::GroupEvent>(&payload)) {
        decide_group(*group, now, out);
    } else if (const auto* trading = std::get_if<domain::TradingStateEvent>(&payload)) {
        decide_trading(domain::owner_of(input.stream), *trading, out);
    } else if (const auto* command = std::get_if<domain::OperatorCommand>(&payload)) {
        decide_command(*command, out);
    }
}

void StrategyCore::decide_quotes(const domain::QuoteBatch& batch, Timestamp now,
                                 domain::Emitter& out) {
    with_started(batch.underlying, now, out,
                 [&](const Bot& bot, const View& view, Actions& actions) {
                     bot.on_quotes(batch, view, actions);
                 });
}

void StrategyCore::decide_bars(const domain::BarBatch& batch, Timestamp now, domain::Emitter& out) {
    for (auto& slot : slots_) {
        if (slot.config.underlying == batch.underlying) {
            change_parameters(slot, out);
        }
    }
    with_started(batch.underlying, now, out,
                 [&](const Bot& bot, const View& view, Actions& actions) {
                     bot.on_bars(batch, view, actions);
                 });
}

void StrategyCore::decide_session(const domain::SessionEvent& event, Timestamp now,
                                  domain::Emitter& out) {
    with_started(event.underlying, now, out,
                 [&](const Bot& bot, const View& view, Actions& actions) {
                     if (exchange_of(view.settings().underlying) == event.exchange) {
                         bot.on_session(event, view, actions);
                     }
                 });
}

// A bot seen for the first time starts as its configuration says; from then on events decide.
void StrategyCore::introduce(domain::Emitter& out) {
    for (const auto& slot : slots_) {
        if (state_of(slot).status == BotStatus::New) {
            BotEvent event;
            event.kind = slot.config.enabled ? BotEventKind::Started : BotEventKind::Stopped;
            event.bot = slot.config.name;
            event.reason.code = domain::ReasonCode::ConfigurationChanged;
            out.emit(StreamId::StrategyBot, std::move(event));
        }
    }
}

void StrategyCore::pause_faulted(domain::Emitter& out) {
    for (const auto& slot : slots_) {
        if (!slot.fault.empty() && state_of(slot).status == BotStatus::Started) {
            pause(slot, slot.fault, out);
        }
    }
}

void StrategyCore::pause(const Slot& slot, const std::string& why, domain::Emitter& out) {
    BotEvent event;
    event.kind = BotEventKind::Paused;
    event.bot = slot.config.name;
    event.reason.code = domain::ReasonCode::BotPaused;
    out.emit(StreamId::StrategyBot, std::move(event));
    domain::Alert alert;
    alert.severity = domain::Severity::Critical;
    alert.reason.code = domain::ReasonCode::BotPaused;
    alert.subject = slot.config.name + ": " + why;
    out.emit(StreamId::StrategyAlert, std::move(alert));
}

void StrategyCore::wake(Timestamp now, domain::Emitter& out) {
    for (auto& slot : slots_) {
        BotState& state = state_of(slot);
        if (state.answers_due() <= now) {
            forget_unanswered(slot, now, out);
        }
        if (!state.wake_at.is_set() || state.wake_at > now) {
            continue;
        }
        BotEvent event;
        event.kind = BotEventKind::Remembered;
        event.bot = slot.config.name;
        event.memory.push_back({std::string(kWakeAt), 0, domain::Unit::Time});
        out.emit(StreamId::StrategyBot, std::move(event));
        if (state.status == BotStatus::Started) {
            with_bot(slot, now, out, [](const Bot& bot, const View& view, Actions& actions) {
                bot.on_timer(view, actions);
            });
        }
    }
}

Timestamp StrategyCore::next_deadline() const {
    auto due = Timestamp::max();
    for (const auto& slot : slots_) {
        const auto& state = durable_.bots.find(slot.config.name)->second;
        due = std::min(due, state.answers_due());
        if (state.wake_at.is_set()) {
            due = std::min(due, state.wake_at);
        }
    }
    return due;
}

void StrategyCore::apply(const domain::Message& message) {
    if (const auto* intent = std::get_if<domain::Intent>(&message.payload)) {
        durable_.next_intent = std::max(durable_.next_intent, intent->id + 1);
        durable_.bots[intent->bot].apply(*intent);
        return;
    }
    const auto* event = std::get_if<BotEvent>(&message.payload);
    if (event == nullptr) {
        return;
    }
    if (event->bot.empty()) {  // of the service itself: trading states
        for (const auto& number : event->memory) {
            durable_.trading[number.name] = static_cast<domain::TradingState>(number.value);
        }
        return;
    }
    durable_.bots[event->bot].apply(*event, message.meta.event_time);
    // What threw while learning may be half changed: it starts again from nothing.
    Slot* slot = find_slot(event->bot);
    if (event->kind == BotEventKind::Started && slot != nullptr && !slot->fault.empty()) {
        slot->bot = slot->kind->make();
        slot->fault.clear();
    }
}

}  // namespace sauda::strategy
