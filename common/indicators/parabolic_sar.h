#pragma once

#include "common/base/archive.h"
#include "common/indicators/outputs.h"

namespace sauda::indicators {

// Parabolic stop and reverse after Wilder: the stop moves towards the extreme point of the trend by
// a factor that grows by `step` with every new extreme up to `most`, never into the last two bars;
// when the market touches it, it jumps to the extreme point and the trend turns. Usual: 0.02, 0.2.
// The first trend is falling if the second bar moved further down than up, else rising. First value
// with bar 2. A flat market stands on its stop and turns with every bar, as in TA-Lib.
// Source: Wilder 1978; TA-Lib SAR.
class ParabolicSar {
 public:
    // 0 < step <= most.
    ParabolicSar(double step, double most) : step_(step), most_(most) {
        INVARIANT(step > 0.0 && step <= most);
    }

    void push(double high, double low, double /*close*/) {
        if (bars_ == 0) {
            bars_ = 1;
        } else {
            if (bars_ == 1) {
                begin(high, low);
            }
            advance(high, low);
        }
        high_ = high;
        low_ = low;
    }

    [[nodiscard]] bool is_ready() const { return bars_ == 2; }
    // Only when ready.
    [[nodiscard]] double value() const { return value_; }
    [[nodiscard]] bool is_rising() const { return is_rising_; }

    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        visit("stop", when(is_ready(), [&] { return value_; }));
        visit("direction", when(is_ready(), [&] { return is_rising_ ? 1.0 : -1.0; }));
    }
    SAUDA_FIELDS(step_, most_, bars_, is_rising_, high_, low_, value_, next_, extreme_, factor_)

 private:
    static double greatest(double a, double b, double c) {
        const double ab = a > b ? a : b;
        return ab > c ? ab : c;
    }
    static double least(double a, double b, double c) {
        const double ab = a < b ? a : b;
        return ab < c ? ab : c;
    }

    void begin(double high, double low) {
        bars_ = 2;
        const double up = high - high_;
        const double down = low_ - low;
        is_rising_ = !(down > 0.0 && up < down);
        next_ = is_rising_ ? low_ : high_;
        extreme_ = is_rising_ ? high : low;
        factor_ = step_;
        high_ = high;  // the first stop is held off the second bar only
        low_ = low;
    }

    void advance(double high, double low) {
        value_ = next_;
        const bool turns = is_rising_ ? low <= value_ : high >= value_;
        if (turns) {
            is_rising_ = !is_rising_;
            value_ = is_rising_ ? least(extreme_, low_, low) : greatest(extreme_, high_, high);
            extreme_ = is_rising_ ? high : low;
            factor_ = step_;
        } else if (is_rising_ ? high > extreme_ : low < extreme_) {
            extreme_ = is_rising_ ? high : low;
            factor_ = factor_ + step_ < most_ ? factor_ + step_ : most_;
        }
        const double moved = value_ + factor_ * (extreme_ - value_);
        next_ = is_rising_ ? least(moved, low_, low) : greatest(moved, high_, high);
    }

    double step_;
    double most_;
    uint32_t bars_ = 0;  // stops at 2
    bool is_rising_ = true;
    double high_ = 0.0;  // of the bar before
    double low_ = 0.0;
    double value_ = 0.0;
    double next_ = 0.0;  // the stop of the next bar
    double extreme_ = 0.0;
    double factor_ = 0.0;
};

}  // namespace sauda::indicators
