#pragma once

#include "common/base/archive.h"

#include <array>
#include <cstddef>

namespace sauda::indicators {

inline constexpr std::size_t kRegimes = 3;
inline constexpr std::size_t kRegimeFeatures = 2;

// Fixed numbers of a hidden Markov model; every probability above 0, every deviation above 0.
struct RegimeModel {
    using PerRegime = std::array<double, kRegimes>;
    using PerFeature = std::array<double, kRegimeFeatures>;
    PerRegime start{};
    std::array<PerRegime, kRegimes> transition{};  // [from][to], rows sum to 1
    std::array<PerFeature, kRegimes> mean{};
    std::array<PerFeature, kRegimes> deviation{};
    // Features are averages over many bars and repeat themselves: one counts as this share of an
    // independent observation, (0, 1]. Its log-likelihood is multiplied by it.
    double evidence = 1.0;
    SAUDA_FIELDS(start, transition, mean, deviation, evidence)
};

// Forward filter of the model: P(regime now | features so far), never the smoothed P(regime then |
// all features). Each push: p'[j] = sum over i of p[i] transition[i][j], then p[j] proportional to
// p'[j] x (normal density of the features in regime j)^evidence. The first push has p' = start.
// Deterministic: exp and log come from deterministic_math.h. State: three probabilities.
class RegimeFilter {
 public:
    explicit RegimeFilter(const RegimeModel& model);

    // Finite features.
    void push(const RegimeModel::PerFeature& features);

    [[nodiscard]] bool is_ready() const { return has_any_; }
    // They sum to 1; before the first push `start`.
    [[nodiscard]] const RegimeModel::PerRegime& probabilities() const { return probabilities_; }

    SAUDA_FIELDS(model_, log_scale_, probabilities_, has_any_)

 private:
    RegimeModel model_;
    RegimeModel::PerRegime log_scale_{};  // of each regime's density: - sum of log deviation
    RegimeModel::PerRegime probabilities_{};
    bool has_any_ = false;
};

}  // namespace sauda::indicators
