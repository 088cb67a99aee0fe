#pragma once

#include "common/indicators/ema.h"
#include "common/indicators/outputs.h"

namespace sauda::indicators {

// Moving average convergence divergence: line = fast EMA - slow EMA, signal = EMA of the line,
// histogram = line - signal. As TA-Lib does, the fast EMA starts late, so that both seeds end on
// one input. First values with input slow + signal - 1 (34 for 12/26/9), all three at once.
// Source: Appel; TA-Lib MACD.
class Macd {
 public:
    // 0 < fast < slow.
    Macd(uint32_t fast, uint32_t slow, uint32_t signal)
        : fast_(fast), slow_(slow), signal_(signal), wait_(slow - fast) {
        INVARIANT(fast < slow);
    }

    void push(double x) {
        slow_.push(x);
        if (wait_ > 0) {
            --wait_;
            return;
        }
        fast_.push(x);
        if (slow_.is_ready()) {
            signal_.push(line());
        }
    }

    [[nodiscard]] bool is_ready() const { return signal_.is_ready(); }
    // Only when ready.
    [[nodiscard]] double line() const { return fast_.value() - slow_.value(); }
    [[nodiscard]] double signal() const { return signal_.value(); }
    [[nodiscard]] double histogram() const { return line() - signal(); }

    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        visit("line", when(is_ready(), [&] { return line(); }));
        visit("signal", when(is_ready(), [&] { return signal(); }));
        visit("histogram", when(is_ready(), [&] { return histogram(); }));
    }
    SAUDA_FIELDS(fast_, slow_, signal_, wait_)

 private:
    Ema fast_;
    Ema slow_;
    Ema signal_;
    uint32_t wait_;  // inputs until the fast average starts
};

}  // namespace sauda::indicators
