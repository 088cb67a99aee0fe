#include "services/lab/core/metrics.h"

#include "services/lab/core/deflated_sharpe.h"
#include "tests/support/documented_table.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

using namespace sauda::lab;

namespace {

// The series of empyrical's own tests (Apache-2.0), in per cent a day.
std::vector<double> fractions(std::vector<double> percent) {
    for (double& value : percent) {
        value /= 100.0;
    }
    return percent;
}
// empyrical's mixed_returns begin with a NaN that every figure but the annual return leaves out.
const std::vector<double> kMixed = fractions({1, 10, -4, 2, 3, 2, 1, -10});
const std::vector<double> kMixedNine = fractions({0, 1, 10, -4, 2, 3, 2, 1, -10});
const std::vector<double> kNegative = fractions({0, -6, -7, -1, -9, -2, -6, -8, -5});

struct Row {
    std::string figure;
    double ours;
    double published;
};

std::string markdown(const std::vector<Row>& rows) {
    std::string text = "\n| figure | published | ours differs by less than |\n|---|---|---|\n";
    for (const auto& row : rows) {
        char line[200];
        std::snprintf(line, sizeof line, "| %s | %.15g | 1e-12 |\n", row.figure.c_str(),
                      row.published);
        text += line;
    }
    return text + "\n";
}

double daily(double annual) { return annual / std::sqrt(250.0); }

}  // namespace

TEST_CASE("the published figures of empyrical are reproduced to 1e-12") {
    const std::vector<Row> rows = {
        {"Sharpe ratio, mixed", *sharpe_ratio(kMixed), 1.7238613961706866},
        {"Sortino ratio, mixed", *sortino_ratio(kMixed), 2.605531251673693},
        {"downside risk, mixed", *downside_risk(kMixed), 0.60448325038829653},
        {"maximum drawdown, mixed", max_drawdown(kMixed).depth, -0.10},
        {"Calmar ratio, mixed", *calmar_ratio(kMixedNine), 19.135925373194233},
        {"Sharpe ratio, negative", *sharpe_ratio(kNegative), -24.406808633910085},
        {"Sortino ratio, negative", *sortino_ratio(kNegative), -13.532743075043401},
        {"maximum drawdown, negative", max_drawdown(kNegative).depth, -0.36590730349873601}};
    for (const auto& row : rows) {
        INFO(row.figure);
        CHECK(row.ours == Approx(row.published).margin(1e-12).epsilon(1e-13));
    }
    CHECK(sauda::test::documented_table("docs/accuracy/metrics.md", "empyrical", markdown(rows)) ==
          "");
}

TEST_CASE("the deflated Sharpe ratio of Bailey and Lopez de Prado's example is reproduced") {
    const SharpeSample fat{.sharpe = daily(2.5), .periods = 1250, .skewness = -3, .kurtosis = 10};
    const SharpeSample normal{.sharpe = daily(2.5), .periods = 1250, .skewness = 0, .kurtosis = 3};
    const double variance = 0.5 / 250.0;
    CHECK(expected_best_sharpe(100, variance) == Approx(0.1132).margin(5e-5));
    CHECK(*deflated_sharpe(fat, 100, variance) == Approx(0.9004).margin(5e-5));
    CHECK(*deflated_sharpe(fat, 46, variance) == Approx(0.9505).margin(5e-5));
    CHECK(*deflated_sharpe(normal, 88, variance) == Approx(0.9505).margin(5e-5));
}

TEST_CASE("the kurtosis in the deflated Sharpe ratio is a normal's 3, not its excess") {
    const std::vector<double> two_sided = {1, -1, 1, -1};
    CHECK(*kurtosis(two_sided) == Approx(1.0));
    CHECK(*skewness(two_sided) == Approx(0.0).margin(1e-15));
    const std::vector<double> skewed = {0, 0, 0, 4};
    CHECK(*skewness(skewed) == Approx(2.0 / std::sqrt(3.0)));
    CHECK(*kurtosis(skewed) == Approx(7.0 / 3.0));
}

TEST_CASE("one trial is deflated by nothing, and more trials leave less") {
    const SharpeSample sample{.sharpe = 0.1, .periods = 500, .skewness = 0, .kurtosis = 3};
    CHECK(expected_best_sharpe(1, 0.01) == 0.0);
    CHECK(*deflated_sharpe(sample, 1, 0.01) == *probabilistic_sharpe(sample, 0.0));
    double last = 1.0;
    for (const std::size_t trials : {2, 10, 100, 1000}) {
        const double left = *deflated_sharpe(sample, trials, 0.002);
        CHECK(left < last);
        last = left;
    }
}

TEST_CASE("a drawdown has a peak, a trough and, once made good, a recovery") {
    const auto fall = max_drawdown(fractions({10, -10, -10, 5, 30, -1}));
    CHECK(fall.depth == Approx(-0.19));
    CHECK(fall.peak == 1);
    CHECK(fall.trough == 3);
    CHECK(fall.length() == 2);
    REQUIRE(fall.recovery.has_value());
    CHECK(*fall.recovery == 5);
    CHECK(!max_drawdown(kMixed).recovery.has_value());
    CHECK(max_drawdown(fractions({1, 2, 3})).depth == 0.0);
    const auto first_day = max_drawdown(fractions({-5, 1}));
    CHECK(first_day.depth == Approx(-0.05));
    CHECK(first_day.peak == 0);
}

TEST_CASE("figures that a series cannot give are unknown, not zero") {
    const std::vector<double> none;
    const std::vector<double> flat = {0.0, 0.0, 0.0};
    const std::vector<double> rising = {0.01, 0.02};
    CHECK(!sharpe_ratio(none));
    CHECK(!sharpe_ratio(flat));
    CHECK(!sortino_ratio(rising));
    CHECK(!calmar_ratio(rising));
    CHECK(!annual_return(none));
    CHECK(!skewness(flat));
    CHECK(!correlation(flat, flat));
    CHECK(annual_return(fractions({-100, 5})) == -1.0);
}

TEST_CASE("the correlation of a series with itself is one and with its mirror minus one") {
    std::vector<double> mirror;
    for (const double value : kMixed) {
        mirror.push_back(3.0 - 2.0 * value);
    }
    CHECK(*correlation(kMixed, kMixed) == Approx(1.0).epsilon(1e-14));
    CHECK(*correlation(kMixed, mirror) == Approx(-1.0).epsilon(1e-14));
}
