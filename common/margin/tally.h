#pragma once

#include "common/margin/span_margin.h"

namespace sauda::margin {

// Sums over the legs of one commodity. Integers alone: the order of the legs does not matter.
// conditions must outlive it.
class Tally {
 public:
    explicit Tally(const Conditions& conditions) : conditions_(&conditions) {}
    // array: of the leg's contract. Legs of the same contract are expected netted.
    void add(const MarginLeg& leg, const RiskArray& array);
    [[nodiscard]] Margin margin() const;

 private:
    using Losses = std::array<domain::Money, kScenarios>;
    // Sum of delta x units of one expiry, 1e-6.
    struct ExpiryDelta {
        domain::Date expiry;
        int64_t delta = 0;
    };

    [[nodiscard]] bool stands_alone(domain::Date expiry) const;
    [[nodiscard]] domain::Money calendar_charge() const;

    const Conditions* conditions_;
    Losses losses_{};    // of what is scanned together
    Losses expiring_{};  // of what expires today where it hedges nothing else
    domain::Money option_value_;
    domain::Money minimum_;
    domain::Money exposure_;
    std::vector<ExpiryDelta> deltas_;  // ascending, without the expiring ones
};

}  // namespace sauda::margin
