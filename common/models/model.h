#pragma once

#include "common/models/calibrator.h"
#include "common/models/drift.h"
#include "common/models/logistic.h"
#include "common/models/tree_ensemble.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace sauda::models {

// A feature by name, and the group it is watched for drift with.
struct FeatureName {
    std::string name;
    std::string group;
    friend bool operator==(const FeatureName&, const FeatureName&) = default;
    SAUDA_FIELDS(name, group)
};

// What a trade of one lot came to on average, net, in rupees: of the long call and the long put,
// when the rise paid better and when the fall did. A probability becomes an expectation by it.
struct Payoffs {
    double call_if_rise = 0.0;
    double call_if_fall = 0.0;
    double put_if_rise = 0.0;
    double put_if_fall = 0.0;
    [[nodiscard]] double call(double p) const {
        return p * call_if_rise + (1.0 - p) * call_if_fall;
    }
    [[nodiscard]] double put(double p) const { return p * put_if_rise + (1.0 - p) * put_if_fall; }
    SAUDA_FIELDS(call_if_rise, call_if_fall, put_if_rise, put_if_fall)
};

enum class Member : std::size_t { Trees = 0, Logistic = 1 };
inline constexpr std::size_t kMembers = 2;
std::string_view to_text(Member member);  // "trees", "logistic"

struct Prediction {
    double log_odds = 0.0;                   // calibrated
    double probability = 0.5;                // that the rise pays better
    std::array<double, kMembers> members{};  // parts of log_odds beyond `base`
    double base = 0.0;  // log_odds = base + sum of members = base + sum of contributions
    std::vector<double> contributions;  // by feature, in log-odds; empty unless asked for
};

// Trees and a logistic regression, stacked by fixed weights, with one calibrator. A value: the
// same row gives the same bits everywhere, and nothing is read, waited for or allocated but the
// answer.
struct Model {
    std::vector<FeatureName> features;
    TreeEnsemble trees;
    Logistic logistic;
    std::array<double, kMembers> weights{0.5, 0.5};  // of the margins, >= 0, their sum 1
    Calibrator calibrator;
    double base_rate = 0.5;
    Payoffs payoffs;
    std::vector<FeatureBins> bins;    // by feature
    std::vector<std::string> groups;  // watched for drift
    std::vector<double> usual_drift;  // by group, the largest of the training days

    // Sum of the weighted margins, before the calibrator.
    [[nodiscard]] double margin(std::span<const float> row) const;
    [[nodiscard]] Prediction predict(std::span<const float> row) const;  // no contributions
    [[nodiscard]] Prediction explain(std::span<const float> row) const;
    // groups.size() for a feature whose group is not watched.
    [[nodiscard]] std::vector<std::size_t> group_of_features() const;
    // Everything fits together; otherwise what does not, as a sentence.
    [[nodiscard]] std::string problem() const;
};

}  // namespace sauda::models
