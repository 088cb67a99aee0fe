#pragma once

#include "common/base/expected.h"
#include "common/bus/control.h"

#include <string>

namespace sauda::bus {

// Asks a running service something from a program that is no service (`sauda`). Each call uses a
// connection of its own, so a late reply can never be taken for another's.
class ControlClient {
 public:
    // Unavailable when nothing listens at `endpoint`, or no answer came in time; the text says
    // which, and in the second case the service may still have acted.
    [[nodiscard]] base::Expected<Reply> ask(const std::string& endpoint, const Request& request,
                                            Duration timeout);
};

}  // namespace sauda::bus
