#pragma once

#include "common/indicators/outputs.h"
#include "common/indicators/rolling_extreme.h"
#include "common/indicators/rsi.h"
#include "common/indicators/sma.h"

namespace sauda::indicators {

// Where a value stands in the range of the last n: 100 (x - lowest) / (highest - lowest). A range
// of zero gives 50, the neutral value (TA-Lib: 0, which reads as oversold).
class RangePosition {
 public:
    explicit RangePosition(std::size_t n) : highest_(n), lowest_(n) {}
    void push(double high, double low, double x) {
        highest_.push(high);
        lowest_.push(low);
        last_ = x;
    }
    [[nodiscard]] bool is_ready() const { return highest_.is_ready(); }
    [[nodiscard]] double value() const {
        const double range = highest_.value() - lowest_.value();
        return range > 0.0 ? 100.0 * ((last_ - lowest_.value()) / range) : 50.0;
    }
    SAUDA_FIELDS(highest_, lowest_, last_)

 private:
    RollingMax highest_;
    RollingMin lowest_;
    double last_ = 0.0;
};

// Stochastic oscillator, 0 to 100: fast = position of the close in the range of n bars, k = SMA of
// fast, d = SMA of k; 14/3/3. All three first with bar n + k + d - 2 (18 for 14/3/3). Flat: 50.
// Source: Lane; TA-Lib STOCH with SMA.
class Stochastic {
 public:
    Stochastic(std::size_t n, std::size_t k, std::size_t d) : fast_(n), k_(k), d_(d) {}

    void push(double high, double low, double close) {
        fast_.push(high, low, close);
        smooth();
    }

    [[nodiscard]] bool is_ready() const { return d_.is_ready(); }
    // Only when ready.
    [[nodiscard]] double fast() const { return fast_.value(); }
    [[nodiscard]] double k() const { return k_.value(); }
    [[nodiscard]] double d() const { return d_.value(); }

    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        visit("k", when(is_ready(), [&] { return k(); }));
        visit("d", when(is_ready(), [&] { return d(); }));
        visit("fast", when(is_ready(), [&] { return fast(); }));
    }
    SAUDA_FIELDS(fast_, k_, d_)

 private:
    void smooth() {
        if (fast_.is_ready()) {
            k_.push(fast_.value());
            if (k_.is_ready()) {
                d_.push(k_.value());
            }
        }
    }

    RangePosition fast_;
    Sma k_;
    Sma d_;
};

// The stochastic oscillator of RSI(rsi) instead of prices: 14/14/3/3 as most charts; k = 1 gives
// TA-Lib's STOCHRSI (its fast %K and %D). First value with input rsi + n + k + d - 2.
// An RSI that does not move: 50. Source: Chande and Kroll 1994; TA-Lib STOCHRSI.
class StochRsi {
 public:
    StochRsi(uint32_t rsi, std::size_t n, std::size_t k, std::size_t d)
        : rsi_(rsi), stochastic_(n, k, d) {}

    void push(double x) {
        rsi_.push(x);
        if (rsi_.is_ready()) {
            const double value = rsi_.value();
            stochastic_.push(value, value, value);
        }
    }

    [[nodiscard]] bool is_ready() const { return stochastic_.is_ready(); }
    // Only when ready.
    [[nodiscard]] double k() const { return stochastic_.k(); }
    [[nodiscard]] double d() const { return stochastic_.d(); }

    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        visit("k", when(is_ready(), [&] { return k(); }));
        visit("d", when(is_ready(), [&] { return d(); }));
    }
    SAUDA_FIELDS(rsi_, stochastic_)

 private:
    Rsi rsi_;
    Stochastic stochastic_;
};

// Williams %R, -100 to 0: -100 (highest - close) / (highest - lowest) of n bars. First value with
// bar n. A range of zero gives -50, the neutral value (TA-Lib: 0). Source: TA-Lib WILLR.
class WilliamsR {
 public:
    explicit WilliamsR(std::size_t n) : position_(n) {}
    void push(double high, double low, double close) { position_.push(high, low, close); }
    [[nodiscard]] bool is_ready() const { return position_.is_ready(); }
    [[nodiscard]] double value() const { return position_.value() - 100.0; }  // only when ready
    SAUDA_FIELDS(position_)

 private:
    RangePosition position_;
};

}  // namespace sauda::indicators
