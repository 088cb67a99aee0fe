#include "tests/support/documented_table.h"
#include "tests/unit/common/indicators/resume_check.h"
#include "tests/unit/services/ml_signal/option_day.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <set>

namespace sauda::ml_signal {

namespace {

using namespace sauda::test;

FeatureContext context() { return {close_of(), settlement()}; }

FeatureEngine after(int bars) {
    FeatureEngine engine;
    for (int i = 0; i < bars; ++i) {
        engine.push(minute_bars(i), context());
    }
    return engine;
}

// Bit for bit, unknown equal to unknown.
bool equal(const FeatureRow& a, const FeatureRow& b) {
    return base::save_to_bytes(a) == base::save_to_bytes(b);
}

}  // namespace

TEST_CASE("the list of features stands in the documentation as it is") {
    std::string table = "| # | name | group | formula | from |\n|---:|---|---|---|---|\n";
    std::set<std::string_view> names;
    int number = 0;
    for (const auto& feature : feature_definitions()) {
        REQUIRE(names.insert(feature.name).second);
        REQUIRE_FALSE(feature.words.empty());
        std::string formula(feature.formula);
        for (auto at = formula.find('|'); at != std::string::npos; at = formula.find('|', at + 2)) {
            formula.insert(at, "\\");
        }
        table += "| " + std::to_string(++number) + " | " + std::string(feature.name) + " | " +
                 std::string(feature.group) + " | " + formula + " | " +
                 std::string(feature.inputs) + " |\n";
    }
    CHECK(test::documented_table("docs/features.md", "features", table) == "");
}

TEST_CASE("a row comes with the twentieth bar of the forward, and only with one") {
    REQUIRE_FALSE(after(19).row());
    auto engine = after(20);
    REQUIRE(engine.row());
    REQUIRE(engine.bar_start() == minute_start(19));
    auto without = minute_bars(20);
    without.bars.pop_back();
    engine.push(without, context());
    REQUIRE_FALSE(engine.row());
    engine.push(minute_bars(21), context());
    REQUIRE(engine.row());
}

TEST_CASE("features are what their formulas say") {
    constexpr int kBars = 90;
    const auto engine = after(kBars);
    const FeatureRow& row = *engine.row();
    const int last = kBars - 1;
    const double close = forward_at(last);
    double squares = 0.0;
    for (int i = last - 59; i <= last; ++i) {
        squares += std::pow(forward_at(i) / forward_at(i - 1) - 1.0, 2);
    }
    const double scale = std::sqrt(squares / 60.0);
    const auto is = [&](ModelFeature feature, double expected) {
        CAPTURE(feature_definitions()[feature].name);
        REQUIRE(row[feature] == Approx(expected).epsilon(2e-3).margin(1e-4));
    };
    is(kMove15, (close / forward_at(last - 15) - 1.0) / (scale * std::sqrt(15.0)));
    is(kMove30, (close / forward_at(last - 30) - 1.0) / (scale * std::sqrt(30.0)));
    is(kFromOpen, (close / forward_at(-1) - 1.0) / (scale * std::sqrt(90.0)));
    is(kRealised60, scale * std::sqrt(252.0 * 375.0));
    is(kAtmIv, kVolatility);
    is(kAtmIvChange, 0.0);
    is(kIvSpread, 0.0);
    is(kSkew, 0.0);
    is(kIvOverRealised, kVolatility / (scale * std::sqrt(252.0 * 375.0)));
    const double years =
        static_cast<double>((settlement() - minute_start(kBars)).ns) / (365.0 * 86'400e9);
    const double strike = std::round(close / 50.0) * 50.0;
    is(kCallPremium, black(close, strike, years, kVolatility, true) / close * 100.0);
    is(kPcrInterest, (2000.0 - 5.0 * last) / (1000.0 + 10.0 * last));
    is(kPcrVolume, -0.5);
    // Every strike trades the same each minute; how many are near the forward changes a little.
    REQUIRE(row[kVolumeState] == Approx(1.0).margin(0.06));
    // The forward fell over the last 15 minutes: calls fell with interest rising, puts rose with
    // interest falling. 150 of 225 lots each strike are new shorts in calls, 75 cover puts.
    REQUIRE(forward_at(last) < forward_at(last - 15));
    is(kShortBuildUp, 150.0 / 225.0);
    is(kShortCovering, -75.0 / 225.0);
    is(kLongBuildUp, 0.0);
    is(kMinuteOfDay, 555.0 + kBars);
    is(kMinutesToClose, 940.0 - 555.0 - kBars);
    is(kSessionPhase, 1.0);
    is(kDaysToExpiry, years * 365.0);
    is(kIsExpiryDay, 0.0);
}

TEST_CASE("what cannot be known is not made up") {
    FeatureEngine engine;
    for (int i = 0; i < 30; ++i) {
        auto batch = minute_bars(i);
        std::erase_if(batch.bars, [](const Bar& bar) { return bar.contract.is_option(); });
        engine.push(batch, {});
    }
    const FeatureRow& row = *engine.row();
    for (const auto feature :
         {kMove30, kFromSma60, kRealised60, kAtmIv, kSkew, kCallPremium, kPcrInterest, kPcrVolume,
          kShortBuildUp, kMinutesToClose, kSessionPhase, kDaysToExpiry}) {
        CAPTURE(feature_definitions()[feature].name);
        REQUIRE(std::isnan(row[feature]));
    }
    REQUIRE_FALSE(std::isnan(row[kMove15]));
    REQUIRE_FALSE(std::isnan(row[kMinuteOfDay]));
}

TEST_CASE("options nobody quotes any more are not used") {
    auto engine = after(60);
    REQUIRE_FALSE(std::isnan((*engine.row())[kAtmIv]));
    for (int i = 60; i < 66; ++i) {
        auto batch = minute_bars(i);
        std::erase_if(batch.bars, [](const Bar& bar) { return bar.contract.is_option(); });
        engine.push(batch, context());
        REQUIRE(std::isnan((*engine.row())[kAtmIv]) == (i >= 64));
    }
}

TEST_CASE("a row does not depend on what comes after it, nor on a restart") {
    const auto half = after(60);
    auto whole = half;
    for (int i = 60; i < 120; ++i) {
        whole.push(minute_bars(i), context());
    }
    REQUIRE(equal(*after(60).row(), *half.row()));
    REQUIRE(equal(*after(120).row(), *whole.row()));
    test::check_resumes(
        [] { return FeatureEngine{}; },
        [](FeatureEngine& engine, int i) { engine.push(minute_bars(i % 380), context()); }, 40,
        200);
}

}  // namespace sauda::ml_signal
