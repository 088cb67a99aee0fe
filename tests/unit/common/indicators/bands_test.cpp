#include "common/indicators/bollinger.h"
#include "common/indicators/channels.h"
#include "common/indicators/rolling_extreme.h"
#include "tests/unit/common/indicators/twin_check.h"

#include <catch2/catch.hpp>

namespace sauda::indicators {

using test::Bars;
using test::Outputs;

namespace {

Outputs naive_bollinger(const Bars& bars, std::size_t n, double factor) {
    if (bars.size() < n) {
        return Outputs(5);
    }
    const auto close = test::closes(bars);
    const double mean = test::mean_of_last(close, n);
    const double squares = test::squares_of_last(close, n);
    const bool is_flat = std::all_of(close.end() - static_cast<int>(n), close.end(),
                                     [&](double x) { return x == close.back(); });
    const double reach = is_flat ? 0.0 : factor * std::sqrt(squares / static_cast<double>(n));
    const double upper = mean + reach;
    const double lower = mean - reach;
    return {mean, upper, lower, 2.0 * reach / mean,
            reach > 0.0 ? (close.back() - mean + reach) / (2.0 * reach) : 0.5};
}

Outputs naive_keltner(const Bars& bars, std::size_t n, std::size_t m, double factor) {
    if (bars.size() < n || bars.size() <= m) {
        return Outputs(3);
    }
    const double middle = test::ema_of(test::closes(bars), n).back();
    const double atr = test::wilder_of(test::true_ranges(bars), m).back();
    return {middle, middle + factor * atr, middle - factor * atr};
}

Outputs naive_donchian(const Bars& bars, std::size_t n) {
    if (bars.size() < n) {
        return Outputs(3);
    }
    const double upper = test::highest_of_last(bars, n);
    const double lower = test::lowest_of_last(bars, n);
    return {0.5 * (upper + lower), upper, lower};
}

}  // namespace

TEST_CASE("bands and channels equal their definitions on every prefix of every market") {
    for (const std::size_t n : {2U, 20U}) {
        CHECK(test::equals_twin([&] { return Bollinger(n, 2.0); },
                                [&](const Bars& b) { return naive_bollinger(b, n, 2.0); }) == "");
    }
    CHECK(test::equals_twin([] { return Keltner(20, 10, 2.0); },
                            [](const Bars& b) { return naive_keltner(b, 20, 10, 2.0); }) == "");
    CHECK(test::equals_twin([] { return Keltner(5, 10, 1.5); },
                            [](const Bars& b) { return naive_keltner(b, 5, 10, 1.5); }) == "");
    for (const std::size_t n : {1U, 20U}) {
        CHECK(test::equals_twin([&] { return Donchian(n); },
                                [&](const Bars& b) { return naive_donchian(b, n); }) == "");
    }
}

TEST_CASE("bands of a market that never moved are its price") {
    const auto flat = test::make_series(test::Market::Flat, 1, 100);
    const auto last = [&](auto fresh) { return test::trace_of(fresh, flat).back(); };
    const double price = 24'500.0;
    CHECK(last([] { return Bollinger(20, 2.0); }) == Outputs{price, price, price, 0.0, 0.5});
    CHECK(last([] { return Keltner(20, 10, 2.0); }) == Outputs{price, price, price});
    CHECK(last([] { return Donchian(20); }) == Outputs{price, price, price});
}

TEST_CASE("a rolling extreme and its age equal a search through the window") {
    base::Rng rng(9);
    for (const std::size_t n : {1U, 2U, 7U, 64U}) {
        RollingMax highest(n);
        RollingMin lowest(n);
        std::vector<double> x;
        for (int i = 0; i < 5'000; ++i) {
            x.push_back(static_cast<double>(rng.between(-5, 5)));  // many of them equal
            highest.push(x.back());
            lowest.push(x.back());
            REQUIRE(highest.is_ready() == (x.size() >= n));
            const auto from = x.size() > n ? x.end() - static_cast<int>(n) : x.begin();
            const double most = *std::max_element(from, x.end());
            const double least = *std::min_element(from, x.end());
            REQUIRE(highest.value() == most);
            REQUIRE(lowest.value() == least);
            REQUIRE(highest.age() ==
                    static_cast<uint64_t>(std::find(x.rbegin(), x.rend(), most) - x.rbegin()));
            REQUIRE(lowest.age() ==
                    static_cast<uint64_t>(std::find(x.rbegin(), x.rend(), least) - x.rbegin()));
        }
    }
}

TEST_CASE("a rolling variance stays true over a million prices and is zero of equal ones") {
    base::Rng rng(4);
    RollingVariance window(50);
    std::vector<double> kept;
    for (int i = 0; i < 1'000'000; ++i) {
        kept.push_back(22'000.0 + static_cast<double>(rng.between(-200, 200)) / 20.0);
        window.push(kept.back());
    }
    CHECK(window.population_variance() ==
          Approx(test::squares_of_last(kept, 50) / 50.0).epsilon(1e-12));
    CHECK(window.sample_variance() ==
          Approx(test::squares_of_last(kept, 50) / 49.0).epsilon(1e-12));
    for (int i = 0; i < 50; ++i) {
        window.push(0.1);
    }
    CHECK(window.population_variance() == 0.0);
    CHECK(window.mean() == 0.1);
}

}  // namespace sauda::indicators
