#pragma once

#include "common/base/timestamp.h"

namespace sauda::base {

// The instant a shell may ask for. Cores never see it; they receive `now` as a value.
class Clock {
 public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Timestamp now() = 0;         // wall or paced time
    [[nodiscard]] virtual int64_t monotonic_ns() = 0;  // for waits and latency figures
};

}  // namespace sauda::base
