#pragma once

#include "common/indicators/atr.h"
#include "common/indicators/outputs.h"

namespace sauda::indicators {

// Supertrend: bands at (high + low) / 2 +/- factor x ATR(n). The lower band only rises and the
// upper only falls as long as the close before stayed inside. The line is the lower band in a
// rising trend until a close below it, then the upper until a close above it. First value with bar
// n + 1, rising by convention (TradingView starts falling and counts the first bar's range; after
// the first turn and some n bars the two agree). A flat market: the line is its price, the trend
// stays. Source: Seban; TA-Lib SUPERTREND.
class Supertrend {
 public:
    // n > 0, factor > 0.
    Supertrend(uint32_t n, double factor) : factor_(factor), atr_(n) { INVARIANT(factor > 0.0); }

    void push(double high, double low, double close) {
        const bool was_ready = atr_.is_ready();
        atr_.push(high, low, close);
        if (atr_.is_ready()) {
            const double middle = (high + low) / 2.0;
            const double lower = middle - factor_ * atr_.value();
            const double upper = middle + factor_ * atr_.value();
            if (!was_ready) {
                lower_ = lower;
                upper_ = upper;
            } else {
                const double raised = lower > lower_ ? lower : lower_;
                const double lowered = upper < upper_ ? upper : upper_;
                lower_ = close_ < lower_ ? lower : raised;
                upper_ = close_ > upper_ ? upper : lowered;
                is_rising_ = is_rising_ ? close >= lower_ : close > upper_;
            }
        }
        close_ = close;
    }

    [[nodiscard]] bool is_ready() const { return atr_.is_ready(); }
    // Only when ready.
    [[nodiscard]] double value() const { return is_rising_ ? lower_ : upper_; }
    [[nodiscard]] bool is_rising() const { return is_rising_; }

    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        visit("line", when(is_ready(), [&] { return value(); }));
        visit("direction", when(is_ready(), [&] { return is_rising_ ? 1.0 : -1.0; }));
    }
    SAUDA_FIELDS(factor_, atr_, close_, lower_, upper_, is_rising_)

 private:
    double factor_;
    Atr atr_;
    double close_ = 0.0;  // of the bar before
    double lower_ = 0.0;
    double upper_ = 0.0;
    bool is_rising_ = true;
};

}  // namespace sauda::indicators
