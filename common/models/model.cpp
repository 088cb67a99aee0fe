#include "common/models/model.h"

#include <algorithm>
#include <cmath>

namespace sauda::models {

namespace {

constexpr auto kTrees = static_cast<std::size_t>(Member::Trees);
constexpr auto kLogistic = static_cast<std::size_t>(Member::Logistic);

Prediction combine(const Model& model, double trees, double logistic) {
    const double of_trees = model.calibrator.slope * model.weights[kTrees];
    const double of_logistic = model.calibrator.slope * model.weights[kLogistic];
    Prediction prediction;
    prediction.base = model.calibrator.offset + of_trees * model.trees.expected() +
                      of_logistic * model.logistic.expected();
    prediction.members[kTrees] = of_trees * (trees - model.trees.expected());
    prediction.members[kLogistic] = of_logistic * (logistic - model.logistic.expected());
    prediction.log_odds =
        prediction.base + prediction.members[kTrees] + prediction.members[kLogistic];
    prediction.probability = probability_of(prediction.log_odds);
    return prediction;
}

}  // namespace

std::string_view to_text(Member member) {
    switch (member) {
        case Member::Trees:
            return "trees";
        case Member::Logistic:
            return "logistic";
    }
    return "";
}

double Model::margin(std::span<const float> row) const {
    return weights[kTrees] * static_cast<double>(trees.margin(row)) +
           weights[kLogistic] * logistic.margin(row);
}

Prediction Model::predict(std::span<const float> row) const {
    return combine(*this, static_cast<double>(trees.margin(row)), logistic.margin(row));
}

Prediction Model::explain(std::span<const float> row) const {
    auto prediction = predict(row);
    std::vector<double> of_trees(features.size(), 0.0);
    std::vector<double> of_logistic(features.size(), 0.0);
    trees.contributions(row, of_trees);
    logistic.contributions(row, of_logistic);
    prediction.contributions.resize(features.size());
    for (std::size_t f = 0; f < features.size(); ++f) {
        prediction.contributions[f] = calibrator.slope * (weights[kTrees] * of_trees[f] +
                                                          weights[kLogistic] * of_logistic[f]);
    }
    return prediction;
}

std::vector<std::size_t> Model::group_of_features() const {
    std::vector<std::size_t> found;
    for (const auto& feature : features) {
        const auto at = std::find(groups.begin(), groups.end(), feature.group);
        found.push_back(static_cast<std::size_t>(at - groups.begin()));
    }
    return found;
}

std::string Model::problem() const {
    if (features.empty()) {
        return "it names no features";
    }
    if (trees.features() != features.size() || !logistic.is_valid(features.size())) {
        return "its members were made for other features";
    }
    const bool is_weighted = std::isfinite(weights[0]) && std::isfinite(weights[1]) &&
                             weights[0] >= 0.0 && weights[1] >= 0.0 &&
                             std::abs(weights[0] + weights[1] - 1.0) < 1e-9;
    if (!is_weighted) {
        return "the weights of its members do not add up to 1";
    }
    if (!std::isfinite(calibrator.slope) || calibrator.slope < 0.0 ||
        !std::isfinite(calibrator.offset) || !(base_rate >= 0.0 && base_rate <= 1.0)) {
        return "its calibration is no calibration";
    }
    if (bins.size() != features.size() || usual_drift.size() != groups.size()) {
        return "its drift table is of another length";
    }
    for (const auto& feature : bins) {
        const bool has_shares = std::all_of(feature.shares.begin(), feature.shares.end(),
                                            [](double x) { return x > 0.0 && x <= 1.0; });
        if (feature.edges.size() > kDriftBins - 2 || !has_shares ||
            !std::is_sorted(feature.edges.begin(), feature.edges.end())) {
            return "its drift table is damaged";
        }
    }
    return "";
}

}  // namespace sauda::models
