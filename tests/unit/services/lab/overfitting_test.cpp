#include "services/lab/core/overfitting.h"

#include "common/base/rng.h"
#include "common/options/deterministic_math.h"
#include "tests/support/documented_table.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstdio>

using namespace sauda;

namespace {

double uniform(base::Rng& rng) {
    return (static_cast<double>(rng.next() >> 11U) + 0.5) / 9007199254740992.0;
}

// 200 strategies over 1,000 days; the first `planted` have a mean of a fifth of their deviation.
lab::ReturnTable table(uint64_t seed, std::size_t planted, std::size_t strategies = 200) {
    base::Rng rng(seed);
    lab::ReturnTable returns(strategies, std::vector<double>(1000));
    for (std::size_t s = 0; s < strategies; ++s) {
        for (double& value : returns[s]) {
            value = 0.01 * options::normal_quantile(uniform(rng)) + (s < planted ? 0.002 : 0.0);
        }
    }
    return returns;
}

}  // namespace

TEST_CASE("worthless strategies overfit about half of the time, a planted edge almost never") {
    std::vector<double> nulls;
    double sum = 0.0;
    for (uint64_t seed = 1; seed <= 6; ++seed) {
        nulls.push_back(lab::backtest_overfitting(table(seed, 0), 12)->probability);
        sum += nulls.back();
    }
    const double mean = sum / 6.0;
    CHECK(mean == Approx(0.5).margin(0.12));
    const auto planted = lab::backtest_overfitting(table(1, 20), 16);
    REQUIRE(planted.has_value());
    CHECK(planted->splits == 12'870);
    CHECK(planted->probability < 0.02);
    CHECK(planted->median_rank > 0.9);
    CHECK(planted->loss_probability < 0.01);
    char text[300];
    std::snprintf(text, sizeof text,
                  "\n| 200 strategies over 1,000 days | probability of overfitting |\n|---|---|\n"
                  "| all worthless, mean of six tables | %.2f |\n"
                  "| 20 with a daily Sharpe ratio of 0.2 | %.3f |\n\n",
                  mean, planted->probability);
    CHECK(test::documented_table("docs/accuracy/metrics.md", "overfitting", text) == "");
}

TEST_CASE("the chosen strategy is judged against the median of the other half") {
    // Each strategy shines in one half of the days and is the worst in the other.
    lab::ReturnTable returns(2, std::vector<double>(8, 0.0));
    for (std::size_t i = 0; i < 8; ++i) {
        const double noise = i % 2 == 0 ? 0.001 : -0.001;
        returns[0][i] = (i < 4 ? 0.02 : -0.02) + noise;
        returns[1][i] = (i < 4 ? -0.02 : 0.02) + noise;
    }
    const auto result = lab::backtest_overfitting(returns, 2);
    REQUIRE(result.has_value());
    CHECK(result->splits == 2);
    CHECK(result->probability == 1.0);
    CHECK(result->loss_probability == 1.0);
}

TEST_CASE("a table that cannot be judged is refused with a sentence") {
    auto one = table(1, 0, 2);
    one.pop_back();
    CHECK(lab::backtest_overfitting(one).error().text.find("at least two") != std::string::npos);
    auto ragged = table(1, 0, 2);
    ragged[1].pop_back();
    CHECK(!lab::backtest_overfitting(ragged));
    CHECK(!lab::backtest_overfitting(table(1, 0, 2), 15));
    CHECK(!lab::backtest_overfitting(table(1, 0, 2), 22));
    const lab::ReturnTable brief(3, std::vector<double>(20, 0.1));
    CHECK(lab::backtest_overfitting(brief, 16).error().text.find("too few") != std::string::npos);
}
