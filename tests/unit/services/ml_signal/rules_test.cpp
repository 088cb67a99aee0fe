#include "services/ml_signal/core/rules.h"

#include "common/base/rng.h"

#include <catch2/catch.hpp>

namespace sauda::ml_signal {

namespace {

// A calm trend upwards, in the middle of the day: every part of the score at its bound.
Features strong_up() {
    Features f{};
    f[kMomentum5] = 0.01;
    f[kMomentum15] = 0.02;
    f[kDistanceSma20] = 5.0;
    f[kRsi14] = 90.0;
    f[kRangePosition] = 1.0;
    f[kVolatilityState] = 1.0;
    f[kTimeOfDay] = 60.0;
    return f;
}

constexpr double kVolatility = 0.0005;

}  // namespace

TEST_CASE("a trend in which every feature agrees scores one million with full confidence") {
    const auto up = opinion_of(strong_up(), kVolatility);
    REQUIRE(up.score == 1'000'000);
    REQUIRE(up.confidence == 1'000'000);
    REQUIRE(up.contributions[kMomentum5] == 300'000);
    REQUIRE(up.contributions[kRangePosition] == 100'000);
    auto f = strong_up();
    f[kMomentum5] = f[kMomentum15] = -0.02;
    f[kDistanceSma20] = -5.0;
    f[kRsi14] = 10.0;
    f[kRangePosition] = 0.0;
    const auto down = opinion_of(f, kVolatility);
    REQUIRE(down.score == -1'000'000);
    REQUIRE(down.confidence == 1'000'000);
}

TEST_CASE("the score is the weighted sum of the cut features") {
    Features f = strong_up();
    f[kMomentum5] = 0.0005;  // 0.0005 / (2 x 0.0005 x sqrt 5) = 0.2236068
    f[kMomentum15] = 0.0;
    f[kDistanceSma20] = -1.0;  // -0.5
    f[kRsi14] = 56.0;          // 0.2
    f[kRangePosition] = 0.5;   // 0
    const auto opinion = opinion_of(f, kVolatility);
    REQUIRE(opinion.contributions[kMomentum5] == 67'082);
    REQUIRE(opinion.contributions[kMomentum15] == 0);
    REQUIRE(opinion.contributions[kDistanceSma20] == -100'000);
    REQUIRE(opinion.contributions[kRsi14] == 30'000);
    REQUIRE(opinion.score == -2'918);
    // 100,000 of 197,082 agree with the sign, at 2,918 / 600,000 of full strength.
    REQUIRE(opinion.confidence == 2'468);
}

TEST_CASE("wild and dead markets and the first minutes take away from the score") {
    Features f = strong_up();
    f[kVolatilityState] = 1.6;
    REQUIRE(opinion_of(f, kVolatility).score == 600'000);
    REQUIRE(opinion_of(f, kVolatility).contributions[kVolatilityState] == -400'000);
    f[kVolatilityState] = 0.5;
    REQUIRE(opinion_of(f, kVolatility).score == 800'000);
    f[kTimeOfDay] = 14.0;
    REQUIRE(opinion_of(f, kVolatility).score == 400'000);
    REQUIRE(opinion_of(f, kVolatility).contributions[kTimeOfDay] == -400'000);
    REQUIRE(opinion_of(f, kVolatility).confidence == 666'667);
}

TEST_CASE("a market without a move has no opinion and no confidence") {
    Features f{};
    f[kRsi14] = 50.0;
    f[kRangePosition] = 0.5;
    f[kVolatilityState] = 1.0;
    const auto opinion = opinion_of(f, 0.0);
    REQUIRE(opinion.score == 0);
    REQUIRE(opinion.confidence == 0);
}

TEST_CASE("contributions sum up to the score and stay within their bounds") {
    base::Rng rng(17);
    for (int i = 0; i < 20'000; ++i) {
        Features f{};
        f[kMomentum5] = (rng.uniform() - 0.5) * 0.02;
        f[kMomentum15] = (rng.uniform() - 0.5) * 0.02;
        f[kDistanceSma20] = (rng.uniform() - 0.5) * 8.0;
        f[kRsi14] = rng.uniform() * 100.0;
        f[kRangePosition] = rng.uniform();
        f[kVolatilityState] = rng.uniform() * 3.0;
        f[kTimeOfDay] = rng.uniform() * 60.0;
        const auto opinion = opinion_of(f, rng.uniform() * 0.002);
        int64_t sum = 0;
        for (const int64_t part : opinion.contributions) {
            sum += part;
        }
        REQUIRE(sum == opinion.score);
        REQUIRE(std::abs(opinion.score) <= 1'000'000);
        REQUIRE(opinion.confidence >= 0);
        REQUIRE(opinion.confidence <= 1'000'000);
    }
}

TEST_CASE("millionths are rounded half away from zero") {
    REQUIRE(millionths(0.5e-6) == 1);
    REQUIRE(millionths(-0.5e-6) == -1);
    REQUIRE(millionths(0.4e-6) == 0);
    REQUIRE(millionths(1.25) == 1'250'000);
    REQUIRE(millionths(-0.0) == 0);
}

}  // namespace sauda::ml_signal
