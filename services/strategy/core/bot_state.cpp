#include "services/strategy/core/bot_state.h"

#include <algorithm>

namespace sauda::strategy {

namespace {

constexpr std::size_t kPastGroupsMax = 8;
constexpr Duration kCoolDown = base::seconds(60);
constexpr int64_t kCoolDownDoublings = 5;  // 1, 2, 4 ... 32 minutes
constexpr Duration kAfterReduceDenied = base::seconds(5);
constexpr Duration kAfterReduceApproved = base::seconds(30);

}  // namespace

bool is_reserved(std::string_view memory_name) {
    return memory_name.empty() || memory_name == kWakeAt || memory_name.starts_with(kRequested);
}

void BotState::apply(const domain::Intent& intent) {
    ++intents;
    if (intent.purpose == domain::Purpose::Open) {
        auto& group = groups[intent.id];
        group.id = intent.id;
        group.kind = intent.kind;
        group.legs = intent.legs;
        group.signal = intent.signal;
        group.on_rules = intent.on_rules;
        group.answer_by = intent.valid_until;
        return;
    }
    auto& group = adopt(intent.group);
    group.closing = intent.id;
    group.closing_by = intent.valid_until;
}

void BotState::apply(const domain::BotEvent& event, Timestamp at) {
    using enum domain::BotEventKind;
    switch (event.kind) {
        case Started:
            status = BotStatus::Started;
            break;
        case Stopped:
            status = BotStatus::Stopped;
            break;
        case Paused:
            status = BotStatus::Paused;
            break;
        case Remembered:
            for (const auto& number : event.memory) {
                const std::string_view name = number.name;
                if (name == kWakeAt) {
                    wake_at = {number.value};
                } else if (name.starts_with(kRequested)) {
                    requested[std::string(name.substr(kRequested.size()))] = number.value;
                } else {
                    memory[number.name] = number;
                }
            }
            break;
        case Skipped:
            skips[event.reason.code] = at;
            ++skipped;
            break;
        case GroupUpdate:
            update_group(event, at);
            break;
        case ParameterChanged:
            if (!event.memory.empty()) {
                changed[event.memory.front().name] = event.memory.front().value;
                requested.erase(event.memory.front().name);
            }
            break;
        case SignalUsed:
        case Unspecified:
            break;
    }
}

Group& BotState::adopt(uint64_t id) {
    if (const auto found = groups.find(id); found != groups.end()) {
        return found->second;
    }
    Group group;
    group.id = id;
    // A group given up as unanswered can turn out to live; its legs are still known then.
    const auto old =
        std::find_if(past.begin(), past.end(), [id](const Group& ended) { return ended.id == id; });
    if (old != past.end()) {
        group = *old;
        past.erase(old);
    }
    return groups[id] = group;
}

void BotState::update_group(const domain::BotEvent& event, Timestamp at) {
    auto& group = adopt(event.group);
    const bool was_answered = group.state != domain::GroupState::Unspecified;
    for (const auto& number : event.memory) {
        const std::string_view name = number.name;
        if (name == kPnl) {
            group.pnl = Money::from_raw(number.value);
        } else if (name == kCharges) {
            group.charges = Money::from_raw(number.value);
        } else if (name == kReduceApproved || name == kReduceDenied) {
            group.closing = 0;
            group.closing_by = {};
            group.close_again_at =
                at + (name == kReduceApproved ? kAfterReduceApproved : kAfterReduceDenied);
        } else if (name.starts_with(kApprovedLeg)) {
            const auto leg = static_cast<std::size_t>(name.back() - '0');
            if (leg < group.legs.size()) {
                group.legs[leg].quantity = Quantity::from_raw(number.value);
            }
        }
    }
    group.state = static_cast<domain::GroupState>(event.group_state);
    group.answer_by = {};
    group.changed_at = at;
    if (event.reason.code != domain::ReasonCode::None) {
        group.reason = event.reason;
    }
    if (group.state == domain::GroupState::Approved) {
        denials = 0;
    }
    if (domain::is_terminal(group.state)) {
        if (group.state == domain::GroupState::Abandoned) {
            cool_down(!was_answered, at);
        }
        end(Group(group), at);
    }
}

void BotState::end(const Group& group, Timestamp at) {
    if (group.state == domain::GroupState::Closed) {
        const Date day = base::ist_date(at);
        trades = day == trade_day ? trades + 1 : 1;
        trade_day = day;
        last_trade = group;
    }
    if (past.size() == kPastGroupsMax) {
        past.erase(past.begin());
    }
    past.push_back(group);
    groups.erase(group.id);
}

// An entry that did not come about is not tried again at once; each further denial of the day
// doubles the wait, so that a bot cannot flood risk.
void BotState::cool_down(bool was_denied, Timestamp at) {
    const Date day = base::ist_date(at);
    if (day != denial_day) {
        denial_day = day;
        denials = 0;
    }
    const int64_t doublings = was_denied ? std::min(denials, kCoolDownDoublings) : 0;
    cool_until = at + Duration{kCoolDown.ns << doublings};
    if (was_denied) {
        ++denials;
    }
}

Timestamp BotState::answers_due() const {
    auto due = Timestamp::max();
    for (const auto& [id, group] : groups) {
        if (group.answer_by.is_set()) {
            due = std::min(due, group.answer_by + Duration{1});
        }
        if (group.closing != 0) {
            due = std::min(due, group.closing_by + Duration{1});
        }
    }
    return due;
}

}  // namespace sauda::strategy
