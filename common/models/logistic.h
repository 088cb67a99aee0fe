#pragma once

#include "common/base/archive.h"

#include <span>
#include <vector>

namespace sauda::models {

// Logistic regression: margin = bias + sum of weight x z, where z = (x - mean) / deviation, cut to
// [-4, 4] so that no single freak value decides. A missing value (NaN) counts as the mean.
struct Logistic {
    std::vector<double> mean;
    std::vector<double> deviation;  // > 0
    std::vector<double> weight;
    double bias = 0.0;

    // Log-odds.
    [[nodiscard]] double margin(std::span<const float> row) const;
    // Adds weight x z of each feature to `out`: exact, for the mean row has z = 0 everywhere.
    void contributions(std::span<const float> row, std::span<double> out) const;
    [[nodiscard]] double expected() const { return bias; }
    // Every column of one length, deviations positive, all finite.
    [[nodiscard]] bool is_valid(std::size_t features) const;
    [[nodiscard]] double standardised(std::span<const float> row, std::size_t feature) const;
    SAUDA_FIELDS(mean, deviation, weight, bias)
};

}  // namespace sauda::models
