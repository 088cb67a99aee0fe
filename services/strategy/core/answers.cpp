#include "services/strategy/core/strategy_core.h"

// What risk and execution say about the bots' intents and groups, and what they did not say in
// time.

namespace sauda::strategy {

namespace {

using domain::BotEvent;
using domain::GroupState;
using domain::StreamId;
using domain::Unit;

BotEvent update_of(const std::string& bot, uint64_t group, GroupState state) {
    BotEvent event;
    event.kind = domain::BotEventKind::GroupUpdate;
    event.bot = bot;
    event.group = group;
    event.group_state = static_cast<uint8_t>(state);
    return event;
}

// The group as it is now, working or just ended.
Group group_now(const BotState& state, uint64_t id) {
    if (const auto found = state.groups.find(id); found != state.groups.end()) {
        return found->second;
    }
    for (const auto& ended : state.past) {
        if (ended.id == id) {
            return ended;
        }
    }
    return {};
}

}  // namespace

void StrategyCore::decide_answer(const domain::Decision& decision, Timestamp now,
                                 domain::Emitter& out) {
    Slot* slot = find_slot(decision.intent.bot);
    if (slot == nullptr) {
        return;
    }
    const auto& groups = state_of(*slot).groups;
    const auto found = groups.find(decision.intent.group);
    if (found == groups.end()) {
        return;  // given up before the answer; if it lives, execution's reports will tell
    }
    if (decision.intent.purpose == domain::Purpose::Open) {
        if (found->second.answer_by.is_set() && found->first == decision.intent.id) {
            answer_open(*slot, decision, now, out);
        }
    } else if (found->second.closing == decision.intent.id) {
        answer_reduce(*slot, decision, now, out);
    }
}

void StrategyCore::answer_open(Slot& slot, const domain::Decision& decision, Timestamp now,
                               domain::Emitter& out) {
    const auto& name = slot.config.name;
    const uint64_t id = decision.intent.group;
    const bool denied = decision.verdict == domain::Verdict::Denied;
    auto event = update_of(name, id, denied ? GroupState::Abandoned : GroupState::Approved);
    event.reason = decision.reason;
    if (decision.verdict == domain::Verdict::Reduced) {
        for (std::size_t i = 0; i < decision.intent.legs.size(); ++i) {
            event.memory.push_back({std::string(kApprovedLeg) + std::to_string(i),
                                    decision.intent.legs[i].quantity.raw(), Unit::Units});
        }
    }
    out.emit(StreamId::StrategyBot, std::move(event));
    const Group group = group_now(state_of(slot), id);
    with_bot(slot, now, out, [&](const Bot& bot, const View& view, Actions& actions) {
        if (denied) {
            bot.on_denied(group, decision.reason, view, actions);
        } else {
            bot.on_group(group, view, actions);
        }
    });
}

void StrategyCore::answer_reduce(Slot& slot, const domain::Decision& decision, Timestamp now,
                                 domain::Emitter& out) {
    const bool denied = decision.verdict == domain::Verdict::Denied;
    const Group before = group_now(state_of(slot), decision.intent.group);
    auto event = update_of(slot.config.name, before.id, before.state);
    event.memory.push_back({std::string(denied ? kReduceDenied : kReduceApproved),
                            static_cast<int64_t>(decision.intent.id), Unit::Count});
    event.reason = denied ? decision.reason : decision.intent.why;
    out.emit(StreamId::StrategyBot, std::move(event));
    if (denied) {
        const Group group = group_now(state_of(slot), before.id);
        with_bot(slot, now, out, [&](const Bot& bot, const View& view, Actions& actions) {
            bot.on_denied(group, decision.reason, view, actions);
        });
    }
}

void StrategyCore::decide_group(const domain::GroupEvent& event, Timestamp now,
                                domain::Emitter& out) {
    Slot* slot = find_slot(event.bot);
    if (slot == nullptr) {
        return;
    }
    const auto& state = state_of(*slot);
    const auto found = state.groups.find(event.group);
    const bool is_known = found != state.groups.end();
    if (is_known ? found->second.state == event.state : domain::is_terminal(event.state)) {
        return;  // no change of state: legs and trailing levels are execution's business
    }
    auto update = update_of(slot->config.name, event.group, event.state);
    update.reason = event.reason;
    update.memory.push_back({std::string(kPnl), event.pnl.raw(), Unit::Rupees});
    update.memory.push_back({std::string(kCharges), event.charges.raw(), Unit::Rupees});
    out.emit(StreamId::StrategyBot, std::move(update));
    const Group group = group_now(state, event.group);
    with_bot(*slot, now, out, [&](const Bot& bot, const View& view, Actions& actions) {
        bot.on_group(group, view, actions);
    });
}

void StrategyCore::decide_trading(domain::Service source, const domain::TradingStateEvent& event,
                                  domain::Emitter& out) {
    const std::string key = std::string(domain::to_text(source)) + "/" + event.account;
    const auto known = durable_.trading.find(key);
    if (known != durable_.trading.end() && known->second == event.state) {
        return;
    }
    BotEvent fact;
    fact.kind = domain::BotEventKind::Remembered;
    fact.memory.push_back({key, static_cast<int64_t>(event.state), Unit::Count});
    fact.reason = event.reason;
    out.emit(StreamId::StrategyBot, std::move(fact));
}

void StrategyCore::forget_unanswered(Slot& slot, Timestamp now, domain::Emitter& out) {
    const auto groups = state_of(slot).groups;  // a copy: events change the original
    for (const auto& [id, group] : groups) {
        const bool is_opening = group.answer_by.is_set() && group.answer_by < now;
        const bool is_closing = group.closing != 0 && group.closing_by < now;
        if (!is_opening && !is_closing) {
            continue;
        }
        auto event =
            update_of(slot.config.name, id, is_opening ? GroupState::Abandoned : group.state);
        if (is_closing) {
            event.memory.push_back(
                {std::string(kReduceDenied), static_cast<int64_t>(group.closing), Unit::Count});
        }
        event.reason.code = domain::ReasonCode::IntentExpired;
        const auto reason = event.reason;
        out.emit(StreamId::StrategyBot, std::move(event));
        const Group after = group_now(state_of(slot), id);
        with_bot(slot, now, out, [&](const Bot& bot, const View& view, Actions& actions) {
            bot.on_denied(after, reason, view, actions);
        });
    }
}

}  // namespace sauda::strategy
