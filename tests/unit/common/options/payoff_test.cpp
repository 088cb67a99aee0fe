#include "common/options/payoff.h"

#include "common/base/rng.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace sauda::options;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

PayoffLeg call(double strike, double quantity, double price) {
    return {LegKind::Call, strike, quantity, price};
}
PayoffLeg put(double strike, double quantity, double price) {
    return {LegKind::Put, strike, quantity, price};
}
ExpiryPayoff of(const std::vector<PayoffLeg>& legs) { return expiry_payoff(legs); }

double added_up(const std::vector<PayoffLeg>& legs, double settlement) {
    double sum = 0.0;
    for (const auto& leg : legs) {
        const double value = leg.kind == LegKind::Call  ? std::max(0.0, settlement - leg.strike)
                             : leg.kind == LegKind::Put ? std::max(0.0, leg.strike - settlement)
                                                        : settlement;
        sum += leg.quantity * (value - leg.price);
    }
    return sum;
}

}  // namespace

TEST_CASE("a short straddle earns its premium at the strike and loses without limit above") {
    const auto payoff = of({call(24'550, -75, 118.60), put(24'550, -75, 95.30)});
    REQUIRE(payoff.break_evens.size() == 2);
    CHECK(payoff.break_evens[0] == Approx(24'550 - 213.90).epsilon(1e-12));
    CHECK(payoff.break_evens[1] == Approx(24'550 + 213.90).epsilon(1e-12));
    REQUIRE(payoff.max_profit);
    CHECK(*payoff.max_profit == Approx(213.90 * 75));
    CHECK_FALSE(payoff.max_loss);
    CHECK(payoff.at(24'550) == Approx(213.90 * 75));
    CHECK(payoff.at(25'000) == Approx((213.90 - 450.0) * 75));
    REQUIRE(payoff.profitable.size() == 1);
    CHECK(payoff.profitable[0].low == payoff.break_evens[0]);
    CHECK(payoff.profitable[0].high == payoff.break_evens[1]);
}

TEST_CASE("a short put cannot lose more than its strike, a long call earns without limit") {
    const auto short_put = of({put(24'500, -75, 100)});
    REQUIRE(short_put.max_loss);
    CHECK(*short_put.max_loss == Approx(24'400.0 * 75));
    CHECK(*short_put.max_profit == Approx(7'500.0));
    REQUIRE(short_put.profitable.size() == 1);
    CHECK(short_put.profitable[0].low == Approx(24'400.0));
    CHECK(short_put.profitable[0].high == kInfinity);

    const auto long_call = of({call(24'500, 75, 100)});
    CHECK_FALSE(long_call.max_profit);
    CHECK(*long_call.max_loss == Approx(7'500.0));
    REQUIRE(long_call.break_evens.size() == 1);
    CHECK(long_call.break_evens[0] == Approx(24'600.0));
}

TEST_CASE("an iron condor is bounded on both sides") {
    const auto payoff = of(
        {put(24'000, 75, 20), put(24'200, -75, 45), call(24'800, -75, 50), call(25'000, 75, 18)});
    REQUIRE(payoff.max_profit);
    REQUIRE(payoff.max_loss);
    CHECK(*payoff.max_profit == Approx(57.0 * 75));
    CHECK(*payoff.max_loss == Approx(143.0 * 75));
    REQUIRE(payoff.break_evens.size() == 2);
    CHECK(payoff.break_evens[0] == Approx(24'143.0));
    CHECK(payoff.break_evens[1] == Approx(24'857.0));
    CHECK(payoff.slope_beyond == 0.0);
}

TEST_CASE("a future has one break-even, a covered call no unlimited end") {
    const auto future = of({{LegKind::Underlying, 0.0, 75, 24'500}});
    CHECK_FALSE(future.max_profit);
    CHECK(*future.max_loss == Approx(24'500.0 * 75));
    REQUIRE(future.break_evens.size() == 1);
    CHECK(future.break_evens[0] == Approx(24'500.0));
    const auto covered = of({{LegKind::Underlying, 0.0, 75, 24'500}, call(24'800, -75, 60)});
    CHECK(*covered.max_profit == Approx(360.0 * 75));
    CHECK(covered.max_loss);
}

TEST_CASE("a position that can only win has no break-even, nor has one that can only lose") {
    const auto free = of({call(24'500, 75, 10), call(24'600, -75, 12)});
    CHECK(free.break_evens.empty());
    REQUIRE(free.profitable.size() == 1);
    CHECK(free.profitable[0].low == 0.0);
    CHECK(free.profitable[0].high == kInfinity);
    CHECK(*free.max_loss == 0.0);
    const auto lost = of({call(24'500, 75, 112), call(24'600, -75, 10)});
    CHECK(lost.break_evens.empty());
    CHECK(lost.profitable.empty());
    CHECK(*lost.max_profit == Approx(-2.0 * 75));
}

TEST_CASE("where the profit is exactly zero over a stretch, profit begins at its end") {
    const auto payoff = of({call(24'500, 75, 0)});
    REQUIRE(payoff.break_evens.size() == 1);
    CHECK(payoff.break_evens[0] == 24'500.0);
    CHECK(*payoff.max_loss == 0.0);
}

TEST_CASE("random positions: lines, break-evens and extremes agree with adding up legs") {
    sauda::base::Rng rng(3);
    for (int run = 0; run < 500; ++run) {
        std::vector<PayoffLeg> legs;
        const auto n = rng.between(1, 6);
        for (int64_t i = 0; i < n; ++i) {
            const auto kind = static_cast<LegKind>(rng.between(1, 3));
            const auto strike = 24'000.0 + 50.0 * static_cast<double>(rng.between(0, 20));
            const double price = kind == LegKind::Underlying
                                     ? 24'500.0
                                     : 0.05 * static_cast<double>(rng.between(1, 6'000));
            const auto lots = static_cast<double>(rng.between(-3, 3));
            legs.push_back({kind, strike, 75.0 * (lots == 0.0 ? 1.0 : lots), price});
        }
        const auto payoff = expiry_payoff(legs);
        double best = -kInfinity;
        double worst = kInfinity;
        double at = 0.0;
        const auto is_profit = [&](double settlement) {
            for (const auto& range : payoff.profitable) {
                if (settlement >= range.low && settlement < range.high) {
                    return true;
                }
            }
            return false;
        };
        for (int i = 0; i <= 3'000; ++i) {
            at = 10.0 * i;
            const double expected = added_up(legs, at);
            CHECK(payoff.at(at) == Approx(expected).margin(1e-5));
            if (std::abs(expected) > 1e-3) {
                CHECK(is_profit(at) == (expected > 0.0));
            }
            best = std::max(best, expected);
            worst = std::min(worst, expected);
        }
        if (payoff.max_profit) {
            CHECK(*payoff.max_profit == Approx(best).margin(1e-5));
        } else {
            CHECK(added_up(legs, 1e9) > best);
        }
        if (payoff.max_loss) {
            CHECK(*payoff.max_loss == Approx(std::max(0.0, -worst)).margin(1e-5));
        } else {
            CHECK(added_up(legs, 1e9) < worst);
        }
        for (const double level : payoff.break_evens) {
            CHECK(std::abs(added_up(legs, level)) < 1e-4);
        }
    }
}
