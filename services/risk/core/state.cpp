#include "services/risk/core/state.h"

#include <algorithm>

namespace sauda::risk {

using namespace domain;

namespace {

// Largest share of its limit each measured check saw today.
void note_use(std::map<ReasonCode, int64_t>& worst, const std::vector<CheckResult>& checks) {
    for (const auto& check : checks) {
        if (check.limit <= 0 || check.value <= 0 || check.unit == Unit::Time ||
            check.unit == Unit::Date || check.unit == Unit::Contract) {
            continue;
        }
        // Beyond a hundred times the limit the exact figure says nothing more.
        const int64_t use = check.value / 100 >= check.limit
                                ? 100'000'000
                                : base::scale_half_up(check.value, 1'000'000, check.limit);
        auto& entry = worst[check.check];
        entry = std::max(entry, use);
    }
}

GroupRecord record_of(const Decision& decision) {
    GroupRecord group;
    group.bot = decision.intent.bot;
    group.product = decision.intent.product;
    group.margin_reserved = decision.margin_reserved;
    group.risk_reserved = decision.risk_reserved;
    for (const auto& leg : decision.intent.legs) {
        group.legs.push_back({leg.contract, leg.side, leg.quantity, leg.is_hedge, {}});
    }
    return group;
}

}  // namespace

int64_t children_of(const Intent& intent, const Market& market) {
    int64_t children = 0;
    for (const auto& leg : intent.legs) {
        const auto* instrument = market.instrument(leg.contract);
        const int64_t freeze = instrument != nullptr ? instrument->freeze.raw() : 0;
        children += freeze > 0 ? (leg.quantity.raw() + freeze - 1) / freeze : 1;
    }
    return children;
}

const AccountState& State::account(const std::string& name) const {
    static const AccountState kFresh;
    const auto found = accounts_.find(name);
    return found == accounts_.end() ? kFresh : found->second;
}

const GroupRecord* State::group(const std::string& account, uint64_t id) const {
    const auto found = groups_.find({account, id});
    return found == groups_.end() ? nullptr : &found->second;
}

bool State::is_used(const std::string& account, uint64_t group) const {
    return groups_.contains({account, group}) || closed_groups_.contains({account, group});
}

bool State::has_open(const std::string& account) const {
    for (const auto& [key, position] : open_) {
        if (key.account == account) {
            return true;
        }
    }
    return false;
}

void State::apply(const Message& event, const Market& market) {
    const Timestamp at = event.meta.event_time;
    if (const auto* decision = std::get_if<Decision>(&event.payload)) {
        on(*decision, at, market);
    } else if (const auto* state = std::get_if<TradingStateEvent>(&event.payload)) {
        on(*state, at);
    } else if (const auto* account_event = std::get_if<AccountEvent>(&event.payload)) {
        on(*account_event);
    } else if (const auto* position = std::get_if<PositionEvent>(&event.payload)) {
        on(*position);
    } else if (const auto* group_event = std::get_if<GroupEvent>(&event.payload)) {
        on(*group_event);
    } else if (const auto* order = std::get_if<OrderEvent>(&event.payload)) {
        on(*order);
    } else if (const auto* alert = std::get_if<Alert>(&event.payload)) {
        on(*alert);
    } else if (const auto* executor = std::get_if<ExecutorEvent>(&event.payload)) {
        executor_ = executor->database_id;
    }
}

void State::on(const Decision& decision, Timestamp at, const Market& market) {
    last_decision_ = std::max(last_decision_, decision.id);
    auto& account = accounts_[decision.intent.account];
    note_use(account.worst_use, decision.checks);
    if (decision.verdict == Verdict::Denied) {
        ++account.denied_today;
        return;
    }
    account.rates.push_back({at, children_of(decision.intent, market)});
    while (!account.rates.empty() && account.rates.front().at <= at - base::minutes(60)) {
        account.rates.pop_front();
    }
    if (decision.intent.purpose == Purpose::Open) {
        on_open_approved(decision);
    } else {
        on_reduce_approved(decision, at);
    }
}

void State::on_open_approved(const Decision& decision) {
    const auto& intent = decision.intent;
    auto& account = accounts_[intent.account];
    ++account.trades_today;
    GroupRecord group = record_of(decision);
    group.state = GroupState::Approved;
    group.day = account.day;
    groups_[{intent.account, intent.id}] = std::move(group);
}

void State::on_reduce_approved(const Decision& decision, Timestamp at) {
    const auto& intent = decision.intent;
    const auto found = groups_.find({intent.account, intent.group});
    if (found == groups_.end()) {
        return;
    }
    auto& group = found->second;
    if (intent.bot == kFlattenBot) {
        group.flattened_at = at;
    }
    const bool is_handover_over = at - group.exit_approved_at >= kExitHandover;
    for (auto& leg : group.legs) {
        if (is_handover_over) {
            leg.pending_exit = {};
        }
        for (const auto& leaving : intent.legs) {
            if (leg.contract == leaving.contract && leg.side != leaving.side) {
                leg.pending_exit += leaving.quantity;
            }
        }
    }
    group.exit_approved_at = at;
}

void State::on(const AccountEvent& event) {
    auto& account = accounts_[event.account];
    switch (event.kind) {
        case AccountEventKind::DayStarted:
            account.day = event.date;
            account.day_open = true;
            account.start_equity = event.equity;
            account.peak_equity = event.equity;
            account.trades_today = 0;
            account.denied_today = 0;
            account.loss_warned = false;
            account.loss_reached = false;
            account.drawdown_reached = false;
            account.tomorrow_told = false;
            account.worst_use.clear();
            break;
        case AccountEventKind::DayEnded:
            account.day_open = false;
            break;
        case AccountEventKind::Deposited: {
            account.ledger_entry = event.ledger_entry;
            // Money that came in is no profit of the day.
            const Money change = event.capital - account.deposits;
            account.deposits = event.capital;
            account.start_equity += change;
            account.peak_equity += change;
            break;
        }
        case AccountEventKind::PeakRaised:
            account.peak_equity = event.equity;
            break;
        case AccountEventKind::Unspecified:
            break;
    }
}

void State::on(const TradingStateEvent& event, Timestamp at) {
    auto& account = accounts_[event.account];
    account.trading = event.state;
    account.trading_reason = event.reason.code;
    if (account.flatten != event.flatten) {
        account.flatten = event.flatten;
        account.flatten_since = at;
    }
    if (event.flatten == FlattenPhase::Cancelling) {
        for (auto& [key, group] : groups_) {
            if (key.first == event.account) {
                group.flattened_at = {};
            }
        }
    }
}

void State::on(const PositionEvent& event) {
    auto& account = accounts_[event.key.account];
    const Position before = book_.find(event.key);
    account.realised += event.position.realised - before.realised;
    account.charges += event.position.charges.total() - before.charges.total();
    account.ledger_entry = event.ledger_entry;
    book_.set(event.key, event.position);
    if (event.position.net.is_zero()) {
        open_.erase(event.key);
    } else {
        open_[event.key] = event.position;
    }
}

void State::on(const GroupEvent& event) {
    const GroupKey key{event.account, event.group};
    const auto found = groups_.find(key);
    if (is_terminal(event.state)) {
        if (found == groups_.end()) {
            return;
        }
        auto& account = accounts_[event.account];
        // Never in: not a trade.
        if (event.state == GroupState::Abandoned && found->second.day == account.day &&
            account.trades_today > 0) {
            --account.trades_today;
        }
        groups_.erase(found);
        closed_groups_.insert(key);
        return;
    }
    // A group this database never approved (its own was lost) still counts.
    auto& group = found == groups_.end() ? groups_[key] : found->second;
    if (found == groups_.end()) {
        group = event.approval ? record_of(*event.approval) : GroupRecord{};
        group.bot = event.bot;
        group.day = accounts_[event.account].day;
    }
    group.state = event.state;
    if (event.kind == GroupEventKind::ExitStarted) {
        for (auto& leg : group.legs) {
            leg.pending_exit = {};  // its orders take over
        }
    }
}

void State::on(const OrderEvent& event) {
    const OrderKey key{event.account, event.child};
    if (is_terminal(event.state)) {
        orders_.erase(key);
        return;
    }
    auto& order = orders_[key];
    order.bot = event.bot;
    order.contract = event.contract;
    order.side = event.side;
    order.leaves = event.quantity - event.cumulative;
    order.is_unknown = event.state == OrderState::Unknown;
    if (event.kind != OrderEventKind::Placed || !event.child.is_exit) {
        return;
    }
    const auto group = groups_.find({event.account, event.child.group});
    if (group == groups_.end()) {
        return;
    }
    for (auto& leg : group->second.legs) {
        if (leg.contract == event.contract && leg.side != event.side) {
            leg.pending_exit -= std::min(leg.pending_exit, event.quantity);
        }
    }
}

void State::on(const Alert& alert) {
    const auto found = accounts_.find(alert.subject);
    if (found == accounts_.end()) {
        return;
    }
    if (alert.reason.code == ReasonCode::DailyLossWarning) {
        found->second.loss_warned = true;
    } else if (alert.reason.code == ReasonCode::DailyLoss) {
        found->second.loss_reached = true;
    } else if (alert.reason.code == ReasonCode::Drawdown) {
        found->second.drawdown_reached = true;
    } else if (alert.reason.code == ReasonCode::TomorrowMargin) {
        found->second.tomorrow_told = true;
    }
}

}  // namespace sauda::risk
