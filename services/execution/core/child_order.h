#pragma once

#include "common/domain/ledger.h"

#include <string>
#include <vector>

namespace sauda::execution {

// One order at the venue with what became of it.
struct ChildOrder {
    domain::ChildId id;
    domain::OrderState state = domain::OrderState::Unspecified;
    domain::ContractId contract;
    domain::Side side = domain::Side::Unspecified;
    base::Quantity quantity;
    base::Price limit;
    base::Quantity filled;
    base::Money turnover;     // sum of price x quantity of its fills
    domain::Charges charged;  // booked so far
    base::Timestamp sent_at;
    uint32_t step = 0;                 // which re-pricing of its leg it is
    bool is_cancel_requested = false;  // kept apart: an acceptance can overtake our cancel
    bool is_rejected = false;          // by the venue
    base::Price touch;                 // when sent
    base::Price mid;
    std::string venue_order;
    std::vector<std::string> executions;  // ids of booked fills

    [[nodiscard]] base::Quantity leaves() const {
        return filled < quantity ? quantity - filled : base::Quantity{};
    }
    // The venue may still fill it, as far as we know.
    [[nodiscard]] bool is_live() const { return !domain::is_terminal(state); }
    [[nodiscard]] bool can_cancel() const;
    SAUDA_FIELDS(id, state, contract, side, quantity, limit, filled, turnover, charged, sent_at,
                 step, is_cancel_requested, is_rejected, touch, mid, venue_order, executions)
};

}  // namespace sauda::execution
