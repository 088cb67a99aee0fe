#pragma once

#include "common/indicators/rolling_window.h"

namespace sauda::indicators {

// Simple moving average: (x[t-n+1] + ... + x[t]) / n. First value with the n-th input.
// Source: TA-Lib SMA.
class Sma {
 public:
    explicit Sma(std::size_t n) : window_(n) {}
    void push(double x) { window_.push(x); }
    [[nodiscard]] bool is_ready() const { return window_.is_full(); }
    [[nodiscard]] double value() const { return window_.mean(); }  // only when ready
    SAUDA_FIELDS(window_)

 private:
    RollingWindow window_;
};

}  // namespace sauda::indicators
