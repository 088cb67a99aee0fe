#include "common/base/rng.h"
#include "common/indicators/market_regime.h"
#include "tests/support/indicator_series.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <map>

namespace sauda::indicators {

namespace {

using Features = std::vector<RegimeModel::PerFeature>;

long double density(const RegimeModel& model, std::size_t regime, RegimeModel::PerFeature x) {
    long double product = 1.0L;
    for (std::size_t k = 0; k < kRegimeFeatures; ++k) {
        const long double s = model.deviation[regime][k];
        const long double z = (x[k] - static_cast<long double>(model.mean[regime][k])) / s;
        product *= std::exp(-z * z / 2.0L) / (s * std::sqrt(2.0L * std::acos(-1.0L)));
    }
    return std::pow(product, static_cast<long double>(model.evidence));
}

// P(last regime | features) by the definition: over every path of regimes, its joint probability.
std::array<long double, kRegimes> over_all_paths(const RegimeModel& model, const Features& x) {
    std::array<long double, kRegimes> ends{};
    std::size_t paths = 1;
    for (std::size_t t = 0; t < x.size(); ++t) {
        paths *= kRegimes;
    }
    long double sum = 0.0L;
    for (std::size_t path = 0; path < paths; ++path) {
        long double joint = 1.0L;
        std::size_t rest = path;
        std::size_t before = 0;
        for (std::size_t t = 0; t < x.size(); ++t) {
            const std::size_t now = rest % kRegimes;
            rest /= kRegimes;
            joint *= t == 0 ? model.start[now] : model.transition[before][now];
            joint *= density(model, now, x[t]);
            before = now;
        }
        ends[before] += joint;
        sum += joint;
    }
    for (auto& end : ends) {
        end /= sum;
    }
    return ends;
}

// A walk through the plane of features, with a leap now and then.
Features some_features(uint64_t seed, std::size_t n) {
    base::Rng rng(seed);
    Features features;
    double adx = 25.0;
    double ratio = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        const double wild = rng.chance(0.01) ? 20.0 : 1.0;
        adx = std::clamp(adx + 2.0 * wild * rng.normal(), 0.0, 100.0);
        ratio = std::clamp(ratio + 0.1 * wild * rng.normal(), -3.0, 3.0);
        features.push_back({adx, ratio});
    }
    return features;
}

}  // namespace

TEST_CASE("the filter's probabilities are those of all paths of regimes added up") {
    for (const uint64_t seed : {1U, 2U, 3U}) {
        const auto features = some_features(seed, 8);
        RegimeFilter filter(kRegimeModel);
        for (std::size_t t = 0; t < features.size(); ++t) {
            filter.push(features[t]);
            const auto ends = over_all_paths(
                kRegimeModel,
                Features(features.begin(), features.begin() + static_cast<std::ptrdiff_t>(t + 1)));
            for (std::size_t j = 0; j < kRegimes; ++j) {
                REQUIRE(std::abs(filter.probabilities()[j] - ends[j]) < 1e-15L);
            }
        }
    }
}

TEST_CASE("the filter equals the forward recursion in long double with libm, over 20,000 bars") {
    const auto features = some_features(9, 20'000);
    RegimeFilter filter(kRegimeModel);
    std::array<long double, kRegimes> alpha{};
    long double worst = 0.0L;
    for (std::size_t t = 0; t < features.size(); ++t) {
        std::array<long double, kRegimes> next{};
        long double sum = 0.0L;
        for (std::size_t j = 0; j < kRegimes; ++j) {
            for (std::size_t i = 0; i < kRegimes; ++i) {
                next[j] += t == 0 ? kRegimeModel.start[j] / 3.0L
                                  : alpha[i] * kRegimeModel.transition[i][j];
            }
            next[j] *= density(kRegimeModel, j, features[t]);
            sum += next[j];
        }
        filter.push(features[t]);
        for (std::size_t j = 0; j < kRegimes; ++j) {
            alpha[j] = next[j] / sum;
            worst = std::max(worst, std::abs(filter.probabilities()[j] - alpha[j]));
        }
    }
    CHECK(worst < 1e-14L);
}

TEST_CASE("one bar by hand: start times density, each to the share of evidence") {
    RegimeModel model = kRegimeModel;
    model.start = {0.5, 0.25, 0.25};
    model.mean = {{{0, 0}, {2, 0}, {0, 4}}};
    model.deviation = {{{1, 1}, {1, 1}, {1, 1}}};
    model.evidence = 0.5;
    RegimeFilter filter(model);
    filter.push({0.0, 0.0});  // distances 0, 2, 4: weights 0.5, 0.25 e^-1, 0.25 e^-4
    const double sum = 0.5 + 0.25 * std::exp(-1.0) + 0.25 * std::exp(-4.0);
    CHECK(filter.probabilities()[0] == Approx(0.5 / sum).epsilon(1e-15));
    CHECK(filter.probabilities()[1] == Approx(0.25 * std::exp(-1.0) / sum).epsilon(1e-15));
    CHECK(filter.probabilities()[2] == Approx(0.25 * std::exp(-4.0) / sum).epsilon(1e-15));
}

TEST_CASE("the filter survives features no regime can explain") {
    RegimeFilter filter(kRegimeModel);
    for (int i = 0; i < 50; ++i) {
        filter.push({i % 2 == 0 ? 1e6 : -1e6, i % 3 == 0 ? 1e6 : -1e6});
        const auto& p = filter.probabilities();
        REQUIRE(p[0] + p[1] + p[2] == Approx(1.0).epsilon(1e-15));
    }
}

namespace {

// Minutes that drift by `drift` and tremble by `noise`, both in points a bar.
void add_minutes(test::Series& series, base::Rng& rng, std::size_t n, double drift, double noise) {
    for (std::size_t i = 0; i < n; ++i) {
        const double open = series.empty() ? 20'000.0 : series.back().bar.close;
        const double close = open + drift + noise * rng.normal();
        const double wick = 0.3 * noise * rng.uniform();
        series.push_back(
            {{open, std::max(open, close) + wick, std::min(open, close) - wick, close, 0.0},
             series.size() % 375 == 0});
    }
}

std::map<Regime, std::size_t> labels_of(const test::Series& series, std::size_t from) {
    MarketRegime regime;
    std::map<Regime, std::size_t> labels;
    for (std::size_t i = 0; i < series.size(); ++i) {
        if (series[i].opens_session) {
            regime.start_session();
        }
        regime.push(series[i].bar);
        if (i >= from && regime.label()) {
            ++labels[*regime.label()];
        }
    }
    return labels;
}

}  // namespace

TEST_CASE("a drift is labelled trend, a market that reverts is labelled range, a storm volatile") {
    base::Rng rng(17);
    test::Series calm;
    add_minutes(calm, rng, 1'125, 0.0, 5.0);

    test::Series trend = calm;
    add_minutes(trend, rng, 250, 4.0, 5.0);
    auto labels = labels_of(trend, 1'125 + 30);
    CHECK(labels[Regime::Trend] > 200);

    test::Series storm = calm;
    add_minutes(storm, rng, 150, 0.0, 15.0);
    labels = labels_of(storm, 1'125 + 20);
    CHECK(labels[Regime::Volatile] > 80);

    test::Series range = calm;
    for (int i = 0; i < 50; ++i) {  // up and down again, as far
        add_minutes(range, rng, 3, 3.0, 3.0);
        add_minutes(range, rng, 3, -3.0, 3.0);
    }
    labels = labels_of(range, 1'125 + 30);
    CHECK(labels[Regime::Range] > 220);
}

TEST_CASE("the overnight move is neither trend nor volatility") {
    base::Rng rng(5);
    test::Series series;
    add_minutes(series, rng, 1'500, 0.0, 5.0);
    auto jumped = series;
    for (std::size_t i = 750; i < jumped.size(); ++i) {
        auto& bar = jumped[i].bar;
        const double factor = 1.03;
        bar = {bar.open * factor, bar.high * factor, bar.low * factor, bar.close * factor, 0.0};
    }
    MarketRegime flat;
    MarketRegime gap;
    MarketRegime unaware;
    for (std::size_t i = 0; i < series.size(); ++i) {
        if (series[i].opens_session) {
            flat.start_session();
            gap.start_session();
        }
        flat.push(series[i].bar);
        gap.push(jumped[i].bar);
        unaware.push(jumped[i].bar);
        if (gap.is_ready()) {
            for (const auto regime : {Regime::Trend, Regime::Range, Regime::Volatile}) {
                REQUIRE(gap.probability(regime) ==
                        Approx(flat.probability(regime)).epsilon(1e-6).margin(1e-9));
            }
        }
        if (i == 755) {
            CHECK(unaware.probability(Regime::Volatile) > 0.9);
            CHECK(gap.probability(Regime::Volatile) < 0.5);
        }
    }
}

TEST_CASE("the label needs a regime that is probable enough for long enough") {
    MarketRegimeSettings settings;
    settings.hold = 4;
    base::Rng rng(23);
    test::Series series;
    add_minutes(series, rng, 3'000, 0.0, 5.0);
    add_minutes(series, rng, 300, 0.0, 15.0);
    add_minutes(series, rng, 300, 4.0, 5.0);
    MarketRegime regime(settings);
    std::optional<Regime> label;
    std::size_t changes = 0;
    std::vector<std::size_t> probable;  // the regime above the threshold, or 9
    for (const auto& input : series) {
        regime.push(input.bar);
        if (!regime.is_ready()) {
            REQUIRE(!regime.label());
            continue;
        }
        std::size_t now = 9;
        for (std::size_t j = 0; j < kRegimes; ++j) {
            now = regime.probability(static_cast<Regime>(j)) >= settings.enter ? j : now;
        }
        probable.push_back(now);
        const std::size_t n = probable.size();
        if (n >= 4 && now != 9 &&
            std::all_of(probable.end() - 4, probable.end(),
                        [&](std::size_t x) { return x == now; })) {
            changes += label != static_cast<Regime>(now) ? 1 : 0;
            label = static_cast<Regime>(now);
        }
        REQUIRE(regime.label() == label);
    }
    CHECK(changes > 5);
}

TEST_CASE("a market that never moves has a regime and no division by zero") {
    MarketRegime regime;
    for (int i = 0; i < 800; ++i) {
        regime.push({100, 100, 100, 100, 0});
    }
    REQUIRE(regime.is_ready());
    CHECK(regime.features()[1] == 0.0);
    CHECK(regime.label() == Regime::Range);
}

}  // namespace sauda::indicators
