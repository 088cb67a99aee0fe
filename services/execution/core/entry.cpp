#include "services/execution/core/entry.h"

#include "services/execution/core/chase.h"
#include "services/execution/core/exit.h"
#include "services/execution/core/gate.h"
#include "services/execution/core/group_writer.h"
#include "services/execution/core/order_writer.h"
#include "services/execution/core/slicing.h"

#include <algorithm>

namespace sauda::execution {

using base::Quantity;
using base::Timestamp;
using domain::GroupEventKind;
using domain::LegPolicy;
using domain::Reason;
using domain::ReasonCode;

namespace {

// First: orders rest at the intent's limit. Chasing: the missing legs follow the market within the
// approval's bounds. Over: nothing more goes in.
enum class Phase : uint8_t { First, Chasing, Over };

bool is_worn_out(const View& view, const Group& group) {
    return std::any_of(group.orders.begin(), group.orders.end(), [&](const auto& entry) {
        return !entry.first.is_exit && entry.first.amendment >= view.config.chase.modifications_max;
    });
}

ReasonCode why_over(const View& view, const Group& group) {
    if (view.state.latch.is_halted(group.account)) {
        return ReasonCode::TradingHalted;
    }
    if (view.state.market.is_closed(group.exchange())) {
        return ReasonCode::SessionClosed;
    }
    if (group.has_rejected_entry()) {
        return ReasonCode::VenueRejected;
    }
    return is_worn_out(view, group) ? ReasonCode::LegFailed : ReasonCode::None;
}

Phase phase_of(const View& view, const Group& group, Timestamp now) {
    if (why_over(view, group) != ReasonCode::None) {
        return Phase::Over;
    }
    if (now < group.entry_deadline) {
        return Phase::First;
    }
    const bool may_chase = group.policy == LegPolicy::Complete && group.was_in() &&
                           now < group.entry_deadline + view.config.chase.entry_chase;
    return may_chase ? Phase::Chasing : Phase::Over;
}

// Hedges alone until every one of them is in.
bool is_turn_of(const Group& group, const GroupLeg& leg) {
    return leg.leg.is_hedge ||
           std::all_of(group.legs.begin(), group.legs.end(), [](const GroupLeg& other) {
               return !other.leg.is_hedge || other.is_complete();
           });
}

Quantity needed(const Group& group, uint8_t index) {
    const GroupLeg& leg = group.legs[index];
    if (!is_turn_of(group, leg)) {
        return {};
    }
    const Quantity rest = leg.leg.quantity - leg.entered - group.working(index, false);
    return std::max(rest, Quantity{});
}

RateClass rate_class(const Group& group) {
    return group.was_in() ? RateClass::Complete : RateClass::Open;
}

void place_needed(Desk& desk, const Group& group, Phase phase) {
    for (uint8_t i = 0; i < group.legs.size(); ++i) {
        const GroupLeg& leg = group.legs[i];
        const auto instrument =
            desk.state.market.instrument(leg.leg.contract, desk.now, desk.rules);
        for (Quantity rest = needed(group, i); rest.is_positive(); rest = needed(group, i)) {
            if (desk.now < desk.state.rates.free_at(rate_class(group), desk.config.rates)) {
                return;
            }
            const ChasePrice price =
                entry_price(desk, leg, phase == Phase::Chasing ? leg.entry_step : 0, desk.now);
            place(desk, group,
                  {.leg = i,
                   .is_exit = false,
                   .side = leg.leg.side,
                   .quantity = next_slice(rest, instrument),
                   .limit = price.limit,
                   .touch = price.touch,
                   .mid = price.mid});
        }
    }
}

void reprice(Desk& desk, const Group& group) {
    for (const auto& [id, order] : group.orders) {
        const bool is_first = order.sent_at < group.entry_deadline;
        if (is_first || chase_due(desk, group, order) <= desk.now) {
            request_cancel(desk, group, order);
        }
    }
}

void report_complete_legs(Desk& desk, const Group& group) {
    uint32_t complete = 0;
    for (std::size_t i = 0; i < group.legs.size(); ++i) {
        complete += group.legs[i].is_complete() ? 1U : 0U;
    }
    while (group.legs_reported < complete) {
        write_group(desk, group, GroupEventKind::LegFilled,
                    reason_of(ReasonCode::None, {number("legs_filled", group.legs_reported + 1,
                                                        domain::Unit::Count)}));
    }
}

// Nothing is working any more and not every leg is in.
void end_entry(Desk& desk, const Group& group) {
    Reason reason = reason_of(why_over(desk, group));
    if (reason.code == ReasonCode::None) {
        reason = reason_of(ReasonCode::EntryTimedOut,
                           {number("timeout", group.entry_timeout.ns / base::seconds(1).ns,
                                   domain::Unit::Seconds)});
    }
    if (!group.was_in()) {
        write_group(desk, group, GroupEventKind::Refused, std::move(reason));
        return;
    }
    if (group.policy == LegPolicy::Hold) {
        write_group(desk, group, GroupEventKind::Opened, std::move(reason));
        return;
    }
    write_group(desk, group, GroupEventKind::LegFailed, std::move(reason));
    start_exit(desk, group, reason_of(ReasonCode::ExitUnwind), {});
}

void refuse_dry_run(Desk& desk, const Group& group) {
    for (uint8_t i = 0; i < group.legs.size(); ++i) {
        const GroupLeg& leg = group.legs[i];
        const auto instrument =
            desk.state.market.instrument(leg.leg.contract, desk.now, desk.rules);
        for (Quantity rest = leg.leg.quantity; rest.is_positive();) {
            const Quantity slice = next_slice(rest, instrument);
            const ChasePrice price = entry_price(desk, leg, 0, desk.now);
            deny(desk, group,
                 {.leg = i,
                  .is_exit = false,
                  .side = leg.leg.side,
                  .quantity = slice,
                  .limit = price.limit,
                  .touch = price.touch,
                  .mid = price.mid},
                 ReasonCode::DryRun);
            rest -= slice;
        }
    }
    write_group(desk, group, GroupEventKind::Refused, reason_of(ReasonCode::DryRun));
}

}  // namespace

void open_group(Desk& desk, const domain::Decision& decision) {
    Reason refusal = check_gate(desk, decision);
    const Group& group = write_accepted(desk, decision);
    if (refusal.code != ReasonCode::None) {
        write_group(desk, group, GroupEventKind::Refused, std::move(refusal));
    } else if (desk.config.broker == BrokerKind::DryRun) {
        refuse_dry_run(desk, group);
    } else {
        write_group(desk, group, GroupEventKind::EntryStarted);
        advance_entry(desk, group);
    }
}

void advance_entry(Desk& desk, const Group& group) {
    report_complete_legs(desk, group);
    if (group.is_complete()) {
        write_group(desk, group, GroupEventKind::Opened);
        return;
    }
    const Phase phase = phase_of(desk, group, desk.now);
    switch (phase) {
        case Phase::First:
            place_needed(desk, group, phase);
            break;
        case Phase::Chasing:
            reprice(desk, group);
            place_needed(desk, group, phase);
            break;
        case Phase::Over:
            request_cancels(desk, group, false);
            if (!group.has_live_orders()) {
                end_entry(desk, group);
            }
            break;
    }
}

Timestamp entry_deadline(const View& view, const Group& group) {
    Timestamp due = Timestamp::max();
    bool awaits_venue = false;  // an answer will come and move the group on
    for (const auto& [id, order] : group.orders) {
        if (!order.can_cancel()) {
            awaits_venue = awaits_venue || order.is_live();
            continue;
        }
        if (order.sent_at < group.entry_deadline) {
            due = std::min(due, group.entry_deadline);
        } else {
            due = std::min({due, group.entry_deadline + view.config.chase.entry_chase,
                            chase_due(view, group, order)});
        }
    }
    for (uint8_t i = 0; i < group.legs.size() && !awaits_venue; ++i) {
        if (needed(group, i).is_positive()) {  // held back by the rate limits
            due = std::min(due, view.state.rates.free_at(rate_class(group), view.config.rates));
        }
    }
    return due;
}

}  // namespace sauda::execution
