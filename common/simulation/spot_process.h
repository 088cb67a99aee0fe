#pragma once

#include "common/base/rng.h"
#include "common/simulation/simulation_options.h"

namespace sauda::simulation {

// The index through the day, one step at a time. Log returns with a volatility that clusters (an
// Ornstein-Uhlenbeck process of its logarithm, half-life 20 minutes), is higher after the open and
// before the close, and with jumps; a trend day is pulled along a plan with pauses and one
// reversal, a range day back to its open.
class SpotProcess {
 public:
    // annual: of the returns between open and close; before_open: the level the gap starts from.
    SpotProcess(base::Rng rng, DayCharacter character, double annual, double before_open,
                double step_seconds);

    // One step further; at: share of the day that has passed, 0 to 1.
    void step(double at);
    [[nodiscard]] double value() const { return value_; }
    [[nodiscard]] double open() const { return open_; }
    // The move of the last step over the usual one: where volatility is, the smile rises.
    [[nodiscard]] double last_return() const { return last_return_; }
    [[nodiscard]] double heat() const { return heat_; }  // volatility over its mean, 1 is usual
    [[nodiscard]] DayCharacter character() const { return character_; }

 private:
    [[nodiscard]] double pull(double at) const;

    base::Rng rng_;
    DayCharacter character_;
    double open_;
    double value_;
    double step_deviation_;
    double step_seconds_;
    double log_heat_ = 0.0;
    double heat_ = 1.0;
    double last_return_ = 0.0;
    double trend_ = 0.0;  // of the whole plan, as a share of the open
    double reversal_at_ = 2.0;
    double jump_chance_;
};

}  // namespace sauda::simulation
