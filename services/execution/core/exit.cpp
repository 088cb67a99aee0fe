#include "services/execution/core/exit.h"

#include "common/domain/contract_id.h"
#include "services/execution/core/chase.h"
#include "services/execution/core/group_writer.h"
#include "services/execution/core/order_writer.h"
#include "services/execution/core/slicing.h"

#include <algorithm>

namespace sauda::execution {

using base::Quantity;
using base::Timestamp;
using domain::GroupEventKind;
using domain::GroupState;
using domain::ReasonCode;
using domain::Side;

namespace {

// Out first: what is short, then what is long, then the hedges.
int rank_of(const GroupLeg& leg) {
    if (leg.leg.side == Side::Sell) {
        return 0;
    }
    return leg.leg.is_hedge ? 2 : 1;
}

bool is_done(const Group& group, uint8_t index) {
    return group.legs[index].net.is_zero() && !group.has_live(index, false) &&
           !group.has_live(index, true);
}

int current_rank(const Group& group) {
    int rank = 3;
    for (uint8_t i = 0; i < group.legs.size(); ++i) {
        if (!is_done(group, i)) {
            rank = std::min(rank, rank_of(group.legs[i]));
        }
    }
    return rank;
}

// Units still to be sent out. A leg waits for its own entries to end, except those whose fate is
// unknown: what is in must not wait for them.
Quantity needed(const Group& group, uint8_t index) {
    const GroupLeg& leg = group.legs[index];
    for (const auto& [id, order] : group.orders) {
        if (id.leg == index && !id.is_exit && order.is_live() &&
            order.state != domain::OrderState::Unknown) {
            return {};
        }
    }
    const Quantity rest = leg.net.abs() - group.working(index, true);
    return std::max(rest, Quantity{});
}

bool is_closed(const View& view, const GroupLeg& leg) {
    return view.state.market.is_closed(leg.leg.contract.exchange());
}

Timestamp may_place_at(const View& view, const GroupLeg& leg) {
    return std::max(view.state.rates.free_at(RateClass::Complete, view.config.rates), leg.retry_at);
}

void tell_degraded(Desk& desk, const Group& group, const GroupLeg& leg, const ChasePrice& price) {
    if (price.degraded != ReasonCode::None && leg.exit_step == 0) {
        alert(desk, domain::Severity::Warning, price.degraded, group.id,
              domain::to_text(leg.leg.contract),
              {number("limit", price.limit.raw(), domain::Unit::PricePoints)});
    }
}

void place_needed(Desk& desk, const Group& group) {
    const int rank = current_rank(group);
    for (uint8_t i = 0; i < group.legs.size(); ++i) {
        const GroupLeg& leg = group.legs[i];
        if (rank_of(leg) != rank || is_closed(desk, leg)) {
            continue;
        }
        const auto instrument =
            desk.state.market.instrument(leg.leg.contract, desk.now, desk.rules);
        for (Quantity rest = needed(group, i);
             rest.is_positive() && may_place_at(desk, leg) <= desk.now; rest = needed(group, i)) {
            const Side side = leg.net.is_negative() ? Side::Buy : Side::Sell;
            const ChasePrice price =
                exit_price(desk, leg.leg.contract, side, leg.exit_step, desk.now, leg.leg.limit);
            tell_degraded(desk, group, leg, price);
            place(desk, group,
                  {.leg = i,
                   .is_exit = true,
                   .side = side,
                   .quantity = next_slice(rest, instrument),
                   .limit = price.limit,
                   .touch = price.touch,
                   .mid = price.mid});
        }
    }
}

void reprice(Desk& desk, const Group& group) {
    for (const auto& [id, order] : group.orders) {
        if (id.is_exit && chase_due(desk, group, order) <= desk.now) {
            request_cancel(desk, group, order);
        }
    }
}

// The first alert comes after the listed intervals but the last, the next ones ever later.
Timestamp next_alert(const View& view, const Group& group) {
    if (!group.exit_started_at.is_set() || group.is_flat() ||
        view.state.market.is_closed(group.exchange())) {
        return Timestamp::max();
    }
    if (group.chase_alerts == 0) {
        base::Duration patience;
        const auto& intervals = view.config.chase.intervals;
        for (std::size_t i = 0; i + 1 < intervals.size(); ++i) {
            patience.ns += intervals[i].ns;
        }
        return group.exit_started_at + patience;
    }
    constexpr uint32_t kDoublingsMax = 10;
    return group.chase_alerted_at +
           base::minutes(int64_t{1} << std::min(group.chase_alerts - 1, kDoublingsMax));
}

void tell_chasing(Desk& desk, const Group& group) {
    if (next_alert(desk, group) > desk.now) {
        return;
    }
    Quantity open;
    for (const auto& leg : group.legs) {
        open += leg.net.abs();
    }
    alert(desk, domain::Severity::Critical, ReasonCode::ExitChasing, group.id, group.bot,
          {number("attempt", group.chase_alerts + 1, domain::Unit::Count),
           number("open", open.raw(), domain::Unit::Units),
           number("seconds", (desk.now - group.exit_started_at).ns / base::seconds(1).ns,
                  domain::Unit::Seconds)});
}

}  // namespace

void start_exit(Desk& desk, const Group& group, domain::Reason reason, base::Money level) {
    if (domain::next_state(group.state, GroupEventKind::ExitStarted)) {
        write_group(desk, group, GroupEventKind::ExitStarted, std::move(reason), level);
        advance_exit(desk, group);
    }
}

void advance_exit(Desk& desk, const Group& group) {
    request_cancels(desk, group, false);
    reprice(desk, group);
    place_needed(desk, group);
    tell_chasing(desk, group);
    if (group.state == GroupState::Exiting && group.is_flat() && !group.has_live_orders()) {
        write_group(desk, group, GroupEventKind::Flattened, group.exit_reason);
    }
}

Timestamp exit_deadline(const View& view, const Group& group) {
    Timestamp due = next_alert(view, group);
    for (const auto& [id, order] : group.orders) {
        if (id.is_exit) {
            due = std::min(due, chase_due(view, group, order));
        }
    }
    const int rank = current_rank(group);
    for (uint8_t i = 0; i < group.legs.size(); ++i) {
        const GroupLeg& leg = group.legs[i];
        if (rank_of(leg) == rank && !is_closed(view, leg) && needed(group, i).is_positive()) {
            due = std::min(due, may_place_at(view, leg));
        }
    }
    return due;
}

}  // namespace sauda::execution
