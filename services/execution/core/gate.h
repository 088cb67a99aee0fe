#pragma once

#include "services/execution/core/desk.h"

namespace sauda::execution {

// The last look at an approval before anything is sent. Reason code None: it may go.
domain::Reason check_gate(const Desk& desk, const domain::Decision& decision);

}  // namespace sauda::execution
