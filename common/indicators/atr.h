#pragma once

#include "common/base/archive.h"

namespace sauda::indicators {

// Average true range after Wilder. True range = max(high, previous close) - min(low, previous
// close), from the second bar on; seeded by the mean of the first n true ranges, then
// (previous x (n-1) + x) / n. First value with bar n + 1. Source: Wilder 1978; TA-Lib ATR.
class Atr {
 public:
    explicit Atr(uint32_t n) : period_(n) { INVARIANT(n > 0); }

    void push(double high, double low, double close) {
        const double top = high > last_close_ ? high : last_close_;
        const double bottom = low < last_close_ ? low : last_close_;
        const double range = top - bottom;
        last_close_ = close;
        if (bars_ == 0) {
            bars_ = 1;
            return;
        }
        const auto n = static_cast<double>(period_);
        if (bars_ <= period_) {
            value_ += range;
            if (bars_++ == period_) {
                value_ /= n;
            }
            return;
        }
        value_ = (value_ * (n - 1.0) + range) / n;
    }

    [[nodiscard]] bool is_ready() const { return bars_ > period_; }
    [[nodiscard]] double value() const { return value_; }  // only when ready
    SAUDA_FIELDS(period_, bars_, last_close_, value_)

 private:
    uint32_t period_;
    uint32_t bars_ = 0;  // stops at period + 1
    double last_close_ = 0.0;
    double value_ = 0.0;
};

}  // namespace sauda::indicators
