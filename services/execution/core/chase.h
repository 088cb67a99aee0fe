#pragma once

#include "services/execution/core/desk.h"

namespace sauda::execution {

// A marketable limit: the touch, or the last known price, plus protection, within the collar.
struct ChasePrice {
    base::Price limit;
    base::Price touch;  // the side it would trade against; zero: none
    base::Price mid;
    domain::ReasonCode degraded = domain::ReasonCode::None;  // DataStale or DataOneSided
};

// For an order of `side` that has been re-priced `step` times. `fallback` is used for a contract
// that was never quoted. `at` decides whether the wider square-off protection is in force.
ChasePrice exit_price(const View& view, domain::ContractId contract, domain::Side side,
                      uint32_t step, base::Timestamp at, base::Price fallback);

// As above within the bounds of the approval; the intent's limit where there is no touch.
ChasePrice entry_price(const View& view, const GroupLeg& leg, uint32_t step, base::Timestamp at);

// When a working order is to be re-priced; Timestamp::max() if a new price would not be more
// aggressive, or it cannot be cancelled, or the market is closed. Not for first entry orders.
base::Timestamp chase_due(const View& view, const Group& group, const ChildOrder& order);

}  // namespace sauda::execution
