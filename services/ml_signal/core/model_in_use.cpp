#include "services/ml_signal/core/model_in_use.h"

#include "services/ml_signal/core/rules.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sauda::ml_signal {

namespace {

using domain::Origin;

constexpr std::size_t kNamed = 5;
constexpr const char* kNoEdge = "the model's card found no edge: it only observes";

std::vector<domain::Contribution> largest(const models::Prediction& prediction,
                                          const FeatureRow& row) {
    std::vector<std::size_t> order(prediction.contributions.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::abs(prediction.contributions[a]) > std::abs(prediction.contributions[b]);
    });
    std::vector<domain::Contribution> named;
    for (std::size_t i = 0; i < std::min(kNamed, order.size()); ++i) {
        const std::size_t f = order[i];
        const bool is_known = std::isfinite(row[f]);
        named.push_back({std::string(feature_definitions()[f].name),
                         is_known ? millionths(static_cast<double>(row[f])) : domain::kValueUnknown,
                         millionths(prediction.contributions[f])});
    }
    return named;
}

std::vector<domain::MemberShare> shares_of(const models::Prediction& prediction) {
    double sizes = 0.0;
    for (const double part : prediction.members) {
        sizes += std::abs(part);
    }
    std::vector<domain::MemberShare> shares;
    for (std::size_t m = 0; m < models::kMembers; ++m) {
        const double part = prediction.members[m];
        shares.push_back({std::string(models::to_text(static_cast<models::Member>(m))),
                          millionths(part), sizes > 0.0 ? millionths(std::abs(part) / sizes) : 0});
    }
    return shares;
}

}  // namespace

std::string why_unfit(const ModelInUse& model, const ModelCircumstances& circumstances,
                      int age_max_days) {
    if (model.underlying != circumstances.underlying) {
        return "the model learned from " + std::string(to_text(model.underlying)) + ", this is " +
               std::string(to_text(circumstances.underlying));
    }
    if (model.origin != Origin::Real && circumstances.origin != Origin::Simulated) {
        return "the model learned from simulated data, this is real data";
    }
    if (model.lot != circumstances.lot) {
        return "the model learned from days with a lot of " + std::to_string(model.lot.raw()) +
               ", the lot now is " +
               (circumstances.lot.is_positive() ? std::to_string(circumstances.lot.raw())
                                                : std::string("unknown"));
    }
    const int age = circumstances.date.days - model.last_day.days;
    if (age <= 0) {
        return "the model learned from days up to " + domain::to_text(model.last_day) +
               ": of this day it would know the future";
    }
    if (age > age_max_days) {
        return "the model is " + std::to_string(age) + " days old, " +
               std::to_string(age_max_days) + " are allowed";
    }
    return "";
}

bool has_our_features(const models::Model& model) {
    const auto& ours = feature_definitions();
    return std::equal(model.features.begin(), model.features.end(), ours.begin(), ours.end(),
                      [](const auto& theirs, const auto& own) {
                          return theirs.name == own.name && theirs.group == own.group;
                      });
}

domain::Signal opinion_of(const ModelInUse& use, const FeatureRow& row) {
    const auto prediction = use.model->explain(row);
    const double p = prediction.probability;
    const auto& payoffs = use.model->payoffs;
    const double expected = p >= 0.5 ? payoffs.call(p) : payoffs.put(p);
    domain::Signal signal;
    signal.horizon = use.horizon;
    signal.origin = domain::SignalOrigin::Model;
    signal.model = use.name;
    signal.probability = millionths(p);
    signal.base_rate = millionths(use.model->base_rate);
    signal.score = 2 * signal.probability - 1'000'000;
    if (!use.has_edge) {
        signal.why_not = kNoEdge;
    } else if (expected > 0.0) {
        signal.confidence = std::max(signal.probability, 1'000'000 - signal.probability);
    }
    signal.contributions = largest(prediction, row);
    signal.members = shares_of(prediction);
    return signal;
}

}  // namespace sauda::ml_signal
