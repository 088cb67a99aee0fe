#pragma once

#include "common/indicators/bar_input.h"
#include "common/indicators/outputs.h"

namespace sauda::indicators {

// Average directional index with +DI and -DI after Wilder, 0 to 100. True range and directional
// movements are summed over bars 2 to n, then previous - previous / n + x; DX = 100 |+DI - -DI| /
// (+DI + -DI); ADX = mean of the first n DX, then (previous (n-1) + DX) / n. +DI and -DI from bar
// n + 1 on, ADX from bar 2n on. A market without any range has +DI = -DI = 0, and a bar whose DX
// cannot be told leaves ADX as it is (in the seed it counts as 0). Source: TA-Lib ADX, PLUS_DI.
class Adx {
 public:
    // n > 1.
    explicit Adx(uint32_t n) : period_(n) { INVARIANT(n > 1); }

    void push(double high, double low, double close) {
        if (bars_ == 0) {
            bars_ = 1;
        } else {
            learn(high, low);
        }
        high_ = high;
        low_ = low;
        close_ = close;
    }

    [[nodiscard]] bool is_di_ready() const { return bars_ > period_; }
    [[nodiscard]] double plus_di() const { return range_ > 0.0 ? 100.0 * (plus_ / range_) : 0.0; }
    [[nodiscard]] double minus_di() const { return range_ > 0.0 ? 100.0 * (minus_ / range_) : 0.0; }
    [[nodiscard]] bool is_ready() const { return bars_ == 2 * period_; }
    [[nodiscard]] double value() const { return adx_; }  // only when ready

    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        visit("adx", when(is_ready(), [&] { return value(); }));
        visit("plus_di", when(is_di_ready(), [&] { return plus_di(); }));
        visit("minus_di", when(is_di_ready(), [&] { return minus_di(); }));
    }
    SAUDA_FIELDS(period_, bars_, high_, low_, close_, range_, plus_, minus_, adx_)

 private:
    void learn(double high, double low) {
        const auto n = static_cast<double>(period_);
        const double up = high - high_;
        const double down = low_ - low;
        if (bars_ >= period_) {
            range_ -= range_ / n;
            plus_ -= plus_ / n;
            minus_ -= minus_ / n;
        }
        range_ += (high > close_ ? high : close_) - (low < close_ ? low : close_);
        if (down > 0.0 && up < down) {
            minus_ += down;
        } else if (up > 0.0 && up > down) {
            plus_ += up;
        }
        if (bars_ >= period_) {
            average(n);
        }
        bars_ += bars_ < 2 * period_ ? 1 : 0;
    }

    void average(double n) {
        const double total = plus_ + minus_;
        const bool known = range_ > 0.0 && total > 0.0;
        const double dx =
            known ? 100.0 * ((plus_ > minus_ ? plus_ - minus_ : minus_ - plus_) / total) : 0.0;
        if (bars_ < 2 * period_) {
            adx_ += dx;
            if (bars_ + 1 == 2 * period_) {
                adx_ /= n;
            }
        } else if (known) {
            adx_ = (adx_ * (n - 1.0) + dx) / n;
        }
    }

    uint32_t period_;
    uint32_t bars_ = 0;  // stops at 2 x period
    double high_ = 0.0;  // of the bar before
    double low_ = 0.0;
    double close_ = 0.0;
    double range_ = 0.0;
    double plus_ = 0.0;
    double minus_ = 0.0;
    double adx_ = 0.0;  // the sum of the seed until ready
};

}  // namespace sauda::indicators
