#include "common/models/calibrator.h"
#include "common/models/drift.h"
#include "common/models/training/learn.h"
#include "tests/unit/common/indicators/resume_check.h"
#include "tests/unit/common/models/planted.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sauda::models {

namespace {

LearnSettings settings_of(uint64_t seed = 1) {
    LearnSettings settings;
    settings.trials = default_trials(seed);
    settings.embargo_ns = 30 * 60'000'000'000;
    return settings;
}

}  // namespace

TEST_CASE("no training row overlaps a test row, and none follows within the embargo") {
    const auto samples = test::planted_samples(3, 1.0, 3);
    const int64_t embargo = 15 * 60'000'000'000;
    const auto folds = purged_folds(samples.starts, samples.ends, 5, embargo);
    REQUIRE(folds.size() == 5);
    std::vector<int> tested(samples.rows(), 0);
    for (const auto& fold : folds) {
        REQUIRE(fold.train.size() + fold.test.size() < samples.rows());  // something was purged
        for (const auto t : fold.test) {
            ++tested[t];
            for (const auto i : fold.train) {
                const bool before = samples.ends[i] <= samples.starts[t];
                const bool after = samples.starts[i] >= samples.ends[t] + embargo;
                REQUIRE((before || after));
            }
        }
    }
    REQUIRE(std::all_of(tested.begin(), tested.end(), [](int n) { return n == 1; }));
}

TEST_CASE("rows of one event weigh one together") {
    // Three rows of one hour, each alive for the whole of it, then one on its own.
    const std::vector<int64_t> starts{0, 1, 2, 10};
    const std::vector<int64_t> ends{5, 5, 5, 12};
    const auto weights = uniqueness(starts, ends);
    REQUIRE(weights[3] == 1.0);
    REQUIRE(weights[2] == Approx(1.0 / 3));
    REQUIRE(weights[0] == Approx((1.0 + 0.5 + 1.0 / 3) / 3));
    const auto samples = test::planted_samples(10, 1.0, 3);
    REQUIRE(samples.events() < static_cast<double>(samples.rows()) / 4);
    REQUIRE(samples.events() > static_cast<double>(samples.rows()) / 8);
}

TEST_CASE("the calibrator finds the line the outcomes were drawn from") {
    base::Rng rng(4);
    std::vector<double> margins;
    std::vector<uint8_t> labels;
    for (int i = 0; i < 40'000; ++i) {
        const double x = 2.0 * rng.normal();
        margins.push_back(x);
        labels.push_back(rng.uniform() < probability_of(0.7 * x - 0.3) ? 1 : 0);
    }
    const std::vector<double> weights(margins.size(), 1.0);
    const auto fit = fit_calibrator(margins, labels, weights);
    REQUIRE(fit.slope == Approx(0.7).margin(0.02));
    REQUIRE(fit.offset == Approx(-0.3).margin(0.03));
    for (auto& x : margins) {
        x = -x;  // the wrong way round: worth nothing
    }
    const auto turned = fit_calibrator(margins, labels, weights);
    REQUIRE(turned.slope == 0.0);
    const double base = static_cast<double>(std::count(labels.begin(), labels.end(), 1)) / 40'000;
    REQUIRE(probability_of(turned.log_odds(5.0)) == Approx(base).margin(1e-4));
    REQUIRE(probability_of(800.0) == 1.0);
    REQUIRE(probability_of(-800.0) == Approx(0.0).margin(1e-300));
    REQUIRE(log_odds_of(probability_of(1.25)) == Approx(1.25).margin(1e-12));
}

TEST_CASE("what tells nothing is found to tell nothing, a planted edge is found") {
    const auto found = [](double edge, uint64_t seed) {
        const auto learned =
            learn(test::planted_samples(40, edge, seed), test::planted_features(), settings_of());
        REQUIRE(learned);
        return learned->base_loss - learned->loss;
    };
    for (const uint64_t seed : {1U, 2U, 3U}) {
        REQUIRE(found(0.0, seed) < 0.005);
        REQUIRE(found(1.5, seed) > 0.05);
    }
}

TEST_CASE("a probability out of fold is worth its face") {
    const auto samples = test::planted_samples(60, 1.0, 8);
    const auto learned = learn(samples, test::planted_features(), settings_of());
    REQUIRE(learned);
    double said = 0.0;
    double came = 0.0;
    double rows = 0.0;
    for (std::size_t i = 0; i < samples.rows(); ++i) {
        const double p = probability_of(learned->log_odds[i]);
        if (p > 0.6) {
            said += p;
            came += samples.labels[i];
            rows += 1.0;
        }
    }
    REQUIRE(rows > 300.0);
    REQUIRE(came / rows == Approx(said / rows).margin(0.06));
}

TEST_CASE("the same rows give the same model to the byte, and too few rows none") {
    const auto samples = test::planted_samples(10, 1.0, 6);
    const auto first = learn(samples, test::planted_features(), settings_of());
    const auto again = learn(samples, test::planted_features(), settings_of());
    REQUIRE(first);
    REQUIRE(first->trees_json == again->trees_json);
    REQUIRE(first->log_odds == again->log_odds);
    REQUIRE(first->model.calibrator == again->model.calibrator);
    REQUIRE(first->model.problem().empty());
    auto few = samples;
    few.starts.resize(40);
    few.ends.resize(40);
    few.labels.resize(40);
    few.weights.resize(40);
    const auto refused = learn(few, test::planted_features(), settings_of());
    REQUIRE_FALSE(refused);
    REQUIRE(refused.error().text.find("too little to learn from: 40 rows") == 0);
}

TEST_CASE("base plus members, and base plus contributions, are the log-odds") {
    const auto samples = test::planted_samples(20, 1.0, 6);
    const auto learned = learn(samples, test::planted_features(), settings_of());
    REQUIRE(learned);
    const auto& model = learned->model;
    for (std::size_t i = 0; i < samples.rows(); i += 7) {
        const auto p = model.explain(samples.row(i));
        REQUIRE(p.base + p.members[0] + p.members[1] == Approx(p.log_odds).margin(1e-12));
        REQUIRE(std::accumulate(p.contributions.begin(), p.contributions.end(), p.base) ==
                Approx(p.log_odds).margin(1e-5));  // trees sum their leaves in float
        REQUIRE(p.probability == model.predict(samples.row(i)).probability);
    }
}

TEST_CASE("drift is small for the same market, large for another, unknown before 300 rows") {
    const auto then = test::planted_samples(40, 0.0, 1, 2);
    std::vector<FeatureBins> bins;
    for (std::size_t f = 0; f < 2; ++f) {
        std::vector<float> column;
        for (std::size_t i = 0; i < then.rows(); ++i) {
            column.push_back(then.row(i)[f]);
        }
        bins.push_back(bins_of(column));
    }
    const std::vector<std::size_t> groups{0, 1};
    const auto now = test::planted_samples(10, 0.0, 2, 2);
    DriftWatch watch;
    for (std::size_t i = 0; i < 299; ++i) {
        watch.add(now.row(i), bins);
    }
    REQUIRE_FALSE(watch.is_known());
    watch.add(now.row(299), bins);
    REQUIRE(watch.is_known());
    REQUIRE(watch.by_group(bins, groups, 2)[0] < 0.15);
    for (std::size_t i = 300; i < 700; ++i) {
        std::vector<float> row(now.row(i).begin(), now.row(i).end());
        row[0] += 2.0F;
        watch.add(row, bins);
    }
    REQUIRE(watch.by_group(bins, groups, 2)[0] > 1.0);
    REQUIRE(watch.by_group(bins, groups, 2)[1] < 0.15);
    test::check_resumes([] { return DriftWatch{}; },
                        [&](DriftWatch& w, int i) {
                            w.add(now.row(static_cast<std::size_t>(i) % now.rows()), bins);
                        },
                        350);
}

}  // namespace sauda::models
