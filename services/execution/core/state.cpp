#include "services/execution/core/state.h"

#include <algorithm>

namespace sauda::execution {

using base::Quantity;
using base::Timestamp;
using domain::ChildId;
using domain::GroupEventKind;
using domain::ReasonCode;

namespace {

std::optional<int64_t> number_of(const domain::Alert& alert, std::string_view name) {
    for (const auto& number : alert.reason.numbers) {
        if (number.name == name) {
            return number.value;
        }
    }
    return std::nullopt;
}

}  // namespace

State::State(const ExecutionConfig& config)
    : market(config.paper.modelled_half_spread), venue(config.paper) {}

const Group* State::find_group(uint64_t id) const {
    const auto found = groups.find(id);
    return found == groups.end() ? nullptr : &found->second;
}

const ChildOrder* State::find_order(const ChildId& id) const {
    const Group* group = find_group(id.group);
    if (group == nullptr) {
        return nullptr;
    }
    const auto found = group->orders.find(id);
    return found == group->orders.end() ? nullptr : &found->second;
}

bool State::knows_group(uint64_t id) const { return groups.contains(id) || forgotten.contains(id); }

bool State::is_watched(domain::ContractId contract) const {
    return std::binary_search(watched_.begin(), watched_.end(), contract.raw());
}

const Group* State::next_active(uint64_t id) const {
    const auto next = std::upper_bound(active_.begin(), active_.end(), id);
    return next == active_.end() ? nullptr : &groups.at(*next);
}

void State::rebuild_indices() {
    active_.clear();
    watched_.clear();
    for (const auto& [id, group] : groups) {
        if (!group.is_active()) {
            continue;
        }
        active_.push_back(id);
        for (const auto& leg : group.legs) {
            watched_.push_back(leg.leg.contract.raw());
        }
    }
    std::sort(watched_.begin(), watched_.end());
}

void State::refresh(uint64_t id) {
    const bool was = std::binary_search(active_.begin(), active_.end(), id);
    if (groups.at(id).is_active() != was) {
        rebuild_indices();
    }
}

// Late fills of an ended group are possible for a while; a day later its details are not needed.
void State::forget_old_groups(Timestamp now) {
    for (auto it = groups.begin(); it != groups.end();) {
        if (!it->second.is_active() && now - it->second.changed_at > base::minutes(24 * 60)) {
            forgotten.insert(it->first);
            it = groups.erase(it);
        } else {
            ++it;
        }
    }
}

Group make_group(const domain::Decision& decision, Timestamp now, const ExecutionConfig& config) {
    const domain::Intent& intent = decision.intent;
    Group group;
    group.id = intent.id;
    group.decision = decision.id;
    group.account = intent.account;
    group.bot = intent.bot;
    group.product = intent.product;
    group.policy = intent.policy;
    group.exits = intent.exits;
    group.state = domain::GroupState::Approved;
    group.changed_at = now;
    group.entry_timeout =
        std::min(intent.entry_timeout.ns > 0 ? intent.entry_timeout : config.entry_timeout,
                 config.resting_limit);
    for (std::size_t i = 0; i < intent.legs.size(); ++i) {
        GroupLeg leg;
        leg.leg = intent.legs[i];
        leg.bound = i < decision.bounds.size() ? decision.bounds[i] : domain::LegBound{};
        group.legs.push_back(leg);
    }
    const auto& times =
        group.exchange() == domain::Exchange::MCX ? config.square_off_mcx : config.square_off;
    const base::Date today = base::ist_date(now);
    if (!group.exits.square_off_at.is_set()) {
        group.exits.square_off_at = base::ist(today, times.at);
    }
    // A plan that squares off later is told about later.
    group.alarm_at = group.exits.square_off_at + base::Duration{times.alarm.ns - times.at.ns};
    group.alarm_at = std::max(group.alarm_at, base::ist(today, times.alarm));
    return group;
}

void State::on(const domain::GroupEvent& event, Timestamp now, const ExecutionConfig& config) {
    if (event.kind == GroupEventKind::Accepted) {
        INVARIANT(event.approval.has_value());
        forget_old_groups(now);
        groups[event.group] = make_group(*event.approval, now, config);
        rebuild_indices();
        return;
    }
    Group& group = groups.at(event.group);
    group.state = event.state;
    group.changed_at = now;
    switch (event.kind) {
        case GroupEventKind::EntryStarted:
            group.entry_deadline = now + group.entry_timeout;
            break;
        case GroupEventKind::LegFilled:
            ++group.legs_reported;
            break;
        case GroupEventKind::ExitStarted:
            group.exit_started_at = now;
            group.exit_reason = event.reason;
            break;
        case GroupEventKind::TrailRaised:
            group.is_trailing = true;
            group.best_pnl = event.best_pnl;
            break;
        case GroupEventKind::Unspecified:
        case GroupEventKind::Accepted:
        case GroupEventKind::Opened:
        case GroupEventKind::LegFailed:
        case GroupEventKind::Flattened:
        case GroupEventKind::Refused:
            break;
    }
    refresh(event.group);
}

// Closes a leg, or opens the one of a future that came out of an option: an entry in a contract
// that is no leg yet, or was flat.
void State::book_settlement(Group& group, const domain::LedgerEntry& entry) {
    auto leg = std::find_if(group.legs.begin(), group.legs.end(),
                            [&](const GroupLeg& l) { return l.leg.contract == entry.contract; });
    if (leg == group.legs.end()) {
        leg = group.legs.emplace(leg);
        leg->leg.contract = entry.contract;
        leg->leg.limit = entry.price;
    }
    const Quantity traded = domain::signed_quantity(entry.side, entry.quantity);
    leg->cash -= entry.price * traded;
    leg->net += traded;
    const bool is_opened =
        !leg->net.is_zero() && entry.contract.kind() == domain::ContractKind::Future;
    if (is_opened) {
        leg->leg.side = leg->net.is_negative() ? domain::Side::Sell : domain::Side::Buy;
        leg->leg.quantity = leg->net.abs();
        leg->entered = leg->net.abs();
        rebuild_indices();
    }
}

void State::on(const domain::LedgerEntry& entry, base::Timestamp now) {
    book.apply(entry);
    ledger_next = entry.id + 1;
    if (entry.kind == domain::LedgerKind::Deposit) {
        accounts.insert(entry.account);
        return;
    }
    if (entry.kind == domain::LedgerKind::Correction) {
        notes.corrected(entry);
    }
    const auto found = groups.find(entry.group);
    if (found == groups.end()) {
        return;
    }
    Group& group = found->second;
    group.charges += entry.charges;
    if (entry.kind == domain::LedgerKind::Fill) {
        ChildOrder& order = group.orders.at(entry.child);
        notes.add(entry, base::ist_date(now), order.executions.empty());
        order.charged += entry.charges;
        order.executions.push_back(entry.execution);
    }
    if (entry.kind == domain::LedgerKind::Settlement) {
        book_settlement(group, entry);
    }
    refresh(entry.group);
}

void State::on(const domain::Alert& alert, Timestamp now) {
    ++alerts;
    if (alert.reason.code == ReasonCode::DuplicateGroup) {
        ++duplicates;
    }
    const auto id = number_of(alert, "group");
    const auto found = groups.find(static_cast<uint64_t>(id.value_or(0)));
    if (found == groups.end() || alert.reason.code != ReasonCode::ExitChasing) {
        return;
    }
    if (number_of(alert, "attempt")) {
        ++found->second.chase_alerts;
        found->second.chase_alerted_at = now;
    }
    if (number_of(alert, "alarm_at")) {
        found->second.is_alarmed = true;
    }
}

void State::apply(const domain::Message& event, const ExecutionConfig& config) {
    const Timestamp now = event.meta.event_time;
    if (const auto* order = std::get_if<domain::OrderEvent>(&event.payload)) {
        on(*order, now, config);
    } else if (const auto* group = std::get_if<domain::GroupEvent>(&event.payload)) {
        on(*group, now, config);
    } else if (const auto* entry = std::get_if<domain::LedgerEntry>(&event.payload)) {
        on(*entry, now);
    } else if (const auto* alert = std::get_if<domain::Alert>(&event.payload)) {
        on(*alert, now);
    } else if (const auto* trading = std::get_if<domain::TradingStateEvent>(&event.payload)) {
        on(*trading);
    } else if (std::holds_alternative<domain::ExecutorEvent>(event.payload)) {
        is_named = true;
    }
}

}  // namespace sauda::execution
