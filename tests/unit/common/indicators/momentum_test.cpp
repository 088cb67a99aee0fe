#include "common/indicators/cci.h"
#include "common/indicators/roc.h"
#include "common/indicators/stochastic.h"
#include "tests/unit/common/indicators/twin_check.h"

#include <catch2/catch.hpp>

namespace sauda::indicators {

using test::Bars;
using test::Outputs;

namespace {

double position(double x, double lowest, double highest) {
    return highest > lowest ? 100.0 * (x - lowest) / (highest - lowest) : 50.0;
}

// Position of each close in the range of n bars, from bar n on.
std::vector<double> positions(const Bars& bars, std::size_t n) {
    std::vector<double> values;
    for (std::size_t end = n; end <= bars.size(); ++end) {
        const Bars part(bars.begin(), bars.begin() + static_cast<int>(end));
        values.push_back(position(part.back().close, test::lowest_of_last(part, n),
                                  test::highest_of_last(part, n)));
    }
    return values;
}

std::vector<double> averages(const std::vector<double>& x, std::size_t n) {
    std::vector<double> values;
    for (std::size_t end = n; end <= x.size(); ++end) {
        values.push_back(test::mean_of_last({x.begin(), x.begin() + static_cast<int>(end)}, n));
    }
    return values;
}

// The last bars that matter: keeps the quadratic twins quick.
Bars tail(const Bars& bars, std::size_t n) {
    return bars.size() <= n ? bars : Bars(bars.end() - static_cast<int>(n), bars.end());
}

Outputs naive_stochastic(const Bars& bars, std::size_t n, std::size_t k, std::size_t d) {
    const auto fast = positions(tail(bars, n + k + d), n);
    const auto slow = averages(fast, k);
    const auto signal = averages(slow, d);
    return signal.empty() ? Outputs(3) : Outputs{slow.back(), signal.back(), fast.back()};
}

// RSI in its other form, 100 - 100 / (1 + up / down).
std::vector<double> rsi_of(const Bars& bars, std::size_t n) {
    std::vector<double> up;
    std::vector<double> down;
    for (std::size_t i = 1; i < bars.size(); ++i) {
        up.push_back(std::max(0.0, bars[i].close - bars[i - 1].close));
        down.push_back(std::max(0.0, bars[i - 1].close - bars[i].close));
    }
    const auto ups = test::wilder_of(up, n);
    const auto downs = test::wilder_of(down, n);
    std::vector<double> values;
    for (std::size_t i = 0; i < ups.size(); ++i) {
        const double total = ups[i] + downs[i];
        values.push_back(total > 0.0 ? 100.0 * (ups[i] / total) : 50.0);
    }
    return values;
}

Outputs naive_stoch_rsi(const Bars& bars, std::size_t m, std::size_t n, std::size_t k,
                        std::size_t d) {
    Bars values;
    for (const double x : rsi_of(bars, m)) {
        values.push_back({x, x, x, x, 0.0});
    }
    const Outputs all = naive_stochastic(values, n, k, d);
    return {all[0], all[1]};
}

Outputs naive_williams(const Bars& bars, std::size_t n) {
    if (bars.size() < n) {
        return Outputs(1);
    }
    const double highest = test::highest_of_last(bars, n);
    const double lowest = test::lowest_of_last(bars, n);
    return {highest > lowest ? -100.0 * (highest - bars.back().close) / (highest - lowest) : -50.0};
}

Outputs naive_roc(const Bars& bars, std::size_t n) {
    if (bars.size() <= n) {
        return Outputs(1);
    }
    const double before = bars[bars.size() - 1 - n].close;
    return {100.0 * (bars.back().close - before) / before};
}

Outputs naive_cci(const Bars& bars, std::size_t n) {
    if (bars.size() < n) {
        return Outputs(1);
    }
    std::vector<double> prices;
    for (const auto& bar : tail(bars, n)) {
        prices.push_back((bar.high + bar.low + bar.close) / 3.0);
    }
    if (std::count(prices.begin(), prices.end(), prices[0]) == static_cast<int>(n)) {
        return {0.0};
    }
    const double mean = test::mean_of_last(prices, n);
    double deviation = 0.0;
    for (const double price : prices) {
        deviation += std::abs(price - mean) / static_cast<double>(n);
    }
    return {(prices.back() - mean) / (0.015 * deviation)};
}

}  // namespace

TEST_CASE("momentum indicators equal their definitions on every prefix of every market") {
    CHECK(test::equals_twin([] { return Stochastic(14, 3, 3); },
                            [](const Bars& b) { return naive_stochastic(b, 14, 3, 3); }) == "");
    CHECK(test::equals_twin([] { return Stochastic(5, 1, 2); },
                            [](const Bars& b) { return naive_stochastic(b, 5, 1, 2); }) == "");
    CHECK(test::equals_twin([] { return StochRsi(14, 14, 3, 3); },
                            [](const Bars& b) { return naive_stoch_rsi(b, 14, 14, 3, 3); }) == "");
    CHECK(test::equals_twin([] { return WilliamsR(14); },
                            [](const Bars& b) { return naive_williams(b, 14); }) == "");
    CHECK(test::equals_twin([] { return Roc(10); },
                            [](const Bars& b) { return naive_roc(b, 10); }) == "");
    for (const std::size_t n : {5U, 20U, 23U}) {
        CHECK(test::equals_twin([&] { return Cci(n); },
                                [&](const Bars& b) { return naive_cci(b, n); }) == "");
    }
}

TEST_CASE("a momentum indicator of a market that never moved is neutral") {
    const auto flat = test::make_series(test::Market::Flat, 1, 100);
    const auto last = [&](auto fresh) { return test::trace_of(fresh, flat).back(); };
    CHECK(last([] { return Stochastic(14, 3, 3); }) == Outputs{50.0, 50.0, 50.0});
    CHECK(last([] { return StochRsi(14, 14, 3, 3); }) == Outputs{50.0, 50.0});
    CHECK(last([] { return WilliamsR(14); }) == Outputs{-50.0});
    CHECK(last([] { return Roc(10); }) == Outputs{0.0});
    CHECK(last([] { return Cci(20); }) == Outputs{0.0});
}

}  // namespace sauda::indicators
