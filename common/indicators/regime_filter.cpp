#include "common/indicators/regime_filter.h"

#include "common/options/deterministic_math.h"

#include <algorithm>

namespace sauda::indicators {

RegimeFilter::RegimeFilter(const RegimeModel& model) : model_(model), probabilities_(model.start) {
    INVARIANT(model.evidence > 0.0 && model.evidence <= 1.0);
    for (std::size_t j = 0; j < kRegimes; ++j) {
        INVARIANT(model.start[j] > 0.0);
        for (std::size_t i = 0; i < kRegimes; ++i) {
            INVARIANT(model.transition[i][j] > 0.0);
        }
        for (const double deviation : model.deviation[j]) {
            INVARIANT(deviation > 0.0);
            log_scale_[j] -= options::log_of(deviation);
        }
    }
}

void RegimeFilter::push(const RegimeModel::PerFeature& features) {
    RegimeModel::PerRegime predicted = probabilities_;
    RegimeModel::PerRegime likelihood{};
    for (std::size_t j = 0; j < kRegimes; ++j) {
        if (has_any_) {
            predicted[j] = 0.0;
            for (std::size_t i = 0; i < kRegimes; ++i) {
                predicted[j] += probabilities_[i] * model_.transition[i][j];
            }
        }
        double log_density = log_scale_[j];
        for (std::size_t k = 0; k < kRegimeFeatures; ++k) {
            const double z = (features[k] - model_.mean[j][k]) / model_.deviation[j][k];
            log_density -= 0.5 * z * z;
        }
        likelihood[j] = model_.evidence * log_density;
    }
    // The likeliest regime gets factor 1, so the sum cannot vanish.
    const double best = *std::max_element(likelihood.begin(), likelihood.end());
    double sum = 0.0;
    for (std::size_t j = 0; j < kRegimes; ++j) {
        probabilities_[j] = predicted[j] * options::exp_of(likelihood[j] - best);
        sum += probabilities_[j];
    }
    for (auto& probability : probabilities_) {
        probability /= sum;
    }
    has_any_ = true;
}

}  // namespace sauda::indicators
