#include "common/models/training/learn.h"

#include "common/models/files/xgboost_json.h"
#include "common/models/training/linear.h"

#include <algorithm>
#include <numeric>

namespace sauda::models {

namespace {

using Rows = std::vector<std::size_t>;

constexpr std::size_t kRowsMin = 60;
constexpr long kOutcomesMin = 10;
constexpr std::size_t kDriftStride = 75;

struct Fit {
    Model model;  // members only
    std::string trees_json;
};

base::Expected<Fit> fit(const Samples& samples, const Rows& rows, const BoostSettings& boost,
                        double cost) {
    const auto matrix = matrix_of(samples, rows);
    auto json = train_trees(matrix, boost);
    if (!json) {
        return std::unexpected(json.error());
    }
    auto trees = parse_xgboost(*json, samples.features);
    if (!trees) {
        return std::unexpected(trees.error());
    }
    Fit made;
    made.model.trees = std::move(*trees);
    made.model.logistic = train_logistic(matrix, cost);
    made.trees_json = std::move(*json);
    return made;
}

double base_rate_of(const Samples& samples, const Rows& rows) {
    double rises = 0.0;
    double all = 0.0;
    for (const auto i : rows) {
        rises += samples.labels[i] != 0 ? samples.weights[i] : 0.0;
        all += samples.weights[i];
    }
    return (rises + 1.0) / (all + 2.0);
}

Payoffs payoffs_of(const Samples& samples, const Rows& rows) {
    Payoffs sums;
    double rises = 0.0;
    double falls = 0.0;
    for (const auto i : rows) {
        const double weight = samples.weights[i];
        const bool is_rise = samples.labels[i] != 0;
        (is_rise ? rises : falls) += weight;
        (is_rise ? sums.call_if_rise : sums.call_if_fall) += weight * samples.call_net[i];
        (is_rise ? sums.put_if_rise : sums.put_if_fall) += weight * samples.put_net[i];
    }
    const auto mean = [](double sum, double weight) { return weight > 0.0 ? sum / weight : 0.0; };
    return {mean(sums.call_if_rise, rises), mean(sums.call_if_fall, falls),
            mean(sums.put_if_rise, rises), mean(sums.put_if_fall, falls)};
}

// The part of columns that belongs to some rows.
struct Part {
    std::vector<double> margins;
    std::vector<uint8_t> labels;
    std::vector<double> weights;
    void add(const Samples& samples, std::size_t i, double margin) {
        margins.push_back(margin);
        labels.push_back(samples.labels[i]);
        weights.push_back(samples.weights[i]);
    }
};

Calibrator calibrate(const Samples& samples, const std::vector<double>& margins,
                     const std::function<bool(std::size_t)>& takes) {
    Part part;
    for (std::size_t i = 0; i < samples.rows(); ++i) {
        if (takes(i)) {
            part.add(samples, i, margins[i]);
        }
    }
    return fit_calibrator(part.margins, part.labels, part.weights);
}

base::Expected<std::vector<double>> margins_of(const Samples& samples,
                                               const std::vector<Fold>& folds,
                                               const BoostSettings& boost, double cost) {
    std::vector<double> margins(samples.rows(), 0.0);
    for (const auto& fold : folds) {
        const auto made = fit(samples, fold.train, boost, cost);
        if (!made) {
            return std::unexpected(made.error());
        }
        for (const auto i : fold.test) {
            margins[i] = made->model.margin(samples.row(i));
        }
    }
    return margins;
}

// Calibrates each fold on the margins of the others, whose models did not see it either.
std::vector<double> cross_calibrated(const Samples& samples, const std::vector<Fold>& folds,
                                     const std::vector<std::size_t>& fold_of,
                                     const std::vector<double>& margins) {
    std::vector<double> log_odds(samples.rows(), 0.0);
    for (std::size_t k = 0; k < folds.size(); ++k) {
        const auto calibrator =
            calibrate(samples, margins, [&](std::size_t i) { return fold_of[i] != k; });
        for (const auto i : folds[k].test) {
            log_odds[i] = calibrator.log_odds(margins[i]);
        }
    }
    return log_odds;
}

void describe_drift(const Samples& samples, Model& model) {
    for (std::size_t f = 0; f < samples.features; ++f) {
        std::vector<float> column;
        for (std::size_t i = 0; i < samples.rows(); ++i) {
            column.push_back(samples.row(i)[f]);
        }
        model.bins.push_back(bins_of(std::move(column)));
    }
    for (const auto& feature : model.features) {
        const bool is_known = std::find(model.groups.begin(), model.groups.end(), feature.group) !=
                              model.groups.end();
        if (!is_known && feature.group != "time") {  // the clock does not drift
            model.groups.push_back(feature.group);
        }
    }
    model.usual_drift.assign(model.groups.size(), 0.0);
    const auto group_of = model.group_of_features();
    DriftWatch watch;
    for (std::size_t i = 0; i < samples.rows(); ++i) {
        watch.add(samples.row(i), model.bins);
        if (watch.is_known() && i % kDriftStride == 0) {
            const auto now = watch.by_group(model.bins, group_of, model.groups.size());
            for (std::size_t g = 0; g < now.size(); ++g) {
                model.usual_drift[g] = std::max(model.usual_drift[g], now[g]);
            }
        }
    }
}

base::Expected<void> check(const Samples& samples) {
    const auto rises = std::count(samples.labels.begin(), samples.labels.end(), uint8_t{1});
    const auto falls = static_cast<long>(samples.rows()) - rises;
    if (samples.rows() < kRowsMin || rises < kOutcomesMin || falls < kOutcomesMin) {
        return base::fail(base::ErrorKind::Invalid,
                          "too little to learn from: " + std::to_string(samples.rows()) +
                              " rows, " + std::to_string(rises) + " rises and " +
                              std::to_string(falls) +
                              " falls; at least 60 rows with 10 of each are needed. Give more "
                              "or longer recordings.");
    }
    return {};
}

}  // namespace

std::vector<BoostSettings> default_trials(uint64_t seed) {
    BoostSettings small;
    small.depth = 2;
    small.rounds = 60;
    BoostSettings middle;
    BoostSettings large;
    large.depth = 4;
    large.rounds = 120;
    large.eta = 0.03;
    std::vector<BoostSettings> trials{small, middle, large};
    for (auto& trial : trials) {
        trial.seed = seed;
    }
    return trials;
}

base::Expected<Learned> learn(const Samples& samples, const std::vector<FeatureName>& features,
                              const LearnSettings& settings) {
    INVARIANT(!settings.trials.empty() && features.size() == samples.features);
    if (auto checked = check(samples); !checked) {
        return std::unexpected(checked.error());
    }
    const auto folds =
        purged_folds(samples.starts, samples.ends, settings.folds, settings.embargo_ns);
    Learned learned;
    learned.fold.assign(samples.rows(), 0);
    std::vector<double> base(samples.rows(), 0.0);
    for (std::size_t k = 0; k < folds.size(); ++k) {
        if (folds[k].train.size() < kRowsMin / 2) {
            return base::fail(base::ErrorKind::Invalid,
                              "after purging what overlaps nothing is left to learn from: give "
                              "more recordings");
        }
        learned.fold_payoffs.push_back(payoffs_of(samples, folds[k].train));
        const double fold_base = log_odds_of(base_rate_of(samples, folds[k].train));
        for (const auto i : folds[k].test) {
            learned.fold[i] = k;
            base[i] = fold_base;
        }
    }
    learned.base_loss = log_loss(base, samples.labels, samples.weights);
    std::vector<double> best;
    for (std::size_t t = 0; t < settings.trials.size(); ++t) {
        settings.progress("trial " + std::to_string(t + 1) + " of " +
                          std::to_string(settings.trials.size()) + ": " +
                          std::to_string(folds.size()) + " folds");
        auto margins = margins_of(samples, folds, settings.trials[t], settings.logistic_cost);
        if (!margins) {
            return std::unexpected(margins.error());
        }
        const auto log_odds = cross_calibrated(samples, folds, learned.fold, *margins);
        const double loss = log_loss(log_odds, samples.labels, samples.weights);
        if (learned.trial_losses.empty() || loss < learned.loss) {
            learned.loss = loss;
            learned.chosen = t;
            learned.log_odds = log_odds;
            best = std::move(*margins);
        }
        learned.trial_losses.push_back(loss);
    }
    settings.progress("the model on all rows");
    Rows all(samples.rows());
    std::iota(all.begin(), all.end(), std::size_t{0});
    auto made = fit(samples, all, settings.trials[learned.chosen], settings.logistic_cost);
    if (!made) {
        return std::unexpected(made.error());
    }
    learned.model = std::move(made->model);
    learned.trees_json = std::move(made->trees_json);
    learned.model.features = features;
    learned.model.calibrator = calibrate(samples, best, [](std::size_t) { return true; });
    learned.model.base_rate = base_rate_of(samples, all);
    learned.model.payoffs = payoffs_of(samples, all);
    describe_drift(samples, learned.model);
    return learned;
}

}  // namespace sauda::models
