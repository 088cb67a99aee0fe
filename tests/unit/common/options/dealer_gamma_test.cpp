#include "common/options/dealer_gamma.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <vector>

using namespace sauda::options;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// Black's call price with libm, undiscounted.
double call_price(double forward, double strike, double deviation) {
    const double d1 = std::log(forward / strike) / deviation + 0.5 * deviation;
    const auto cdf = [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); };
    return forward * cdf(d1) - strike * cdf(d1 - deviation);
}

}  // namespace

TEST_CASE("dealer gamma is the second difference of the price times what is held") {
    const std::vector<double> strikes{24'000.0, 24'500.0, 25'000.0};
    const std::vector<double> calls{75'000.0, 150'000.0, 300'000.0};
    const std::vector<double> puts{600'000.0, 75'000.0, 0.0};
    const std::vector<double> volatility{0.15, 0.12, 0.11};
    const double years = 4.0 / 365.0;
    const double forward = 24'520.0;
    double expected = 0.0;
    for (std::size_t i = 0; i < 3; ++i) {
        const double deviation = volatility[i] * std::sqrt(years);
        constexpr double kStep = 2.0;
        const double gamma = (call_price(forward + kStep, strikes[i], deviation) -
                              2.0 * call_price(forward, strikes[i], deviation) +
                              call_price(forward - kStep, strikes[i], deviation)) /
                             (kStep * kStep);
        expected += (calls[i] - puts[i]) * gamma * forward * (0.01 * forward);
    }
    const auto found = dealer_gamma({strikes, calls, puts, volatility, years, 0.99}, forward);
    REQUIRE(found);
    CHECK(found->rupees_per_percent == Approx(0.99 * expected).epsilon(1e-4));
    CHECK(found->strikes == 3);
}

TEST_CASE("the flip level lies between the puts below and the calls above") {
    const std::vector<double> strikes{24'000.0, 25'000.0};
    const std::vector<double> calls{0.0, 100'000.0};
    const std::vector<double> puts{100'000.0, 0.0};
    const std::vector<double> volatility{0.12, 0.12};
    const GammaBook book{strikes, calls, puts, volatility, 7.0 / 365.0, 1.0};
    const auto found = dealer_gamma(book, 24'800.0);
    REQUIRE(found);
    CHECK(found->rupees_per_percent > 0.0);
    REQUIRE(found->flip_level);
    CHECK(*found->flip_level == Approx(std::sqrt(24'000.0 * 25'000.0)).margin(15.0));
    CHECK(dealer_gamma_at(book, *found->flip_level - 1.0) < 0.0);
    CHECK(dealer_gamma_at(book, *found->flip_level + 1.0) > 0.0);
    // Seen from below it is the same level.
    CHECK(*dealer_gamma(book, 24'100.0)->flip_level == Approx(*found->flip_level).margin(1e-3));
}

TEST_CASE("calls alone never flip, and strikes without a volatility are left out") {
    const std::vector<double> strikes{24'000.0, 25'000.0};
    const std::vector<double> calls{100.0, 100.0};
    const std::vector<double> puts{0.0, 1e9};
    const std::vector<double> volatility{0.12, kNone};
    const auto found = dealer_gamma({strikes, calls, puts, volatility, 0.02, 1.0}, 24'800.0);
    REQUIRE(found);
    CHECK(found->strikes == 1);
    CHECK(found->rupees_per_percent > 0.0);
    CHECK_FALSE(found->flip_level);

    const std::vector<double> unknown{kNone, kNone};
    CHECK_FALSE(dealer_gamma({strikes, calls, puts, unknown, 0.02, 1.0}, 24'800.0));
}
