#pragma once

#include "services/execution/core/config.h"

#include <deque>

namespace sauda::execution {

// Who asks for a place in the broker's rate limits. Cancels are counted but never held back.
enum class RateClass : uint8_t {
    Open,      // adds risk: leaves the reserves alone
    Complete,  // completes a group that is partly in, or exits: only the second is respected
};

// Placements and cancels of the last hour, in sliding windows.
class RateBudget {
 public:
    void record(base::Timestamp now);
    // `children` opening orders, as many of them at once as the second allows, fit now.
    [[nodiscard]] bool fits(int children, base::Timestamp now, const RateConfig& config) const;
    // The instant from which one more action of the class is allowed.
    [[nodiscard]] base::Timestamp free_at(RateClass kind, const RateConfig& config) const;
    SAUDA_FIELDS(times_)

 private:
    [[nodiscard]] int count_since(base::Timestamp from) const;
    [[nodiscard]] base::Timestamp free_at(int limit, base::Duration window) const;
    std::deque<base::Timestamp> times_;  // ascending
};

}  // namespace sauda::execution
