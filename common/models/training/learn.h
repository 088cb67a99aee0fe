#pragma once

#include "common/base/expected.h"
#include "common/models/model.h"
#include "common/models/samples.h"
#include "common/models/training/boosting.h"

#include <functional>

namespace sauda::models {

struct LearnSettings {
    std::size_t folds = 5;
    int64_t embargo_ns = 0;
    uint64_t seed = 1;
    std::vector<BoostSettings> trials;  // at least one; the best out of fold is taken
    double logistic_cost = 0.01;
    std::function<void(const std::string&)> progress = [](const std::string&) {};
};
// Three sizes of trees.
std::vector<BoostSettings> default_trials(uint64_t seed);

struct Learned {
    Model model;             // fitted on all rows
    std::string trees_json;  // XGBoost's file of its trees
    // Of each row, by a model and a calibrator that never saw it nor what overlaps it.
    std::vector<double> log_odds;
    std::vector<std::size_t> fold;      // which fold judged it
    std::vector<Payoffs> fold_payoffs;  // of that fold's training rows
    std::vector<double> trial_losses;   // out of fold, before the cross-fitted calibration
    std::size_t chosen = 0;
    double loss = 0.0;       // out of fold, nats
    double base_loss = 0.0;  // of saying the training rows' base rate each time
};

// Margins out of fold by purged, embargoed folds; one calibrator on them; then everything once
// more on all rows. Invalid: fewer than 60 rows, or fewer than 10 of an outcome, as a sentence.
base::Expected<Learned> learn(const Samples& samples, const std::vector<FeatureName>& features,
                              const LearnSettings& settings);

}  // namespace sauda::models
