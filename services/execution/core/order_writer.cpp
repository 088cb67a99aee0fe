#include "services/execution/core/order_writer.h"

#include "services/execution/core/ledger_writer.h"

#include <algorithm>

namespace sauda::execution {

using base::Quantity;
using domain::ChildId;
using domain::OrderEvent;
using domain::OrderEventKind;
using domain::ReasonCode;
using domain::Severity;

namespace {

OrderEvent event_of(const Group& group, const ChildOrder& order, OrderEventKind kind) {
    const auto state = domain::next_state(order.state, kind);
    INVARIANT(state.has_value());
    OrderEvent event;
    event.kind = kind;
    event.state = *state;
    event.child = order.id;
    event.decision = group.decision;
    event.account = group.account;
    event.bot = group.bot;
    event.product = group.product;
    event.contract = order.contract;
    event.side = order.side;
    event.quantity = order.quantity;
    event.limit = order.limit;
    event.cumulative = order.filled;
    event.leaves = order.leaves();
    event.touch = order.touch;
    event.mid = order.mid;
    event.venue_order = order.venue_order;
    return event;
}

void emit(Desk& desk, OrderEvent event) {
    if (domain::is_terminal(event.state)) {
        event.leaves = Quantity{};
    }
    desk.out.emit(domain::StreamId::ExecutionReport, std::move(event));
}

ChildOrder place_only(Desk& desk, const Group& group, const NewOrder& wanted) {
    INVARIANT(wanted.quantity.is_positive() && wanted.limit.is_positive());
    ChildOrder order;
    order.id =
        next_child_id(group, wanted.leg, wanted.is_exit, desk.config.chase.modifications_max);
    order.contract = group.legs.at(wanted.leg).leg.contract;
    order.side = wanted.side;
    order.quantity = wanted.quantity;
    order.limit = wanted.limit;
    order.touch = wanted.touch;
    order.mid = wanted.mid;
    emit(desk, event_of(group, order, OrderEventKind::Placed));
    order.state = group.orders.at(order.id).state;
    return order;
}

OrderEventKind kind_of(const VenueReport& report, const ChildOrder& order) {
    switch (report.kind) {
        case VenueReportKind::Accepted:
            return OrderEventKind::Accepted;
        case VenueReportKind::Fill:
            return report.quantity >= order.leaves() ? OrderEventKind::Fill
                                                     : OrderEventKind::PartialFill;
        case VenueReportKind::Cancelled:
            return OrderEventKind::Cancelled;
        case VenueReportKind::Rejected:
            return OrderEventKind::Rejected;
        case VenueReportKind::CancelRejected:
            return OrderEventKind::CancelRejected;
        case VenueReportKind::TimedOut:
            return OrderEventKind::TimedOut;
        case VenueReportKind::Found:
            return OrderEventKind::Found;
        case VenueReportKind::NotFound:
            return OrderEventKind::NotFound;
        case VenueReportKind::Unspecified:
            break;
    }
    return OrderEventKind::Unspecified;
}

bool is_duplicate(const VenueReport& report, const ChildOrder& order) {
    return report.kind == VenueReportKind::Fill &&
           std::find(order.executions.begin(), order.executions.end(), report.execution) !=
               order.executions.end();
}

// Fills of an order that had ended are the venue's truth, and the owner's business.
void tell_surprises(Desk& desk, const Group& group, const ChildOrder& order,
                    const VenueReport& report) {
    if (report.kind != VenueReportKind::Fill) {
        return;
    }
    if (!order.is_live() || is_terminal(group.state) || report.quantity > order.leaves()) {
        alert(desk, Severity::Critical, ReasonCode::VenueRejected, group.id,
              "fill beyond what order " + to_text(order.id) + " had left",
              {number("quantity", report.quantity.raw(), domain::Unit::Units)});
    }
}

}  // namespace

void place(Desk& desk, const Group& group, const NewOrder& wanted) {
    const ChildOrder order = place_only(desk, group, wanted);
    emit(desk, event_of(group, order, OrderEventKind::Sent));
}

void deny(Desk& desk, const Group& group, const NewOrder& wanted, ReasonCode code) {
    const ChildOrder order = place_only(desk, group, wanted);
    OrderEvent event = event_of(group, order, OrderEventKind::Denied);
    event.reason.code = code;
    emit(desk, std::move(event));
}

void request_cancel(Desk& desk, const Group& group, const ChildOrder& order) {
    if (order.can_cancel()) {
        emit(desk, event_of(group, order, OrderEventKind::CancelRequested));
    }
}

void request_cancels(Desk& desk, const Group& group, bool of_exits) {
    for (const auto& [id, order] : group.orders) {
        if (id.is_exit == of_exits) {
            request_cancel(desk, group, order);
        }
    }
}

bool take_report(Desk& desk, const VenueReport& report) {
    const ChildOrder* order = desk.state.find_order(report.child);
    if (order == nullptr) {
        alert(desk, Severity::Critical, ReasonCode::VenueRejected, report.child.group,
              "report for unknown order " + to_text(report.child));
        return false;
    }
    if (is_duplicate(report, *order)) {
        return false;
    }
    const Group& group = *desk.state.find_group(report.child.group);
    const OrderEventKind kind = kind_of(report, *order);
    if (!domain::next_state(order->state, kind)) {
        alert(desk, Severity::Critical, ReasonCode::VenueRejected, group.id,
              "report that does not fit order " + to_text(report.child),
              {number("state", static_cast<int64_t>(order->state), domain::Unit::Count),
               number("report", static_cast<int64_t>(report.kind), domain::Unit::Count)});
        return false;
    }
    tell_surprises(desk, group, *order, report);
    OrderEvent event = event_of(group, *order, kind);
    event.venue_order = report.venue_order.empty() ? order->venue_order : report.venue_order;
    event.reason = report.reason;
    if (report.kind != VenueReportKind::Fill) {
        emit(desk, std::move(event));
        return true;
    }
    event.last_quantity = report.quantity;
    event.last_price = report.price;
    event.cumulative = order->filled + report.quantity;
    event.leaves =
        event.cumulative < order->quantity ? order->quantity - event.cumulative : Quantity{};
    event.modelled = report.modelled;
    emit(desk, std::move(event));
    write_fill(desk, group, *order, report);
    return true;
}

}  // namespace sauda::execution
