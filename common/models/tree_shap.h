#pragma once

#include "common/models/tree_ensemble.h"

// What one tree says of one row. The tree has been checked by TreeEnsemble::build.
namespace sauda::models {

// Where the row goes from a split.
inline std::size_t next_node(const Tree& tree, std::size_t node, std::span<const float> row) {
    const float x = row[static_cast<std::size_t>(tree.feature[node])];
    const bool is_missing = x != x;
    const bool goes_left = is_missing ? tree.default_left[node] != 0 : x < tree.value[node];
    return static_cast<std::size_t>(goes_left ? tree.left[node] : tree.right[node]);
}

inline std::size_t leaf_of(const Tree& tree, std::span<const float> row) {
    std::size_t node = 0;
    while (tree.left[node] != -1) {
        node = next_node(tree, node, row);
    }
    return node;
}

// Mean of the leaves, weighted by cover from the leaves up.
double expected_value(const Tree& tree);

// Adds the Shapley values of the row's features to `out`.
void add_tree_shap(const Tree& tree, std::span<const float> row, std::span<double> out);

}  // namespace sauda::models
