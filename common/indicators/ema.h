#pragma once

#include "common/base/archive.h"

namespace sauda::indicators {

// Exponential moving average: e[t] = e[t-1] + k (x[t] - e[t-1]), k = 2 / (n + 1), seeded by the
// simple average of the first n inputs. First value with the n-th input. Source: TA-Lib EMA.
class Ema {
 public:
    explicit Ema(uint32_t n) : period_(n) { INVARIANT(n > 0); }

    void push(double x) {
        if (count_ < period_) {
            value_ += x;  // still the sum of the seed
            if (++count_ == period_) {
                value_ /= static_cast<double>(period_);
            }
            return;
        }
        value_ += 2.0 / (static_cast<double>(period_) + 1.0) * (x - value_);
    }

    [[nodiscard]] bool is_ready() const { return count_ == period_; }
    [[nodiscard]] double value() const { return value_; }  // only when ready
    SAUDA_FIELDS(period_, count_, value_)

 private:
    uint32_t period_;
    uint32_t count_ = 0;
    double value_ = 0.0;
};

}  // namespace sauda::indicators
