#include "common/base/rng.h"
#include "common/indicators/atr.h"
#include "common/indicators/ema.h"
#include "common/indicators/realised_volatility.h"
#include "common/indicators/rsi.h"
#include "common/indicators/sma.h"
#include "tests/unit/common/indicators/resume_check.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

namespace sauda::indicators {

namespace {

struct Candle {
    double high;
    double low;
    double close;
};

std::vector<Candle> walk(uint64_t seed, std::size_t n) {
    base::Rng rng(seed);
    std::vector<Candle> candles;
    double price = 24'500.0;
    for (std::size_t i = 0; i < n; ++i) {
        price += static_cast<double>(rng.between(-400, 400)) / 20.0;
        const double up = static_cast<double>(rng.between(0, 200)) / 20.0;
        const double down = static_cast<double>(rng.between(0, 200)) / 20.0;
        candles.push_back({price + up, price - down, price});
    }
    return candles;
}

// The definitions, each value from the whole history, nothing carried along.
double batch_sma(const std::vector<Candle>& c, std::size_t at, std::size_t n) {
    double sum = 0.0;
    for (std::size_t i = at + 1 - n; i <= at; ++i) {
        sum += c[i].close;
    }
    return sum / static_cast<double>(n);
}

double batch_ema(const std::vector<Candle>& c, std::size_t at, std::size_t n) {
    double value = batch_sma(c, n - 1, n);
    const double k = 2.0 / static_cast<double>(n + 1);
    for (std::size_t i = n; i <= at; ++i) {
        value = c[i].close * k + value * (1.0 - k);
    }
    return value;
}

double wilder(const std::vector<double>& x, std::size_t n) {
    double value = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        value += x[i];
    }
    value /= static_cast<double>(n);
    for (std::size_t i = n; i < x.size(); ++i) {
        value = (value * static_cast<double>(n - 1) + x[i]) / static_cast<double>(n);
    }
    return value;
}

double batch_rsi(const std::vector<Candle>& c, std::size_t at, std::size_t n) {
    std::vector<double> up;
    std::vector<double> down;
    for (std::size_t i = 1; i <= at; ++i) {
        const double change = c[i].close - c[i - 1].close;
        up.push_back(change > 0 ? change : 0.0);
        down.push_back(change < 0 ? -change : 0.0);
    }
    const double rs = wilder(up, n) / wilder(down, n);
    return 100.0 - 100.0 / (1.0 + rs);
}

double batch_atr(const std::vector<Candle>& c, std::size_t at, std::size_t n) {
    std::vector<double> ranges;
    for (std::size_t i = 1; i <= at; ++i) {
        ranges.push_back(std::max({c[i].high - c[i].low, std::abs(c[i].high - c[i - 1].close),
                                   std::abs(c[i].low - c[i - 1].close)}));
    }
    return wilder(ranges, n);
}

double batch_volatility(const std::vector<Candle>& c, std::size_t at, std::size_t n) {
    double sum = 0.0;
    for (std::size_t i = at + 1 - n; i <= at; ++i) {
        const double r = c[i].close / c[i - 1].close - 1.0;
        sum += r * r;
    }
    return std::sqrt(sum / static_cast<double>(n));
}

}  // namespace

TEST_CASE("streaming indicators equal the definitions computed from scratch on every prefix") {
    const auto candles = walk(7, 500);
    Sma sma(20);
    Ema ema(20);
    Rsi rsi(14);
    Atr atr(14);
    RealisedVolatility volatility(10);
    for (std::size_t i = 0; i < candles.size(); ++i) {
        const auto& candle = candles[i];
        sma.push(candle.close);
        ema.push(candle.close);
        rsi.push(candle.close);
        atr.push(candle.high, candle.low, candle.close);
        volatility.push(candle.close);
        REQUIRE(sma.is_ready() == (i >= 19));
        REQUIRE(ema.is_ready() == (i >= 19));
        REQUIRE(rsi.is_ready() == (i >= 14));
        REQUIRE(atr.is_ready() == (i >= 14));
        REQUIRE(volatility.is_ready() == (i >= 10));
        if (i >= 19) {
            REQUIRE(sma.value() == Approx(batch_sma(candles, i, 20)).epsilon(1e-13));
            REQUIRE(ema.value() == Approx(batch_ema(candles, i, 20)).epsilon(1e-13));
            REQUIRE(rsi.value() == Approx(batch_rsi(candles, i, 14)).epsilon(1e-11));
            REQUIRE(atr.value() == Approx(batch_atr(candles, i, 14)).epsilon(1e-12));
            REQUIRE(volatility.value() == Approx(batch_volatility(candles, i, 10)).epsilon(1e-9));
        }
    }
}

TEST_CASE("a rolling sum does not drift over a million values") {
    base::Rng rng(3);
    RollingWindow window(64);
    std::vector<double> kept;
    for (int i = 0; i < 1'000'000; ++i) {
        const double x = 1e6 * rng.uniform() * (rng.chance(0.01) ? 1e6 : 1.0);
        window.push(x);
        kept.push_back(x);
    }
    double sum = 0.0;
    for (std::size_t i = kept.size() - 64; i < kept.size(); ++i) {
        sum += kept[i];
        REQUIRE(window.at(kept.size() - 1 - i) == kept[i]);
    }
    REQUIRE(window.sum() == Approx(sum).epsilon(1e-12));
}

TEST_CASE("a market that never moves has an RSI of fifty and no volatility") {
    Rsi rsi(14);
    RealisedVolatility volatility(10);
    for (int i = 0; i < 40; ++i) {
        rsi.push(24'500.0);
        volatility.push(24'500.0);
    }
    REQUIRE(rsi.value() == 50.0);
    REQUIRE(volatility.value() == 0.0);
}

namespace {
struct Fed {
    static void push(Sma& x, const Candle& c) { x.push(c.close); }
    static void push(Ema& x, const Candle& c) { x.push(c.close); }
    static void push(Rsi& x, const Candle& c) { x.push(c.close); }
    static void push(RealisedVolatility& x, const Candle& c) { x.push(c.close); }
    static void push(Atr& x, const Candle& c) { x.push(c.high, c.low, c.close); }
};
}  // namespace

TEMPLATE_TEST_CASE("an indicator loaded from its snapshot goes on as if nothing happened", "", Sma,
                   Ema, Rsi, Atr, RealisedVolatility) {
    const auto candles = walk(11, 1100);
    for (const int warm_up : {0, 1, 5, 14, 15, 37}) {
        test::check_resumes(
            [] { return TestType(14); },
            [&](TestType& x, int i) { Fed::push(x, candles[static_cast<std::size_t>(i)]); },
            warm_up);
    }
}

}  // namespace sauda::indicators
