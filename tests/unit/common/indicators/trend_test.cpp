#include "common/indicators/adx.h"
#include "common/indicators/aroon.h"
#include "common/indicators/macd.h"
#include "common/indicators/parabolic_sar.h"
#include "common/indicators/supertrend.h"
#include "common/indicators/wma.h"
#include "tests/unit/common/indicators/twin_check.h"

#include <catch2/catch.hpp>

namespace sauda::indicators {

using test::Bars;
using test::Outputs;

namespace {

Outputs naive_wma(const Bars& bars, std::size_t n) {
    if (bars.size() < n) {
        return {std::nullopt};
    }
    double sum = 0.0;
    double weights = 0.0;
    for (std::size_t i = 1; i <= n; ++i) {
        sum += static_cast<double>(i) * bars[bars.size() - n + i - 1].close;
        weights += static_cast<double>(i);
    }
    return {sum / weights};
}

Outputs naive_macd(const Bars& bars) {
    if (bars.size() < 34) {
        return {std::nullopt, std::nullopt, std::nullopt};
    }
    const auto close = test::closes(bars);
    const auto fast = test::ema_of({close.begin() + 14, close.end()}, 12);
    const auto slow = test::ema_of(close, 26);
    std::vector<double> line;
    for (std::size_t i = 0; i < slow.size(); ++i) {
        line.push_back(fast[i] - slow[i]);
    }
    const double signal = test::ema_of(line, 9).back();
    return {line.back(), signal, line.back() - signal};
}

// The sums of TA-Lib: n - 1 values, then previous - previous / n + x.
std::vector<double> wilder_sums(const std::vector<double>& x, std::size_t n) {
    std::vector<double> sums;
    double sum = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        sum = i + 1 < n ? sum + x[i] : sum - sum / static_cast<double>(n) + x[i];
        if (i + 1 >= n) {
            sums.push_back(sum);
        }
    }
    return sums;
}

Outputs naive_adx(const Bars& bars, std::size_t n) {
    std::vector<double> plus_moves;
    std::vector<double> minus_moves;
    for (std::size_t i = 1; i < bars.size(); ++i) {
        const double up = bars[i].high - bars[i - 1].high;
        const double down = bars[i - 1].low - bars[i].low;
        plus_moves.push_back(up > down && up > 0.0 ? up : 0.0);
        minus_moves.push_back(down > up && down > 0.0 ? down : 0.0);
    }
    const auto ranges = wilder_sums(test::true_ranges(bars), n);
    const auto plus = wilder_sums(plus_moves, n);
    const auto minus = wilder_sums(minus_moves, n);
    Outputs out(3);
    double adx = 0.0;
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        const double p = ranges[i] > 0.0 ? 100.0 * plus[i] / ranges[i] : 0.0;
        const double m = ranges[i] > 0.0 ? 100.0 * minus[i] / ranges[i] : 0.0;
        const bool known = p + m > 0.0;
        const double dx = known ? 100.0 * std::abs(p - m) / (p + m) : 0.0;
        if (i < n) {
            adx += dx / static_cast<double>(n);
        } else if (known) {
            adx = (adx * static_cast<double>(n - 1) + dx) / static_cast<double>(n);
        }
        out[1] = p;
        out[2] = m;
        if (i + 1 >= n) {
            out[0] = adx;
        }
    }
    return out;
}

Outputs naive_aroon(const Bars& bars, std::size_t n) {
    if (bars.size() <= n) {
        return Outputs(3);
    }
    const auto since = [&](auto is_extreme) {
        std::size_t ago = 0;
        while (!is_extreme(bars[bars.size() - 1 - ago])) {
            ++ago;
        }
        return 100.0 * static_cast<double>(n - ago) / static_cast<double>(n);
    };
    const double highest = test::highest_of_last(bars, n + 1);
    const double lowest = test::lowest_of_last(bars, n + 1);
    const double up = since([&](const BarInput& bar) { return bar.high == highest; });
    const double down = since([&](const BarInput& bar) { return bar.low == lowest; });
    return {up, down, up - down};
}

Outputs naive_supertrend(const Bars& bars, std::size_t n, double factor) {
    const auto ranges = test::true_ranges(bars);
    if (ranges.size() < n) {
        return Outputs(2);
    }
    const auto atr = test::wilder_of(ranges, n);
    double lower = 0.0;
    double upper = 0.0;
    bool rising = true;
    for (std::size_t i = n; i < bars.size(); ++i) {
        const double middle = 0.5 * (bars[i].high + bars[i].low);
        const double new_lower = middle - factor * atr[i - n];
        const double new_upper = middle + factor * atr[i - n];
        const bool first = i == n;
        lower = first || bars[i - 1].close < lower ? new_lower : std::max(lower, new_lower);
        upper = first || bars[i - 1].close > upper ? new_upper : std::min(upper, new_upper);
        if (!first && rising && bars[i].close < lower) {
            rising = false;
        } else if (!first && !rising && bars[i].close > upper) {
            rising = true;
        }
    }
    return {rising ? lower : upper, rising ? 1.0 : -1.0};
}

// TA-Lib's SAR, the way its source walks over arrays.
Outputs naive_sar(const Bars& bars, double step, double most) {
    if (bars.size() < 2) {
        return Outputs(2);
    }
    const double down = bars[0].low - bars[1].low;
    const double up = bars[1].high - bars[0].high;
    bool rising = !(down > 0.0 && up < down);
    double extreme = rising ? bars[1].high : bars[1].low;
    double sar = rising ? bars[0].low : bars[0].high;
    double factor = step;
    double shown = 0.0;
    for (std::size_t i = 1; i < bars.size(); ++i) {
        const auto& bar = bars[i];
        const auto& before = bars[i == 1 ? 1 : i - 1];
        const double floor = std::min(before.low, bar.low);
        const double ceiling = std::max(before.high, bar.high);
        if (rising ? bar.low <= sar : bar.high >= sar) {
            rising = !rising;
            sar = rising ? std::min(extreme, floor) : std::max(extreme, ceiling);
            shown = sar;
            factor = step;
            extreme = rising ? bar.high : bar.low;
        } else {
            shown = sar;
            if (rising ? bar.high > extreme : bar.low < extreme) {
                extreme = rising ? bar.high : bar.low;
                factor = std::min(factor + step, most);
            }
        }
        sar += factor * (extreme - sar);
        sar = rising ? std::min(sar, floor) : std::max(sar, ceiling);
    }
    return {shown, rising ? 1.0 : -1.0};
}

}  // namespace

TEST_CASE("trend indicators equal their definitions on every prefix of every market") {
    CHECK(test::equals_twin([] { return Wma(14); },
                            [](const Bars& b) { return naive_wma(b, 14); }) == "");
    CHECK(test::equals_twin([] { return Wma(1); }, [](const Bars& b) { return naive_wma(b, 1); }) ==
          "");
    CHECK(test::equals_twin([] { return Macd(12, 26, 9); }, naive_macd) == "");
    for (const uint32_t n : {2U, 14U}) {
        CHECK(test::equals_twin([&] { return Adx(n); },
                                [&](const Bars& b) { return naive_adx(b, n); }) == "");
    }
    for (const uint32_t n : {1U, 14U, 25U}) {
        CHECK(test::equals_twin([&] { return Aroon(n); },
                                [&](const Bars& b) { return naive_aroon(b, n); }) == "");
    }
    CHECK(test::equals_twin([] { return Supertrend(10, 3.0); },
                            [](const Bars& b) { return naive_supertrend(b, 10, 3.0); }) == "");
    CHECK(test::equals_twin([] { return Supertrend(3, 1.0); },
                            [](const Bars& b) { return naive_supertrend(b, 3, 1.0); }) == "");
    CHECK(test::equals_twin([] { return ParabolicSar(0.02, 0.2); },
                            [](const Bars& b) { return naive_sar(b, 0.02, 0.2); }) == "");
}

TEST_CASE("a trend indicator says nothing of a market that never moved beyond its price") {
    const auto flat = test::make_series(test::Market::Flat, 1, 100);
    const auto last = [&](auto fresh) { return test::trace_of(fresh, flat).back(); };
    CHECK(last([] { return Macd(12, 26, 9); }) == Outputs{0.0, 0.0, 0.0});
    CHECK(last([] { return Adx(14); }) == Outputs{0.0, 0.0, 0.0});
    CHECK(last([] { return Aroon(14); }) == Outputs{100.0, 100.0, 0.0});
    CHECK(last([] { return Supertrend(10, 3.0); }) == Outputs{24'500.0, 1.0});
    CHECK(last([] { return ParabolicSar(0.02, 0.2); })[0] == 24'500.0);
}

}  // namespace sauda::indicators
