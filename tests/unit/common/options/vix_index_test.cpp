#include "common/options/vix_index.h"

#include "common/options/cubic_spline.h"
#include "tests/support/flat_chain.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace sauda::options;
using sauda::test::FlatChain;

TEST_CASE("Prices of one volatility give an index of that volatility") {
    for (const double volatility : {0.10, 0.15, 0.30}) {
        // Strikes from 40 % below to 50 % above the forward, so that little is cut off.
        const FlatChain near(24612.0, volatility, 20.0, 15000.0, 37000.0, 1e-9);
        const FlatChain next(24700.0, volatility, 48.0, 15000.0, 37000.0, 1e-9);
        const auto index = vix_index(near.quotes(), next.quotes());
        REQUIRE(index.has_value());
        CHECK(*index == Approx(100.0 * volatility).epsilon(5e-4));
    }
}

TEST_CASE("The index is the thirty-day variance between two expiries") {
    const FlatChain near(24612.0, 0.12, 16.0, 15000.0, 37000.0, 1e-9);
    const FlatChain next(24700.0, 0.18, 51.0, 15000.0, 37000.0, 1e-9);
    const double w =
        (0.12 * 0.12 * 16.0 * (51.0 - 30.0) + 0.18 * 0.18 * 51.0 * (30.0 - 16.0)) / (51.0 - 16.0);
    CHECK(vix_index(near.quotes(), next.quotes()).value() ==
          Approx(100.0 * std::sqrt(w / 30.0)).epsilon(1e-3));
}

TEST_CASE("A smile gives the variance of its prices, not the one at the money") {
    const auto smile = [](double strike) {
        const double k = std::log(strike / 24600.0);
        return 0.14 - 0.2 * k + 1.0 * k * k;
    };
    const FlatChain chain(24600.0, smile, 30.0, 17000.0, 34000.0, 1e-9);
    // The sum over strikes one rupee apart, written out.
    double sum = 0.0;
    for (double strike = 17000.0; strike <= 34000.0; strike += 1.0) {
        sum += chain.price(strike, smile(strike), strike >= 24600.0) / (strike * strike);
    }
    const double variance = 2.0 * sum / chain.quotes().discount / chain.quotes().years;
    CHECK(vix_variance(chain.quotes())->variance == Approx(variance).epsilon(2e-3));
    CHECK(vix_variance(chain.quotes())->variance > 1.03 * 0.14 * 0.14);
}

TEST_CASE(
    "Quotes wider than 30 % are replaced by a spline and those beyond the last are left out") {
    FlatChain chain(24612.0, 0.15, 30.0, 20000.0, 30000.0, 1e-9);
    const double clean = vix_variance(chain.quotes())->variance;
    const auto strikes = vix_variance(chain.quotes())->strikes;
    for (const double strike : {23000.0, 23400.0, 24600.0, 25300.0, 26000.0}) {
        StrikeQuotes& s = chain.at(strike);
        s.call_bid *= 0.5;  // half of the mid would be an error of a quarter
        s.put_bid *= 0.5;
    }
    chain.at(25500.0).call_bid = 0.0;
    const auto filled = vix_variance(chain.quotes());
    REQUIRE(filled.has_value());
    CHECK(filled->filled == 7);  // at the money both the call and the put
    CHECK(filled->strikes == strikes);
    CHECK(filled->variance == Approx(clean).epsilon(1e-4));

    chain.strikes().back().call_bid = 0.0;
    chain.strikes().front().put_ask *= 3.0;
    CHECK(vix_variance(chain.quotes())->strikes == strikes - 2);
}

TEST_CASE("What cannot be an index says why") {
    FlatChain near(24612.0, 0.15, 20.0, 20000.0, 30000.0);
    const FlatChain next(24700.0, 0.15, 48.0, 20000.0, 30000.0);
    CHECK(vix_index(next.quotes(), near.quotes()).error() == NoVix::BadExpiries);
    ExpiryQuotes bad = near.quotes();
    bad.years = 0.0;
    CHECK(vix_index(bad, next.quotes()).error() == NoVix::BadInput);
    bad = near.quotes();
    bad.forward = 19000.0;  // below all strikes
    CHECK(vix_variance(bad).error() == NoVix::TooFewQuotes);
    for (StrikeQuotes& s : near.strikes()) {
        s.put_bid = s.strike < 24550.0 ? 0.0 : s.put_bid;
    }
    CHECK(vix_index(near.quotes(), next.quotes()).error() == NoVix::TooFewQuotes);
    std::swap(near.strikes()[3], near.strikes()[4]);
    CHECK(vix_variance(near.quotes()).error() == NoVix::BadInput);
    CHECK(to_text(NoVix::BadExpiries) == "the next expiry is not after the near one");
}

TEST_CASE("The natural spline meets its knots, is straight at its ends and follows a cubic") {
    std::vector<double> x;
    std::vector<double> y;
    for (int i = 0; i <= 20; ++i) {
        x.push_back(i * 0.1 + 0.003 * i * i);
        y.push_back(std::sin(x.back()));
    }
    std::vector<double> curvature(x.size());
    std::vector<double> work(x.size());
    spline_curvatures(x, y, curvature, work);
    CHECK(curvature.front() == 0.0);
    CHECK(curvature.back() == 0.0);
    for (std::size_t i = 0; i < x.size(); ++i) {
        CHECK(spline_at(x, y, curvature, x[i]) == Approx(y[i]).margin(1e-14));
    }
    for (double at = 0.8; at < 2.0; at += 0.01) {
        CHECK(spline_at(x, y, curvature, at) == Approx(std::sin(at)).margin(1e-4));
        const double h = 1e-4;  // the slope does not jump at a knot
        const double left = spline_at(x, y, curvature, at) - spline_at(x, y, curvature, at - h);
        const double right = spline_at(x, y, curvature, at + h) - spline_at(x, y, curvature, at);
        CHECK((right - left) / (h * h) == Approx(-std::sin(at)).margin(0.05));
    }
}
