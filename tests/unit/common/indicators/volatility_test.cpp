#include "common/indicators/historical_volatility.h"
#include "tests/unit/common/indicators/twin_check.h"

#include <catch2/catch.hpp>

namespace sauda::indicators {

using test::Bars;
using test::Outputs;

namespace {

double log_of_ratio(double a, double b) { return std::log(a) - std::log(b); }

Outputs naive_close(const Bars& bars, std::size_t n) {
    if (bars.size() <= n) {
        return Outputs(1);
    }
    std::vector<double> returns;
    for (std::size_t i = 1; i < bars.size(); ++i) {
        returns.push_back(log_of_ratio(bars[i].close, bars[i - 1].close));
    }
    return {std::sqrt(test::squares_of_last(returns, n) / static_cast<double>(n - 1))};
}

template <class Term>
Outputs naive_mean(const Bars& bars, std::size_t n, Term term) {
    if (bars.size() < n) {
        return Outputs(1);
    }
    double sum = 0.0;
    for (std::size_t i = bars.size() - n; i < bars.size(); ++i) {
        sum += term(bars[i]);
    }
    return {std::sqrt(sum / static_cast<double>(n))};
}

double parkinson_term(const BarInput& bar) {
    const double range = log_of_ratio(bar.high, bar.low);
    return range * range / (4.0 * std::log(2.0));
}

double garman_klass_term(const BarInput& bar) {
    const double range = log_of_ratio(bar.high, bar.low);
    const double body = log_of_ratio(bar.close, bar.open);
    return 0.5 * range * range - (2.0 * std::log(2.0) - 1.0) * body * body;
}

Outputs naive_yang_zhang(const Bars& bars, std::size_t n) {
    if (bars.size() <= n) {
        return Outputs(1);
    }
    std::vector<double> gaps;
    std::vector<double> bodies;
    std::vector<double> ranges;
    for (std::size_t i = 1; i < bars.size(); ++i) {
        const auto& bar = bars[i];
        gaps.push_back(log_of_ratio(bar.open, bars[i - 1].close));
        bodies.push_back(log_of_ratio(bar.close, bar.open));
        ranges.push_back(log_of_ratio(bar.high, bar.close) * log_of_ratio(bar.high, bar.open) +
                         log_of_ratio(bar.low, bar.close) * log_of_ratio(bar.low, bar.open));
    }
    const auto m = static_cast<double>(n);
    const double k = 0.34 / (1.34 + (m + 1.0) / (m - 1.0));
    return {std::sqrt(test::squares_of_last(gaps, n) / (m - 1.0) +
                      k * test::squares_of_last(bodies, n) / (m - 1.0) +
                      (1.0 - k) * test::mean_of_last(ranges, n))};
}

}  // namespace

TEST_CASE("volatility estimators equal their definitions with libm on every prefix") {
    for (const std::size_t n : {2U, 20U}) {
        CHECK(test::equals_twin([&] { return CloseVolatility(n); },
                                [&](const Bars& b) { return naive_close(b, n); }) == "");
        CHECK(test::equals_twin([&] { return ParkinsonVolatility(n); },
                                [&](const Bars& b) { return naive_mean(b, n, parkinson_term); }) ==
              "");
        CHECK(test::equals_twin(
                  [&] { return GarmanKlassVolatility(n); },
                  [&](const Bars& b) { return naive_mean(b, n, garman_klass_term); }) == "");
        CHECK(test::equals_twin([&] { return YangZhangVolatility(n); },
                                [&](const Bars& b) { return naive_yang_zhang(b, n); }) == "");
    }
}

TEST_CASE("the logarithm of a ratio is exact to two units in the last place, near and far") {
    base::Rng rng(6);
    for (int i = 0; i < 200'000; ++i) {
        const double b = 0.05 * static_cast<double>(rng.between(1, 2'000'000));
        const double spread = i % 2 == 0 ? 0.05 : 1e-4;
        const double a = i % 10 == 0 ? b * 3.0 : b * (1.0 + spread * (rng.uniform() - 0.5));
        const auto truth = static_cast<double>(
            std::log1p((static_cast<long double>(a) - static_cast<long double>(b)) /
                       static_cast<long double>(b)));
        REQUIRE(std::abs(log_ratio(a, b) - truth) <= 4.5e-16 * std::abs(truth));
    }
    CHECK(log_ratio(24'500.0, 24'500.0) == 0.0);
}

TEST_CASE("every estimator finds the volatility of a driftless random walk") {
    // Bars of 200 steps of 0.01 %, so sqrt(200) x 0.0001 a bar; ranges of a walk that is looked at
    // in steps are a little short.
    base::Rng rng(12);
    constexpr std::size_t kBars = 2'000;
    CloseVolatility close(kBars - 1);
    ParkinsonVolatility parkinson(kBars);
    GarmanKlassVolatility garman_klass(kBars);
    YangZhangVolatility yang_zhang(kBars - 1);
    double log_price = std::log(24'500.0);
    for (std::size_t i = 0; i < kBars; ++i) {
        const double open = log_price;
        double high = open;
        double low = open;
        for (int step = 0; step < 200; ++step) {
            log_price += 0.0001 * rng.normal();
            high = std::max(high, log_price);
            low = std::min(low, log_price);
        }
        const BarInput bar{std::exp(open), std::exp(high), std::exp(low), std::exp(log_price), 0.0};
        close.push(bar.close);
        parkinson.push(bar);
        garman_klass.push(bar);
        yang_zhang.push(bar);
    }
    const double truth = std::sqrt(200.0) * 0.0001;
    CHECK(close.value() == Approx(truth).epsilon(0.04));
    CHECK(parkinson.value() == Approx(truth).epsilon(0.06));
    CHECK(garman_klass.value() == Approx(truth).epsilon(0.08));
    CHECK(yang_zhang.value() == Approx(truth).epsilon(0.08));
}

TEST_CASE("a market that never moved has no volatility by any estimator") {
    const auto flat = test::make_series(test::Market::Flat, 1, 50);
    const auto last = [&](auto fresh) { return test::trace_of(fresh, flat).back(); };
    CHECK(last([] { return CloseVolatility(20); }) == Outputs{0.0});
    CHECK(last([] { return ParkinsonVolatility(20); }) == Outputs{0.0});
    CHECK(last([] { return GarmanKlassVolatility(20); }) == Outputs{0.0});
    CHECK(last([] { return YangZhangVolatility(20); }) == Outputs{0.0});
}

}  // namespace sauda::indicators
