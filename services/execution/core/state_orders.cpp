// How order events change the state.
#include "services/execution/core/state.h"

#include <algorithm>

namespace sauda::execution {

using base::Timestamp;
using domain::OrderEvent;
using domain::OrderEventKind;

void State::place(Group& group, const OrderEvent& event) {
    const GroupLeg& leg = group.legs.at(event.child.leg);
    ChildOrder order;
    order.id = event.child;
    order.contract = event.contract;
    order.side = event.side;
    order.quantity = event.quantity;
    order.limit = event.limit;
    order.step = event.child.is_exit ? leg.exit_step : leg.entry_step;
    group.orders[event.child] = order;
}

void State::book_fill(Group& group, ChildOrder& order, const OrderEvent& event) {
    order.filled += event.last_quantity;
    order.turnover += event.last_price * event.last_quantity;
    GroupLeg& leg = group.legs.at(order.id.leg);
    const base::Quantity change = domain::signed_quantity(order.side, event.last_quantity);
    leg.net += change;
    leg.cash -= event.last_price * change;
    if (!order.id.is_exit) {
        leg.entered += event.last_quantity;
    }
    ++fills;
    venue.filled(order.id, event.last_quantity, event.last_price, market.board());
}

void State::on(const OrderEvent& event, Timestamp now, const ExecutionConfig& config) {
    Group& group = groups.at(event.child.group);
    if (event.kind == OrderEventKind::Placed) {
        place(group, event);
    }
    ChildOrder& order = group.orders.at(event.child);
    order.state = event.state;
    if (!event.venue_order.empty()) {
        order.venue_order = event.venue_order;
    }
    switch (event.kind) {
        case OrderEventKind::Sent:
            order.sent_at = now;
            order.touch = event.touch;
            order.mid = event.mid;
            ++orders_sent;
            rates.record(now);
            venue.sent({order.id, order.contract, order.side, order.limit, order.quantity}, now);
            break;
        case OrderEventKind::Accepted:
            venue.accepted(order.id, market.board());
            break;
        case OrderEventKind::PartialFill:
        case OrderEventKind::Fill:
            book_fill(group, order, event);
            break;
        case OrderEventKind::CancelRequested: {
            order.is_cancel_requested = true;
            GroupLeg& leg = group.legs.at(order.id.leg);
            uint32_t& step = order.id.is_exit ? leg.exit_step : leg.entry_step;
            step = std::max(step, order.step + 1);
            rates.record(now);
            venue.cancel_requested(order.id, now);
            break;
        }
        case OrderEventKind::CancelRejected:
            order.is_cancel_requested = false;
            break;
        case OrderEventKind::Rejected:
        case OrderEventKind::Cancelled:
        case OrderEventKind::Denied:
        case OrderEventKind::NotFound:
            order.is_rejected = event.kind == OrderEventKind::Rejected;
            if (order.id.is_exit && !order.is_cancel_requested) {
                group.legs.at(order.id.leg).retry_at = now + config.chase.intervals.back();
            }
            venue.closed(order.id);
            break;
        case OrderEventKind::Unspecified:
        case OrderEventKind::Placed:
        case OrderEventKind::TimedOut:
        case OrderEventKind::Found:
            break;
    }
    refresh(event.child.group);
}

}  // namespace sauda::execution
