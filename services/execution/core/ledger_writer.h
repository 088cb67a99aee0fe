#pragma once

#include "common/domain/settlement.h"
#include "services/execution/core/desk.h"
#include "services/execution/core/venue_report.h"

namespace sauda::execution {

// Capital of an account, once in its life.
void write_deposit(Desk& desk, const AccountConfig& account);

// One fill with what it adds to the charges of its order. `order` already includes the fill.
void write_fill(Desk& desk, const Group& group, const ChildOrder& order, const VenueReport& report);

// Expiry of `open` units of a leg (domain/settlement.h): closes it, charges the exercise to the
// holder of an option in the money, and opens the future an MCX option becomes. Returns what
// happened. price: settlement price of the underlying.
domain::ExpiryResult write_settlement(Desk& desk, const Group& group, domain::ContractId contract,
                                      base::Quantity open, base::Price price);

// At the close: what the contract notes of the exchange add to or drop from the charges booked
// order by order (rounding), as one Correction entry per account and kind.
void write_note_corrections(Desk& desk, domain::Exchange exchange);

}  // namespace sauda::execution
