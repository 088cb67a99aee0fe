// What one bar costs each standard indicator, beside computing its value from scratch: windows over
// their n bars, averages with a memory over ten times their period. One pass is 200,000 bars.

#include "common/base/rng.h"
#include "common/indicators/adx.h"
#include "common/indicators/aroon.h"
#include "common/indicators/bollinger.h"
#include "common/indicators/cci.h"
#include "common/indicators/channels.h"
#include "common/indicators/historical_volatility.h"
#include "common/indicators/macd.h"
#include "common/indicators/parabolic_sar.h"
#include "common/indicators/pivots.h"
#include "common/indicators/realised_volatility.h"
#include "common/indicators/registry.h"
#include "common/indicators/roc.h"
#include "common/indicators/stochastic.h"
#include "common/indicators/supertrend.h"
#include "common/indicators/volume_indicators.h"
#include "common/indicators/vwap.h"
#include "common/indicators/wma.h"
#include "tests/bench/indicator_measure.h"
#include "tests/support/indicator_series.h"

#include <cmath>

namespace {

using namespace sauda;
using namespace sauda::bench;
using namespace sauda::indicators;
using Bar = const BarInput*;  // the last one; bar[-1] is the one before

constexpr double kSimple = 10.0;  // ns
constexpr double kWindowed = 30.0;

template <class Term>
double sum_of(int n, Term term) {
    double sum = 0.0;
    for (int i = 0; i < n; ++i) {
        sum += term(i);
    }
    return sum;
}
double mean_close(Bar bar, int n) {
    return sum_of(n, [&](int i) { return bar[-i].close; }) / n;
}
double highest(Bar bar, int n) {
    double best = bar->high;
    for (int i = 1; i < n; ++i) {
        best = std::max(best, bar[-i].high);
    }
    return best;
}
double lowest(Bar bar, int n) {
    double best = bar->low;
    for (int i = 1; i < n; ++i) {
        best = std::min(best, bar[-i].low);
    }
    return best;
}
double position(Bar bar, int n) {
    const double low = lowest(bar, n);
    return 100.0 * (bar->close - low) / (highest(bar, n) - low);
}
double ema(Bar bar, int n) {
    double value = bar[-10 * n].close;
    for (int i = 10 * n; i >= 0; --i) {
        value += 2.0 / (n + 1.0) * (bar[-i].close - value);
    }
    return value;
}
double true_range(Bar bar) {
    return std::max(bar->high, bar[-1].close) - std::min(bar->low, bar[-1].close);
}
double atr(Bar bar, int n) {
    double value = true_range(bar - 10 * n);
    for (int i = 10 * n; i >= 0; --i) {
        value = (value * (n - 1.0) + true_range(bar - i)) / n;
    }
    return value;
}
double rsi(Bar bar, int n) {
    double up = 0.0;
    double down = 0.0;
    for (int i = 10 * n; i >= 0; --i) {
        const double change = bar[-i].close - bar[-i - 1].close;
        up = (up * (n - 1.0) + std::max(0.0, change)) / n;
        down = (down * (n - 1.0) + std::max(0.0, -change)) / n;
    }
    return 100.0 * up / (up + down);
}
// From a fresh one over the last bars: what a script does that keeps a table of bars.
template <class Fresh>
auto again(Fresh fresh, int bars) {
    return [=](Bar bar) {
        auto indicator = fresh();
        for (int i = bars - 1; i >= 0; --i) {
            push_bar(indicator, bar[-i]);
        }
        return first_output(indicator);
    };
}

void averages_and_trend(const Bars& bars) {
    measure(
        "sma 20", kSimple, bars, [] { return Sma(20); }, [](Bar b) { return mean_close(b, 20); });
    measure("ema 20", kSimple, bars, [] { return Ema(20); }, [](Bar b) { return ema(b, 20); });
    measure(
        "wma 20", kSimple, bars, [] { return Wma(20); },
        [](Bar b) { return sum_of(20, [&](int i) { return (20 - i) * b[-i].close; }) / 210.0; });
    measure(
        "macd 12 26 9", kSimple, bars, [] { return Macd(12, 26, 9); },
        [](Bar b) { return ema(b, 12) - ema(b, 26); });
    const auto adx = [] { return Adx(14); };
    measure("adx 14", kWindowed, bars, adx, again(adx, 140));
    measure(
        "aroon 14", kWindowed, bars, [] { return Aroon(14); },
        [](Bar b) {
            int ago = 0;
            for (int i = 1; i < 15; ++i) {
                ago = b[-i].high > b[-ago].high ? i : ago;
            }
            return 100.0 * (14 - ago) / 14.0;
        });
    const auto supertrend = [] { return Supertrend(10, 3.0); };
    measure("supertrend 10 3", kSimple, bars, supertrend, again(supertrend, 100));
    const auto sar = [] { return ParabolicSar(0.02, 0.2); };
    measure("sar 0.02 0.2", kSimple, bars, sar, again(sar, 100));
}

void momentum(const Bars& bars) {
    measure("rsi 14", kSimple, bars, [] { return Rsi(14); }, [](Bar b) { return rsi(b, 14); });
    measure(
        "stochastic 14 3 3", kWindowed, bars, [] { return Stochastic(14, 3, 3); },
        [](Bar b) { return sum_of(3, [&](int i) { return position(b - i, 14); }) / 3.0; });
    const auto stoch_rsi = [] { return StochRsi(14, 14, 3, 3); };
    measure("stochrsi 14 14 3 3", kWindowed, bars, stoch_rsi, again(stoch_rsi, 140));
    measure(
        "williams_r 14", kWindowed, bars, [] { return WilliamsR(14); },
        [](Bar b) { return position(b, 14) - 100.0; });
    measure(
        "roc 10", kSimple, bars, [] { return Roc(10); },
        [](Bar b) { return (b->close / b[-10].close - 1.0) * 100.0; });
    measure(
        "cci 20", kWindowed, bars, [] { return Cci(20); },
        [](Bar b) {
            const double mean = sum_of(20, [&](int i) { return typical_price(b[-i]); }) / 20.0;
            const double deviation =
                sum_of(20, [&](int i) { return std::abs(typical_price(b[-i]) - mean); }) / 20.0;
            return (typical_price(*b) - mean) / (0.015 * deviation);
        });
}

void bands(const Bars& bars) {
    measure("atr 14", kSimple, bars, [] { return Atr(14); }, [](Bar b) { return atr(b, 14); });
    measure(
        "bollinger 20 2", kWindowed, bars, [] { return Bollinger(20, 2.0); },
        [](Bar b) {
            const double mean = mean_close(b, 20);
            const double squares =
                sum_of(20, [&](int i) { return (b[-i].close - mean) * (b[-i].close - mean); });
            return mean + 2.0 * std::sqrt(squares / 20.0);
        });
    measure(
        "keltner 20 10 2", kWindowed, bars, [] { return Keltner(20, 10, 2.0); },
        [](Bar b) { return ema(b, 20) + 2.0 * atr(b, 10); });
    measure(
        "donchian 20", kWindowed, bars, [] { return Donchian(20); },
        [](Bar b) { return 0.5 * (highest(b, 20) + lowest(b, 20)); });
    measure(
        "donchian 375", kWindowed, bars, [] { return Donchian(375); },
        [](Bar b) { return 0.5 * (highest(b, 375) + lowest(b, 375)); });
    const auto pivots = [] { return Pivots(PivotMethod::Classic); };
    measure("pivots_classic", kSimple, bars, pivots, again(pivots, 75));
}

void volume(const Bars& bars) {
    measure("obv", kSimple, bars, [] { return Obv(); }, again([] { return Obv(); }, 75));
    measure("mfi 14", kWindowed, bars, [] { return Mfi(14); }, again([] { return Mfi(14); }, 15));
    measure(
        "volume_average 20", kSimple, bars, [] { return VolumeAverage(20); },
        [](Bar b) { return sum_of(20, [&](int i) { return b[-i].volume; }) / 20.0; });
    measure(
        "vwap 2", kSimple, bars, [] { return Vwap(2.0); },
        [](Bar b) {
            const double traded = sum_of(75, [&](int i) { return b[-i].volume; });
            return sum_of(75, [&](int i) { return typical_price(b[-i]) * b[-i].volume; }) / traded;
        });
}

void volatility(const Bars& bars) {
    measure(
        "realised_volatility 20", kWindowed, bars, [] { return RealisedVolatility(20); },
        again([] { return RealisedVolatility(20); }, 21));
    measure(
        "close_volatility 20", kWindowed, bars, [] { return CloseVolatility(20); },
        again([] { return CloseVolatility(20); }, 21));
    measure(
        "parkinson_volatility 20", kWindowed, bars, [] { return ParkinsonVolatility(20); },
        [](Bar b) {
            return std::sqrt(sum_of(20, [&](int i) {
                const double range = std::log(b[-i].high / b[-i].low);
                return range * range / 55.4517744447956;
            }));
        });
    measure(
        "garman_klass_volatility 20", kWindowed, bars, [] { return GarmanKlassVolatility(20); },
        again([] { return GarmanKlassVolatility(20); }, 20));
    measure(
        "yang_zhang_volatility 20", kWindowed, bars, [] { return YangZhangVolatility(20); },
        again([] { return YangZhangVolatility(20); }, 21));
}

// By name: one virtual call, and all outputs read.
struct Named {
    NamedIndicator indicator;
    void push(const BarInput& bar) { indicator.push(bar); }
    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        visit("first", indicator.values()[0]);
    }
};

void by_name(const Bars& bars) {
    for (const char* text : {"sma 20", "ema 20", "macd 12 26 9", "bollinger 20 2"}) {
        const auto fresh = [=] { return Named{NamedIndicator::make(text).value()}; };
        measure((std::string("by name: ") + text).c_str(), kWindowed, bars, fresh,
                again(fresh, 34));
    }
}

}  // namespace

int main() {
    Bars bars;
    for (const auto& input : test::make_series(test::Market::Walk, 1, 200'000)) {
        bars.push_back(input.bar);
    }
    print_head();
    averages_and_trend(bars);
    momentum(bars);
    bands(bars);
    volume(bars);
    volatility(bars);
    by_name(bars);
    return 0;
}
