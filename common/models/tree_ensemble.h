#pragma once

#include "common/base/expected.h"
#include "common/base/invariant.h"

#include <cstdint>
#include <span>
#include <vector>

namespace sauda::models {

// Boosted regression trees as XGBoost grew them, evaluated by our own code: the same sum of float
// leaves in the same order, so a margin equals XGBoost's to the bit, on every machine and without
// its library. A feature that is NaN takes the branch the tree learned for missing values.
struct Tree {
    std::vector<int32_t> left;  // -1: a leaf
    std::vector<int32_t> right;
    std::vector<int32_t> feature;
    std::vector<float> value;  // threshold of a split (x < value goes left), or what a leaf adds
    std::vector<uint8_t> default_left;
    std::vector<float> cover;  // weight of the training rows that came through; > 0
    [[nodiscard]] std::size_t size() const { return left.size(); }
};

inline constexpr int kTreeDepthMax = 16;

class TreeEnsemble {
 public:
    TreeEnsemble() = default;
    // Invalid: a node out of range, reached twice or never, too deep; a feature that is none of
    // `features`; a number that is not finite.
    static base::Expected<TreeEnsemble> build(std::vector<Tree> trees, std::size_t features);

    // row: one value for each feature. Log-odds.
    [[nodiscard]] float margin(std::span<const float> row) const;
    // Exact Shapley values of the trees (Lundberg, Erion, Lee 2018, path dependent): adds to
    // out[f] what feature f moved the margin by, so that margin = expected() + their sum.
    void contributions(std::span<const float> row, std::span<double> out) const;
    // Mean margin over the rows it was trained on.
    [[nodiscard]] double expected() const { return expected_; }
    [[nodiscard]] const std::vector<Tree>& trees() const { return trees_; }
    [[nodiscard]] std::size_t features() const { return features_; }

 private:
    std::vector<Tree> trees_;
    std::size_t features_ = 0;
    double expected_ = 0.0;
};

}  // namespace sauda::models
