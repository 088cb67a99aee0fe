#pragma once

#include "common/base/archive.h"

namespace sauda::indicators {

// What an indicator of bars is fed with, one complete bar after the other. Prices in rupees (or
// index points) a unit, volume in units; 0 where the market has none, as an index. Indicators of
// volume say themselves what they do then: they are not ready while they have seen no volume.
struct BarInput {
    double open = 0.0;
    double high = 0.0;
    double low = 0.0;
    double close = 0.0;
    double volume = 0.0;
    SAUDA_FIELDS(open, high, low, close, volume)
};

// What every indicator may rely on: 0 < low <= open, close <= high < 1e15, 0 <= volume < 1e15, no
// NaN. Who makes bars asks; indicators do not check again.
inline bool is_sound(const BarInput& bar) {
    constexpr double kMost = 1e15;
    return bar.low > 0.0 && bar.low <= bar.open && bar.low <= bar.close && bar.open <= bar.high &&
           bar.close <= bar.high && bar.high < kMost && bar.volume >= 0.0 && bar.volume < kMost;
}

inline double typical_price(const BarInput& bar) { return (bar.high + bar.low + bar.close) / 3.0; }

// One way to feed any indicator: by its bar, by high, low and close, or by the close alone.
template <class Indicator>
void push_bar(Indicator& indicator, const BarInput& bar) {
    if constexpr (requires { indicator.push(bar); }) {
        indicator.push(bar);
    } else if constexpr (requires { indicator.push(bar.high, bar.low, bar.close); }) {
        indicator.push(bar.high, bar.low, bar.close);
    } else {
        indicator.push(bar.close);
    }
}

// A new trading session begins with the next bar. Only some indicators care.
template <class Indicator>
void begin_session(Indicator& indicator) {
    if constexpr (requires { indicator.start_session(); }) {
        indicator.start_session();
    }
}

}  // namespace sauda::indicators
