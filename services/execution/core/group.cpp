#include "services/execution/core/group.h"

#include <algorithm>

namespace sauda::execution {

using base::Quantity;
using domain::ChildId;
using domain::OrderState;

bool Group::is_flat() const {
    return std::all_of(legs.begin(), legs.end(),
                       [](const GroupLeg& leg) { return leg.net.is_zero(); });
}

bool Group::has_leg(domain::ContractId contract) const {
    return std::any_of(legs.begin(), legs.end(),
                       [&](const GroupLeg& leg) { return leg.leg.contract == contract; });
}

bool Group::was_in() const {
    return std::any_of(legs.begin(), legs.end(),
                       [](const GroupLeg& leg) { return leg.entered.is_positive(); });
}

bool Group::is_complete() const {
    return std::all_of(legs.begin(), legs.end(),
                       [](const GroupLeg& leg) { return leg.is_complete(); });
}

bool Group::has_live_orders() const {
    return std::any_of(orders.begin(), orders.end(),
                       [](const auto& entry) { return entry.second.is_live(); });
}

bool Group::has_rejected_entry() const {
    return std::any_of(orders.begin(), orders.end(), [](const auto& entry) {
        return !entry.first.is_exit && entry.second.is_rejected;
    });
}

bool Group::is_active() const { return !is_terminal(state) || !is_flat() || has_live_orders(); }

bool Group::needs_exit() const {
    return state == domain::GroupState::Exiting || (is_terminal(state) && is_active());
}

Quantity Group::working(uint8_t leg, bool is_exit) const {
    Quantity sum;
    for (const auto& [child, order] : orders) {
        if (child.leg == leg && child.is_exit == is_exit && order.is_live()) {
            sum += order.leaves();
        }
    }
    return sum;
}

bool Group::has_live(uint8_t leg, bool is_exit) const {
    return std::any_of(orders.begin(), orders.end(), [&](const auto& entry) {
        return entry.first.leg == leg && entry.first.is_exit == is_exit && entry.second.is_live();
    });
}

base::Money Group::cash() const {
    base::Money sum;
    for (const auto& leg : legs) {
        sum += leg.cash;
    }
    return sum;
}

domain::Exchange Group::exchange() const {
    return legs.empty() ? domain::Exchange::Unspecified : legs.front().leg.contract.exchange();
}

ChildId next_child_id(const Group& group, uint8_t leg, bool is_exit, int modifications_max) {
    // Orders are sorted by leg, slice, amendment: the last one seen of a slice is its newest.
    const ChildOrder* newest = nullptr;
    ChildId fresh{group.id, leg, 0, 0, is_exit};
    const auto reusable = [&](const ChildOrder* order) {
        return order != nullptr && !order->is_live() && order->state != OrderState::Filled &&
               order->id.amendment < modifications_max;
    };
    for (const auto& [id, order] : group.orders) {
        if (id.leg != leg || id.is_exit != is_exit) {
            continue;
        }
        if (newest != nullptr && newest->id.slice != id.slice && reusable(newest)) {
            break;
        }
        newest = &order;
        fresh.slice = static_cast<uint16_t>(id.slice + 1);
    }
    if (reusable(newest)) {
        ChildId id = newest->id;
        ++id.amendment;
        return id;
    }
    return fresh;
}

}  // namespace sauda::execution
