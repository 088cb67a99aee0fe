#pragma once

#include "common/indicators/rolling_window.h"

namespace sauda::indicators {

// Efficiency ratio, 0 to 1: the way from the input n before to this one, over the sum of the n
// steps in between. First value with input n + 1. A market that did not move: 0.
// Source: Kaufman 1995.
class EfficiencyRatio {
 public:
    explicit EfficiencyRatio(std::size_t n) : inputs_(n), steps_(n) {}

    void push(double x) {
        if (inputs_.count() > 0) {
            steps_.push(distance(x, inputs_.at(0)));
        }
        way_ = inputs_.is_full() ? distance(x, inputs_.oldest()) : 0.0;
        inputs_.push(x);
    }

    [[nodiscard]] bool is_ready() const { return steps_.is_full(); }
    [[nodiscard]] double value() const { return way_ > 0.0 ? way_ / steps_.sum() : 0.0; }
    SAUDA_FIELDS(inputs_, steps_, way_)

 private:
    static double distance(double a, double b) { return a > b ? a - b : b - a; }

    RollingWindow inputs_;
    RollingWindow steps_;
    double way_ = 0.0;
};

}  // namespace sauda::indicators
