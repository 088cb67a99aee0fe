#pragma once

#include "services/execution/core/desk.h"

namespace sauda::execution {

// What a session event makes execution do; the market view has already taken it in.
void take_session(Desk& desk, const domain::SessionEvent& event);

}  // namespace sauda::execution
