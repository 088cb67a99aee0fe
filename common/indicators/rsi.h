#pragma once

#include "common/base/archive.h"

namespace sauda::indicators {

// Relative strength index after Wilder, 0 to 100: 100 x up / (up + down), where up and down are
// averages of rises and falls: seeded by the mean of the first n changes, then
// (previous x (n-1) + x) / n. First value with input n + 1. A market that never moved gives 50
// (TA-Lib: 0). Source: Wilder 1978; TA-Lib RSI.
class Rsi {
 public:
    explicit Rsi(uint32_t n) : period_(n) { INVARIANT(n > 0); }

    void push(double x) {
        const double change = x - last_;
        last_ = x;
        if (inputs_ == 0) {
            inputs_ = 1;
            return;
        }
        const double rise = change > 0.0 ? change : 0.0;
        const double fall = change < 0.0 ? -change : 0.0;
        const auto n = static_cast<double>(period_);
        if (inputs_ <= period_) {
            up_ += rise;
            down_ += fall;
            if (inputs_++ == period_) {
                up_ /= n;
                down_ /= n;
            }
            return;
        }
        up_ = (up_ * (n - 1.0) + rise) / n;
        down_ = (down_ * (n - 1.0) + fall) / n;
    }

    [[nodiscard]] bool is_ready() const { return inputs_ > period_; }
    // Only when ready.
    [[nodiscard]] double value() const {
        const double total = up_ + down_;
        return total > 0.0 ? 100.0 * (up_ / total) : 50.0;
    }
    SAUDA_FIELDS(period_, inputs_, last_, up_, down_)

 private:
    uint32_t period_;
    uint32_t inputs_ = 0;  // stops at period + 1
    double last_ = 0.0;
    double up_ = 0.0;  // the sum of the seed until ready
    double down_ = 0.0;
};

}  // namespace sauda::indicators
