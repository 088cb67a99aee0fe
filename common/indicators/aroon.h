#pragma once

#include "common/indicators/outputs.h"
#include "common/indicators/rolling_extreme.h"

namespace sauda::indicators {

// Aroon, 0 to 100: up = 100 (n - bars since the highest high of the last n + 1 bars) / n, down
// likewise of the lowest low; of equal extremes the latest counts, so a flat market gives 100 and
// 100. Oscillator = up - down. First value with bar n + 1. Source: Chande 1995; TA-Lib AROON.
class Aroon {
 public:
    explicit Aroon(uint32_t n) : period_(n), high_(n + 1U), low_(n + 1U) { INVARIANT(n > 0); }

    void push(double high, double low, double /*close*/) {
        high_.push(high);
        low_.push(low);
    }

    [[nodiscard]] bool is_ready() const { return high_.is_ready(); }
    // Only when ready.
    [[nodiscard]] double up() const { return share(high_.age()); }
    [[nodiscard]] double down() const { return share(low_.age()); }
    [[nodiscard]] double oscillator() const { return up() - down(); }

    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        visit("up", when(is_ready(), [&] { return up(); }));
        visit("down", when(is_ready(), [&] { return down(); }));
        visit("oscillator", when(is_ready(), [&] { return oscillator(); }));
    }
    SAUDA_FIELDS(period_, high_, low_)

 private:
    [[nodiscard]] double share(uint64_t age) const {
        return 100.0 * static_cast<double>(period_ - age) / static_cast<double>(period_);
    }

    uint32_t period_;
    RollingMax high_;
    RollingMin low_;
};

}  // namespace sauda::indicators
