#pragma once

#include "common/indicators/outputs.h"
#include "common/indicators/rolling_variance.h"

namespace sauda::indicators {

// Bollinger bands: SMA(n) +/- factor x population standard deviation of n inputs. width = (upper -
// lower) / middle; percent_b = (x - lower) / (upper - lower), 0 at the lower band and 1 at the
// upper. First value with the n-th input. Flat: the bands are the price, width 0, percent_b 0.5.
// Source: Bollinger; TA-Lib BBANDS, whose own sums of squares are good to 2.5e-8 at 22,000 only.
class Bollinger {
 public:
    // n > 1, factor > 0.
    Bollinger(std::size_t n, double factor) : factor_(factor), window_(n) {
        INVARIANT(n > 1 && factor > 0.0);
    }

    void push(double x) {
        window_.push(x);
        last_ = x;
        reach_ = factor_ * std::sqrt(window_.population_variance());
    }

    [[nodiscard]] bool is_ready() const { return window_.is_ready(); }
    // Only when ready.
    [[nodiscard]] double middle() const { return window_.mean(); }
    [[nodiscard]] double upper() const { return middle() + reach_; }
    [[nodiscard]] double lower() const { return middle() - reach_; }
    [[nodiscard]] double width() const { return 2.0 * reach_ / middle(); }
    [[nodiscard]] double percent_b() const {
        return reach_ > 0.0 ? 0.5 + (last_ - middle()) / (2.0 * reach_) : 0.5;
    }

    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        visit("middle", when(is_ready(), [&] { return middle(); }));
        visit("upper", when(is_ready(), [&] { return upper(); }));
        visit("lower", when(is_ready(), [&] { return lower(); }));
        visit("width", when(is_ready(), [&] { return width(); }));
        visit("percent_b", when(is_ready(), [&] { return percent_b(); }));
    }
    SAUDA_FIELDS(factor_, window_, last_, reach_)

 private:
    double factor_;
    RollingVariance window_;
    double last_ = 0.0;
    double reach_ = 0.0;  // from the middle to a band
};

}  // namespace sauda::indicators
