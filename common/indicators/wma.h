#pragma once

#include "common/indicators/rolling_window.h"

namespace sauda::indicators {

// Weighted moving average: the newest of n inputs weighs n, the oldest 1. O(1): every input takes
// one weight off all older ones; rebuilt once per n inputs. First value with the n-th input.
// Source: TA-Lib WMA.
class Wma {
 public:
    explicit Wma(std::size_t n) : window_(n) {}

    void push(double x) {
        const std::size_t n = window_.values().size();
        if (!window_.is_full()) {
            window_.push(x);
            weighted_ += static_cast<double>(window_.count()) * x;
            return;
        }
        weighted_ += static_cast<double>(n) * x - window_.sum();
        window_.push(x);
        if (++since_rebuild_ == n) {
            since_rebuild_ = 0;
            weighted_ = 0.0;
            for (std::size_t ago = 0; ago < n; ++ago) {
                weighted_ += static_cast<double>(n - ago) * window_.at(ago);
            }
        }
    }

    [[nodiscard]] bool is_ready() const { return window_.is_full(); }
    // Only when ready.
    [[nodiscard]] double value() const {
        const auto n = static_cast<double>(window_.values().size());
        return weighted_ / (n * (n + 1.0) / 2.0);
    }
    SAUDA_FIELDS(window_, weighted_, since_rebuild_)

 private:
    RollingWindow window_;
    double weighted_ = 0.0;
    std::size_t since_rebuild_ = 0;
};

}  // namespace sauda::indicators
