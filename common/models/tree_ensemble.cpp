#include "common/models/tree_ensemble.h"

#include "common/models/tree_shap.h"

#include <cmath>
#include <string>

namespace sauda::models {

namespace {

bool has_one_size(const Tree& tree) {
    const auto n = tree.size();
    return n > 0 && tree.right.size() == n && tree.feature.size() == n && tree.value.size() == n &&
           tree.default_left.size() == n && tree.cover.size() == n;
}

// Walks from the root: every node is reached exactly once and nothing is out of range.
std::string problem_of(const Tree& tree, std::size_t features) {
    if (!has_one_size(tree)) {
        return "its columns differ in length";
    }
    const auto count = static_cast<int32_t>(tree.size());
    std::vector<uint8_t> seen(tree.size(), 0);
    std::vector<std::pair<int32_t, int>> open{{0, 0}};
    std::size_t reached = 0;
    while (!open.empty()) {
        const auto [node, depth] = open.back();
        open.pop_back();
        if (node < 0 || node >= count || depth > kTreeDepthMax) {
            return "a node is out of range";
        }
        const auto i = static_cast<std::size_t>(node);
        if (seen[i] != 0) {
            return "a node is reached twice";
        }
        seen[i] = 1;
        ++reached;
        if (!std::isfinite(tree.value[i]) || !std::isfinite(tree.cover[i]) ||
            !(tree.cover[i] > 0.0F)) {
            return "a number is not finite, or a cover is zero";
        }
        if (tree.left[i] == -1) {
            continue;
        }
        if (tree.feature[i] < 0 || static_cast<std::size_t>(tree.feature[i]) >= features) {
            return "it asks for a feature that does not exist";
        }
        open.emplace_back(tree.left[i], depth + 1);
        open.emplace_back(tree.right[i], depth + 1);
    }
    return reached == tree.size() ? "" : "a node is never reached";
}

}  // namespace

base::Expected<TreeEnsemble> TreeEnsemble::build(std::vector<Tree> trees, std::size_t features) {
    TreeEnsemble ensemble;
    for (std::size_t t = 0; t < trees.size(); ++t) {
        if (const auto problem = problem_of(trees[t], features); !problem.empty()) {
            return base::fail(base::ErrorKind::Invalid,
                              "tree " + std::to_string(t + 1) + " is damaged: " + problem);
        }
        ensemble.expected_ += expected_value(trees[t]);
    }
    ensemble.trees_ = std::move(trees);
    ensemble.features_ = features;
    return ensemble;
}

float TreeEnsemble::margin(std::span<const float> row) const {
    INVARIANT(row.size() == features_);
    float sum = 0.0F;
    for (const auto& tree : trees_) {
        sum += tree.value[leaf_of(tree, row)];
    }
    return sum;
}

void TreeEnsemble::contributions(std::span<const float> row, std::span<double> out) const {
    INVARIANT(row.size() == features_ && out.size() == features_);
    for (const auto& tree : trees_) {
        add_tree_shap(tree, row, out);
    }
}

}  // namespace sauda::models
