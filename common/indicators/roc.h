#pragma once

#include "common/indicators/rolling_window.h"

namespace sauda::indicators {

// Rate of change in percent: 100 (x / x[n inputs ago] - 1), inputs above zero. First value with
// input n + 1. Source: TA-Lib ROC.
class Roc {
 public:
    explicit Roc(std::size_t n) : window_(n) {}

    void push(double x) {
        is_ready_ = window_.is_full();
        value_ = is_ready_ ? (x / window_.oldest() - 1.0) * 100.0 : 0.0;
        window_.push(x);
    }

    [[nodiscard]] bool is_ready() const { return is_ready_; }
    [[nodiscard]] double value() const { return value_; }  // only when ready
    SAUDA_FIELDS(window_, is_ready_, value_)

 private:
    RollingWindow window_;
    bool is_ready_ = false;
    double value_ = 0.0;
};

}  // namespace sauda::indicators
