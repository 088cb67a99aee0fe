#pragma once

#include "services/execution/core/desk.h"

namespace sauda::execution {

// An approval that opens a group: gate, Accepted, then Refused or the first children.
void open_group(Desk& desk, const domain::Decision& decision);

// Moves an entering group on: places what is due (hedges first), re-prices, cancels when its time
// is over, and ends the entry by the group's policy once nothing is working any more.
void advance_entry(Desk& desk, const Group& group);

// Earliest instant at which advance_entry() has work without an input.
base::Timestamp entry_deadline(const View& view, const Group& group);

}  // namespace sauda::execution
