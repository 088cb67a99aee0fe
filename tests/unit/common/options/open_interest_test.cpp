#include "common/options/open_interest.h"

#include "common/base/rng.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

using namespace sauda::options;

namespace {

// What writers pay at a settlement, added up option by option.
double payout_at(double settlement, const std::vector<double>& strikes,
                 const std::vector<double>& calls, const std::vector<double>& puts) {
    double sum = 0.0;
    for (std::size_t i = 0; i < strikes.size(); ++i) {
        sum += calls[i] * std::max(0.0, settlement - strikes[i]);
        sum += puts[i] * std::max(0.0, strikes[i] - settlement);
    }
    return sum;
}

}  // namespace

TEST_CASE("max pain is the least payout over all strikes, added up anew") {
    sauda::base::Rng rng(11);
    for (int run = 0; run < 300; ++run) {
        std::vector<double> strikes;
        std::vector<double> calls;
        std::vector<double> puts;
        double strike = 24'000.0;
        const auto n = static_cast<int>(rng.between(1, 60));
        for (int i = 0; i < n; ++i) {
            strike += 50.0 * static_cast<double>(rng.between(1, 3));
            strikes.push_back(strike);
            calls.push_back(static_cast<double>(rng.between(0, 50)) * 75.0);
            puts.push_back(static_cast<double>(rng.between(0, 50)) * 75.0);
        }
        calls[0] += 75.0;
        double least = 1e300;
        double where = 0.0;
        for (const double at : strikes) {
            if (payout_at(at, strikes, calls, puts) < least) {
                least = payout_at(at, strikes, calls, puts);
                where = at;
            }
        }
        const auto found = max_pain(strikes, calls, puts);
        REQUIRE(found);
        CHECK(found->strike == where);
        CHECK(found->payout == least);
    }
}

TEST_CASE("without open interest nothing pains and no ratio exists") {
    const std::vector<double> strikes{100.0, 110.0};
    const std::vector<double> none{0.0, 0.0};
    CHECK_FALSE(max_pain(strikes, none, none));
    CHECK_FALSE(max_pain({}, {}, {}));
    CHECK_FALSE(put_call_ratio(5.0, 0.0));
    CHECK(*put_call_ratio(3.0, 4.0) == 0.75);
    CHECK(*put_call_ratio(0.0, 4.0) == 0.0);
}

TEST_CASE("walls are the largest open interests and the largest changes") {
    const std::vector<double> strikes{1.0, 2.0, 3.0, 4.0, 5.0};
    const std::vector<double> interest{10.0, 50.0, 0.0, 30.0, 50.0};
    const std::vector<double> change{5.0, -7.0, 0.0, 9.0, -2.0};
    const auto found = walls(strikes, interest, change);
    REQUIRE(found.interests == 3);
    CHECK(found.by_interest[0].strike == 2.0);  // of equals the lower one first
    CHECK(found.by_interest[1].strike == 5.0);
    CHECK(found.by_interest[2].strike == 4.0);
    CHECK(found.by_interest[2].change == 9.0);
    REQUIRE(found.largest_rise);
    CHECK(found.largest_rise->strike == 4.0);
    REQUIRE(found.largest_fall);
    CHECK(found.largest_fall->strike == 2.0);

    const std::vector<double> flat(5, 0.0);
    const auto nothing = walls(strikes, flat, flat);
    CHECK(nothing.interests == 0);
    CHECK_FALSE(nothing.largest_rise);
    CHECK_FALSE(nothing.largest_fall);
}

TEST_CASE("price and open interest together tell who acts") {
    CHECK(build_up(1.0, 1.0) == BuildUp::LongBuildUp);
    CHECK(build_up(-1.0, 1.0) == BuildUp::ShortBuildUp);
    CHECK(build_up(-1.0, -1.0) == BuildUp::LongUnwinding);
    CHECK(build_up(1.0, -1.0) == BuildUp::ShortCovering);
    CHECK_FALSE(build_up(0.0, 1.0));
    CHECK_FALSE(build_up(1.0, 0.0));
}
