#pragma once

#include "services/execution/core/desk.h"
#include "services/execution/core/venue_report.h"

namespace sauda::execution {

// Capital of an account, once in its life.
void write_deposit(Desk& desk, const AccountConfig& account);

// One fill with what it adds to the charges of its order. `order` already includes the fill.
void write_fill(Desk& desk, const Group& group, const ChildOrder& order, const VenueReport& report);

// Expiry: closes the open quantity of a leg at its intrinsic value (a future at `price`), and
// charges the exercise of a long option in the money. price: settlement price of the underlying.
void write_settlement(Desk& desk, const Group& group, const GroupLeg& leg, base::Price price);

// At the close: what the contract notes of the exchange add to or drop from the charges booked
// order by order (rounding), as one Correction entry per account and kind.
void write_note_corrections(Desk& desk, domain::Exchange exchange);

}  // namespace sauda::execution
