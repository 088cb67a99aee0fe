#pragma once

#include "services/execution/core/desk.h"

namespace sauda::execution {

// Starts the exit of a group that is entering or in; anything else is left as it is. level: the
// P&L that was hit, zero where none was.
void start_exit(Desk& desk, const Group& group, domain::Reason reason, base::Money level);

// Moves an exit on: entries are cancelled, shorts closed first, hedges last; orders are re-priced
// by cancel, confirm, place. Filled plus working never exceeds what is open. Ends with Flattened.
void advance_exit(Desk& desk, const Group& group);

// Earliest instant at which advance_exit() has work without an input.
base::Timestamp exit_deadline(const View& view, const Group& group);

}  // namespace sauda::execution
