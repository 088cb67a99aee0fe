#pragma once

#include "common/indicators/rolling_window.h"

#include <cmath>

namespace sauda::indicators {

// Realised volatility per bar: sqrt of the mean of the last n squared returns, returns simple
// (x[t] / x[t-1] - 1), their mean taken as zero. First value with input n + 1. Multiply by
// sqrt(bars a year) to annualise: sqrt(252 x 375) = 307.4 for 1-minute bars.
// Source: realised variance of Andersen and Bollerslev 1998, with simple for log returns; the two
// differ by a relative r / 2, below 0.1 % for 1-minute bars.
class RealisedVolatility {
 public:
    explicit RealisedVolatility(std::size_t n) : squares_(n) {}

    // x > 0.
    void push(double x) {
        if (last_ > 0.0) {
            const double r = x / last_ - 1.0;
            squares_.push(r * r);
        }
        last_ = x;
    }

    [[nodiscard]] bool is_ready() const { return squares_.is_full(); }
    // Only when ready. The running sum may round a hair below zero.
    [[nodiscard]] double value() const {
        const double mean = squares_.mean();
        return mean > 0.0 ? std::sqrt(mean) : 0.0;
    }
    SAUDA_FIELDS(squares_, last_)

 private:
    RollingWindow squares_;
    double last_ = 0.0;
};

}  // namespace sauda::indicators
