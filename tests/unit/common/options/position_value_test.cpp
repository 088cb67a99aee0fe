#include "common/options/position_value.h"

#include "common/base/rng.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace sauda::options;

namespace {

ModelLeg leg(LegKind kind, double strike, double quantity, double price, double volatility) {
    return {{kind, strike, quantity, price}, 24'540.0, 0.06, 5'000.0, volatility};
}

const std::vector<ModelLeg> kStraddle{leg(LegKind::Call, 24'550, -75, 118.60, 0.11),
                                      leg(LegKind::Put, 24'550, -75, 95.30, 0.11)};

}  // namespace

TEST_CASE("at the settlement the model's profit is the payoff") {
    std::vector<PayoffLeg> plain{kStraddle[0].leg, kStraddle[1].leg};
    const auto payoff = expiry_payoff(plain);
    for (double moved = 0.9; moved < 1.1; moved += 0.01) {
        CHECK(model_profit(kStraddle, moved, 5'000.0) ==
              Approx(payoff.at(24'540.0 * moved)).margin(1e-6));
        CHECK(model_profit(kStraddle, moved, 9'999.0) ==
              Approx(payoff.at(24'540.0 * moved)).margin(1e-6));
    }
}

TEST_CASE("a leg bought at what the model says has no profit yet") {
    const auto terms = make_expiry_terms_at_rate(24'540.0, 0.06, 5'000.0);
    const double price = black76(*terms, 24'600.0, 0.12, true).price;
    const std::vector<ModelLeg> legs{leg(LegKind::Call, 24'600, 75, price, 0.12)};
    CHECK(model_profit(legs, 1.0, 0.0) == Approx(0.0).margin(1e-9));
    CHECK(model_profit(legs, 1.01, 0.0) > 0.0);
}

TEST_CASE("the Greeks of a position are the slopes of its profit") {
    const std::vector<ModelLeg> legs{
        leg(LegKind::Call, 24'800, -75, 40.0, 0.105), leg(LegKind::Put, 24'300, -150, 35.0, 0.12),
        leg(LegKind::Call, 25'000, 75, 15.0, 0.11), leg(LegKind::Underlying, 0, 75, 24'500.0, 0)};
    const auto greeks = position_greeks(legs);
    const auto profit = [&](double points, double volatility, double later) {
        auto bumped = legs;
        for (auto& one : bumped) {
            one.volatility += volatility;
        }
        return model_profit(bumped, 1.0 + points / 24'540.0, later);
    };
    CHECK(greeks.delta == Approx((profit(0.5, 0, 0) - profit(-0.5, 0, 0))).epsilon(1e-5));
    CHECK(greeks.gamma ==
          Approx((profit(2, 0, 0) - 2.0 * profit(0, 0, 0) + profit(-2, 0, 0)) / 4.0).epsilon(1e-4));
    CHECK(greeks.vega ==
          Approx(0.01 * (profit(0, 1e-4, 0) - profit(0, -1e-4, 0)) / 2e-4).epsilon(1e-5));
    CHECK(greeks.theta ==
          Approx((profit(0, 0, 1.0) - profit(0, 0, 0)) * kMinutesPerDay).epsilon(1e-3));
}

TEST_CASE("legs of two expiries: the near one settles while the far one lives on") {
    auto far = leg(LegKind::Call, 24'550, 75, 200.0, 0.11);
    far.minutes = 15'000.0;
    far.forward = 24'580.0;
    const std::vector<ModelLeg> calendar{leg(LegKind::Call, 24'550, -75, 118.0, 0.11), far};
    const double settled = model_profit(calendar, 1.0, 5'000.0);
    const auto terms = make_expiry_terms_at_rate(24'580.0, 0.06, 10'000.0);
    const double rest = black76(*terms, 24'550.0, 0.11, true).price;
    CHECK(settled == Approx(75.0 * (118.0 - 0.0) + 75.0 * (rest - 200.0)).epsilon(1e-12));
}
