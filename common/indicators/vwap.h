#pragma once

#include "common/indicators/bar_input.h"
#include "common/indicators/outputs.h"

#include <cmath>

namespace sauda::indicators {

// Volume-weighted average price of the session so far, by typical prices, with bands at +/- factor
// x volume-weighted standard deviation. start_session() forgets everything before. First value with
// the session's first bar that has volume; a bar without volume leaves it as it is. An index has no
// volume, hence no VWAP: use its future. Source: TA-Lib VWAP (per session here); Welford 1962 for
// the deviation.
class Vwap {
 public:
    // factor > 0, in standard deviations.
    explicit Vwap(double factor = 1.0) : factor_(factor) { INVARIANT(factor > 0.0); }

    void start_session() {
        volume_ = 0.0;
        mean_ = 0.0;
        squares_ = 0.0;
    }

    void push(const BarInput& bar) {
        if (!(bar.volume > 0.0)) {
            return;
        }
        const double price = typical_price(bar);
        volume_ += bar.volume;
        const double from_mean = price - mean_;
        mean_ += from_mean * (bar.volume / volume_);
        squares_ += bar.volume * from_mean * (price - mean_);
    }

    [[nodiscard]] bool is_ready() const { return volume_ > 0.0; }
    // Only when ready.
    [[nodiscard]] double value() const { return mean_; }
    [[nodiscard]] double deviation() const {
        return squares_ > 0.0 ? std::sqrt(squares_ / volume_) : 0.0;
    }
    [[nodiscard]] double upper() const { return mean_ + factor_ * deviation(); }
    [[nodiscard]] double lower() const { return mean_ - factor_ * deviation(); }

    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        visit("vwap", when(is_ready(), [&] { return value(); }));
        visit("upper", when(is_ready(), [&] { return upper(); }));
        visit("lower", when(is_ready(), [&] { return lower(); }));
    }
    SAUDA_FIELDS(factor_, volume_, mean_, squares_)

 private:
    double factor_;
    double volume_ = 0.0;
    double mean_ = 0.0;
    double squares_ = 0.0;  // volume-weighted sum of squared distances from the mean
};

}  // namespace sauda::indicators
