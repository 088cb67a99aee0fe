#pragma once

#include "common/indicators/atr.h"
#include "common/indicators/ema.h"
#include "common/indicators/outputs.h"
#include "common/indicators/rolling_extreme.h"

namespace sauda::indicators {

// Keltner channel: EMA(n) of the close +/- factor x ATR(m); usual 20, 10, 2. First value with bar
// max(n, m + 1). Flat: all three are the price. Source: Raschke's form, as on TradingView; TA-Lib
// EMA and ATR (its own KC takes typical prices).
class Keltner {
 public:
    Keltner(uint32_t n, uint32_t m, double factor) : factor_(factor), ema_(n), atr_(m) {
        INVARIANT(factor > 0.0);
    }

    void push(double high, double low, double close) {
        ema_.push(close);
        atr_.push(high, low, close);
    }

    [[nodiscard]] bool is_ready() const { return ema_.is_ready() && atr_.is_ready(); }
    // Only when ready.
    [[nodiscard]] double middle() const { return ema_.value(); }
    [[nodiscard]] double upper() const { return ema_.value() + factor_ * atr_.value(); }
    [[nodiscard]] double lower() const { return ema_.value() - factor_ * atr_.value(); }

    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        visit("middle", when(is_ready(), [&] { return middle(); }));
        visit("upper", when(is_ready(), [&] { return upper(); }));
        visit("lower", when(is_ready(), [&] { return lower(); }));
    }
    SAUDA_FIELDS(factor_, ema_, atr_)

 private:
    double factor_;
    Ema ema_;
    Atr atr_;
};

// Donchian channel: highest high and lowest low of the last n bars and their middle. The last bar
// is part of it: to find a breakout compare a bar with the channel as it stood before that bar.
// First value with bar n. Source: Donchian.
class Donchian {
 public:
    explicit Donchian(std::size_t n) : highest_(n), lowest_(n) {}

    void push(double high, double low, double /*close*/) {
        highest_.push(high);
        lowest_.push(low);
    }

    [[nodiscard]] bool is_ready() const { return highest_.is_ready(); }
    // Only when ready.
    [[nodiscard]] double upper() const { return highest_.value(); }
    [[nodiscard]] double lower() const { return lowest_.value(); }
    [[nodiscard]] double middle() const { return (upper() + lower()) / 2.0; }

    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        visit("middle", when(is_ready(), [&] { return middle(); }));
        visit("upper", when(is_ready(), [&] { return upper(); }));
        visit("lower", when(is_ready(), [&] { return lower(); }));
    }
    SAUDA_FIELDS(highest_, lowest_)

 private:
    RollingMax highest_;
    RollingMin lowest_;
};

}  // namespace sauda::indicators
