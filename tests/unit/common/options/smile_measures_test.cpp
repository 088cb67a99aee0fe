#include "common/options/smile_measures.h"

#include "common/options/probability.h"
#include "tests/support/flat_chain.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace sauda::options;

namespace {

Smile smile_of(const RawSvi& svi, double years) {
    Smile smile;
    smile.forward = 24600.0;
    smile.years = years;
    smile.svi = svi;
    smile.quoted = {-0.1, 0.1};
    return smile;
}

// A skewed index smile, free of butterfly arbitrage.
const RawSvi kSkewed{0.0002, 0.02, -0.4, 0.01, 0.03};
constexpr double kInfinity = std::numeric_limits<double>::infinity();

double normal(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

double delta_of(const Smile& smile, double strike) {
    const double s = smile.volatility_of_strike(strike) * std::sqrt(smile.years);
    return normal(std::log(smile.forward / strike) / s + s / 2);
}

double call_of(const Smile& smile, double strike) {
    const double s = smile.volatility_of_strike(strike) * std::sqrt(smile.years);
    const double d1 = std::log(smile.forward / strike) / s + s / 2;
    return smile.forward * normal(d1) - strike * normal(d1 - s);
}

}  // namespace

TEST_CASE("The 25-delta strikes have the delta 0.25, and the measures are their volatilities") {
    const Smile smile = smile_of(kSkewed, 0.05);
    const SmileMeasures m = measures_of(smile);
    CHECK(delta_of(smile, m.call_25_strike) == Approx(0.25).epsilon(1e-9));
    CHECK(delta_of(smile, m.put_25_strike) == Approx(0.75).epsilon(1e-9));
    CHECK(m.put_25_strike < smile.forward);
    CHECK(m.call_25_strike > smile.forward);
    CHECK(m.call_25 == Approx(smile.volatility_of_strike(m.call_25_strike)));
    CHECK(m.put_25 == Approx(smile.volatility_of_strike(m.put_25_strike)));
    CHECK(m.skew > 0.0);
    CHECK(m.risk_reversal == -m.skew);
    CHECK(m.butterfly == Approx((m.put_25 + m.call_25) / 2 - m.at_the_money));
    CHECK(m.at_the_money == Approx(smile.volatility_at(0.0)));
    const double h = 1e-5;
    CHECK(m.slope ==
          Approx((smile.volatility_at(h) - smile.volatility_at(-h)) / (2 * h)).epsilon(1e-6));
}

TEST_CASE("A flat smile has no skew, no slope and no butterfly") {
    const Smile smile = smile_of({0.14 * 0.14 * 0.05, 0.0, 0.0, 0.0, 0.01}, 0.05);
    const SmileMeasures m = measures_of(smile);
    CHECK(m.at_the_money == Approx(0.14));
    CHECK(std::abs(m.skew) < 1e-12);
    CHECK(std::abs(m.slope) < 1e-12);
    CHECK(std::abs(m.butterfly) < 1e-12);
}

TEST_CASE("Deltas far out have their strikes too") {
    const Smile smile = smile_of(kSkewed, 0.05);
    double before = kInfinity;
    for (const double delta : {0.0001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.9999}) {
        const double k = moneyness_of_delta(smile, delta);
        CHECK(delta_of(smile, smile.forward * std::exp(k)) == Approx(delta).epsilon(1e-6));
        CHECK(k < before);
        before = k;
    }
}

TEST_CASE("The term structure gives the volatility between expiries") {
    const std::vector<Smile> smiles = {smile_of({0.12 * 0.12 * 0.02, 0, 0, 0, 0.01}, 0.02),
                                       smile_of({0.14 * 0.14 * 0.10, 0, 0, 0, 0.01}, 0.10),
                                       smile_of({0.10 * 0.10 * 0.15, 0, 0, 0, 0.01}, 0.15)};
    std::vector<TermPoint> points;
    term_structure(smiles, points);
    REQUIRE(points.size() == 3);
    CHECK(points[0].volatility == Approx(0.12));
    CHECK_FALSE(points[0].forward_volatility.has_value());
    CHECK(points[1].forward_volatility.value() ==
          Approx(std::sqrt((0.14 * 0.14 * 0.10 - 0.12 * 0.12 * 0.02) / 0.08)));
    CHECK_FALSE(points[2].forward_volatility.has_value());  // total variance falls
}

TEST_CASE("The expected move is one deviation, the straddle's about eight tenths of it") {
    const Smile smile = smile_of({0.14 * 0.14 * 7 / 365, 0, 0, 0, 0.01}, 7.0 / 365.0);
    CHECK(expected_move(smile) == Approx(24600.0 * 0.14 * std::sqrt(7.0 / 365.0)));
    const sauda::test::FlatChain chain(24600.0, 0.14, 7.0, 24600.0, 24600.0);
    const double straddle = chain.price(24600.0, 0.14, true) + chain.price(24600.0, 0.14, false);
    const double move = expected_move(straddle, chain.quotes().discount);
    CHECK(move == Approx(std::sqrt(2 / 3.141592653589793) * expected_move(smile)).epsilon(1e-4));
}

TEST_CASE("The probability below a price is the slope of the calls") {
    for (const RawSvi& svi : {kSkewed, RawSvi{0.001, 0.0, 0.0, 0.0, 0.01}}) {
        const Smile smile = smile_of(svi, 0.05);
        double before = 0.0;
        for (double price = 22000.0; price < 27500.0; price += 250.0) {
            const double h = 0.5;
            const double slope = (call_of(smile, price + h) - call_of(smile, price - h)) / (2 * h);
            const double below = probability_below(price, smile);
            CHECK(below == Approx(1.0 + slope).margin(1e-6));
            CHECK(below >= before);
            before = below;
        }
        CHECK(probability_below(0.0, smile) == 0.0);
        CHECK(probability_below(kInfinity, smile) == 1.0);
    }
}

TEST_CASE("On a flat smile the density is the lognormal one") {
    const Smile smile = smile_of({0.14 * 0.14 * 0.05, 0.0, 0.0, 0.0, 0.01}, 0.05);
    for (double price = 22000.0; price < 27500.0; price += 250.0) {
        CHECK(probability_below(price, smile) ==
              Approx(probability_below(price, 24600.0, 0.14, 0.05)).margin(1e-12));
    }
    CHECK(probability_below(24600.0, 24600.0, 0.14, 0.05) ==
          Approx(normal(0.5 * 0.14 * std::sqrt(0.05))));
}

TEST_CASE("The probability of profit adds up the ranges between break-evens") {
    const Smile smile = smile_of(kSkewed, 0.05);
    const std::vector<PriceRange> inside = {{24000.0, 25200.0}};  // short straddle
    const std::vector<PriceRange> outside = {{0.0, 24000.0}, {25200.0, kInfinity}};  // long
    const double short_side = probability_of_profit(inside, smile);
    CHECK(short_side ==
          Approx(probability_below(25200.0, smile) - probability_below(24000.0, smile)));
    CHECK(short_side + probability_of_profit(outside, smile) == Approx(1.0));
    CHECK(probability_of_profit({}, smile) == 0.0);
    CHECK(probability_of_profit(inside, 24600.0, 0.14, 0.05) +
              probability_of_profit(outside, 24600.0, 0.14, 0.05) ==
          Approx(1.0));
}
