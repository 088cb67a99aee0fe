#include "common/indicators/volume_indicators.h"
#include "common/indicators/vwap.h"
#include "tests/unit/common/indicators/twin_check.h"

#include <catch2/catch.hpp>

namespace sauda::indicators {

using test::Bars;
using test::Market;
using test::Outputs;

namespace {

double volume_of_last(const Bars& bars, std::size_t n) {
    double sum = 0.0;
    for (std::size_t i = bars.size() - n; i < bars.size(); ++i) {
        sum += bars[i].volume;
    }
    return sum;
}

Outputs naive_obv(const Bars& bars) {
    double sum = bars[0].volume;
    for (std::size_t i = 1; i < bars.size(); ++i) {
        const double change = bars[i].close - bars[i - 1].close;
        sum += change > 0.0 ? bars[i].volume : change < 0.0 ? -bars[i].volume : 0.0;
    }
    return {volume_of_last(bars, bars.size()) > 0.0 ? std::optional<double>(sum) : std::nullopt};
}

Outputs naive_mfi(const Bars& bars, std::size_t n) {
    if (bars.size() <= n || volume_of_last(bars, n) == 0.0) {
        return Outputs(1);
    }
    double up = 0.0;
    double down = 0.0;
    for (std::size_t i = bars.size() - n; i < bars.size(); ++i) {
        const double price = (bars[i].high + bars[i].low + bars[i].close) / 3.0;
        const double before = (bars[i - 1].high + bars[i - 1].low + bars[i - 1].close) / 3.0;
        up += price > before ? price * bars[i].volume : 0.0;
        down += price < before ? price * bars[i].volume : 0.0;
    }
    return {up + down > 0.0 ? 100.0 * up / (up + down) : 50.0};
}

Outputs naive_volume_average(const Bars& bars, std::size_t n) {
    if (bars.size() < n || volume_of_last(bars, n) == 0.0) {
        return Outputs(2);
    }
    const double average = volume_of_last(bars, n) / static_cast<double>(n);
    return {average, bars.back().volume / average};
}

// The harness opens a session every 75 bars.
Outputs naive_vwap(const Bars& bars, double factor) {
    const std::size_t first = (bars.size() - 1) / 75 * 75;
    double volume = 0.0;
    double turnover = 0.0;
    for (std::size_t i = first; i < bars.size(); ++i) {
        volume += bars[i].volume;
        turnover += bars[i].volume * typical_price(bars[i]);
    }
    if (volume == 0.0) {
        return Outputs(3);
    }
    const double vwap = turnover / volume;
    double squares = 0.0;
    for (std::size_t i = first; i < bars.size(); ++i) {
        const double distance = typical_price(bars[i]) - vwap;
        squares += bars[i].volume * distance * distance;
    }
    const double reach = factor * std::sqrt(squares / volume);
    return {vwap, vwap + reach, vwap - reach};
}

}  // namespace

TEST_CASE("volume indicators equal their definitions on every prefix of every market") {
    CHECK(test::equals_twin([] { return Obv(); }, naive_obv) == "");
    for (const std::size_t n : {2U, 14U}) {
        CHECK(test::equals_twin([&] { return Mfi(n); },
                                [&](const Bars& b) { return naive_mfi(b, n); }) == "");
        CHECK(test::equals_twin([&] { return VolumeAverage(n); },
                                [&](const Bars& b) { return naive_volume_average(b, n); }) == "");
    }
    CHECK(test::equals_twin([] { return Vwap(2.0); },
                            [](const Bars& b) { return naive_vwap(b, 2.0); }) == "");
}

TEST_CASE("without any volume an indicator of volume is never ready") {
    const auto index = test::make_series(Market::NoVolume, 3, 300);
    const auto never = [&](auto fresh) {
        return test::first_value(test::trace_of(fresh, index)) == index.size();
    };
    CHECK(never([] { return Obv(); }));
    CHECK(never([] { return Mfi(14); }));
    CHECK(never([] { return VolumeAverage(20); }));
    CHECK(never([] { return Vwap(); }));
}

TEST_CASE("a bar without volume leaves the VWAP, and a new session forgets it") {
    Vwap vwap(2.0);
    vwap.push({100.0, 102.0, 98.0, 100.0, 10.0});
    vwap.push({100.0, 132.0, 128.0, 130.0, 20.0});
    REQUIRE(vwap.is_ready());
    CHECK(vwap.value() == Approx(120.0));
    CHECK(vwap.deviation() == Approx(std::sqrt(200.0)));
    CHECK(vwap.upper() == Approx(120.0 + 2.0 * std::sqrt(200.0)));
    vwap.push({130.0, 900.0, 130.0, 500.0, 0.0});
    CHECK(vwap.value() == Approx(120.0));
    vwap.start_session();
    CHECK_FALSE(vwap.is_ready());
    vwap.push({500.0, 500.0, 500.0, 500.0, 0.0});
    CHECK_FALSE(vwap.is_ready());
    vwap.push({500.0, 500.0, 500.0, 500.0, 1.0});
    CHECK(vwap.value() == 500.0);
    CHECK(vwap.lower() == 500.0);
}

TEST_CASE("the money flow of a market that traded but did not move is neutral") {
    Mfi mfi(3);
    for (int i = 0; i < 4; ++i) {
        mfi.push({100.0, 100.0, 100.0, 100.0, 75.0});
    }
    REQUIRE(mfi.is_ready());
    CHECK(mfi.value() == 50.0);
}

}  // namespace sauda::indicators
