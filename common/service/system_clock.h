#pragma once

#include "common/base/clock.h"

namespace sauda::service {

// The machine's clock; now() never runs backwards.
class SystemClock : public base::Clock {
 public:
    base::Timestamp now() override;
    int64_t monotonic_ns() override;

 private:
    base::Timestamp last_;
};

}  // namespace sauda::service
