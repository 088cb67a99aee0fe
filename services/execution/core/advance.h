#pragma once

#include "services/execution/core/desk.h"

namespace sauda::execution {

// Moves one group on as far as it goes now; timers of the group that are due are handled.
void advance(Desk& desk, const Group& group);

// Earliest instant at which advance() has work without an input.
base::Timestamp group_deadline(const View& view, const Group& group);

}  // namespace sauda::execution
