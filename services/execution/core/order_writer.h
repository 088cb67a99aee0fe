#pragma once

#include "services/execution/core/desk.h"
#include "services/execution/core/venue_report.h"

namespace sauda::execution {

struct NewOrder {
    uint8_t leg = 0;
    bool is_exit = false;
    domain::Side side = domain::Side::Unspecified;
    base::Quantity quantity;
    base::Price limit;
    base::Price touch;
    base::Price mid;
};

// Placed and Sent. A live adapter acts on Sent once the host has committed it: what the broker
// was asked for is on disk before he is asked.
void place(Desk& desk, const Group& group, const NewOrder& order);

// Placed and Denied: nothing leaves.
void deny(Desk& desk, const Group& group, const NewOrder& order, domain::ReasonCode code);

// Requests the cancel where the order can still be cancelled.
void request_cancel(Desk& desk, const Group& group, const ChildOrder& order);
void request_cancels(Desk& desk, const Group& group, bool of_exits);

// Takes what the venue says: the order event, and the ledger entry of a fill. Duplicates are
// ignored; a report for an unknown order, or one that fits no state, is an alert. True if it
// changed something.
bool take_report(Desk& desk, const VenueReport& report);

}  // namespace sauda::execution
