#include "common/models/tree_shap.h"

#include <array>

// Algorithm 2 of Lundberg, Erion and Lee, "Consistent individualized feature attribution for tree
// ensembles" (2018). The path carries, for each feature met, the share of all subsets that come
// this way without knowing it (zero) and with it (one), and the weights of subsets by size.
namespace sauda::models {

namespace {

struct Step {
    int32_t feature = -1;
    double zero = 0.0;
    double one = 0.0;
    double weight = 0.0;
};
// A path has the root's empty step and one for each feature met.
using Path = std::array<Step, kTreeDepthMax + 2>;

void extend(Path& path, std::size_t depth, double zero, double one, int32_t feature) {
    path[depth] = {feature, zero, one, depth == 0 ? 1.0 : 0.0};
    const auto d = static_cast<double>(depth);
    for (std::size_t i = depth; i-- > 0;) {
        const auto k = static_cast<double>(i);
        path[i + 1].weight += one * path[i].weight * (k + 1.0) / (d + 1.0);
        path[i].weight = zero * path[i].weight * (d - k) / (d + 1.0);
    }
}

// Takes step `index` out again, as if it had never been there.
void unwind(Path& path, std::size_t depth, std::size_t index) {
    const double one = path[index].one;
    const double zero = path[index].zero;
    const auto d = static_cast<double>(depth);
    double next = path[depth].weight;
    for (std::size_t i = depth; i-- > 0;) {
        const auto k = static_cast<double>(i);
        if (one != 0.0) {
            const double kept = path[i].weight;
            path[i].weight = next * (d + 1.0) / ((k + 1.0) * one);
            next = kept - path[i].weight * zero * (d - k) / (d + 1.0);
        } else {
            path[i].weight = path[i].weight * (d + 1.0) / (zero * (d - k));
        }
    }
    for (std::size_t i = index; i < depth; ++i) {
        path[i].feature = path[i + 1].feature;
        path[i].zero = path[i + 1].zero;
        path[i].one = path[i + 1].one;
    }
}

// Sum of the weights the path would have without step `index`.
double unwound_sum(const Path& path, std::size_t depth, std::size_t index) {
    const double one = path[index].one;
    const double zero = path[index].zero;
    const auto d = static_cast<double>(depth);
    double next = path[depth].weight;
    double total = 0.0;
    for (std::size_t i = depth; i-- > 0;) {
        const auto k = static_cast<double>(i);
        if (one != 0.0) {
            const double part = next * (d + 1.0) / ((k + 1.0) * one);
            total += part;
            next = path[i].weight - part * zero * ((d - k) / (d + 1.0));
        } else {
            total += path[i].weight / zero / ((d - k) / (d + 1.0));
        }
    }
    return total;
}

struct Walk {
    const Tree& tree;
    std::span<const float> row;
    std::span<double> out;

    // By value: each branch goes on with a path of its own.
    void visit(std::size_t node, std::size_t depth, Path path, double zero, double one,
               int32_t feature) {
        extend(path, depth, zero, one, feature);
        if (tree.left[node] == -1) {
            const auto leaf = static_cast<double>(tree.value[node]);
            for (std::size_t i = 1; i <= depth; ++i) {
                const double weight = unwound_sum(path, depth, i);
                out[static_cast<std::size_t>(path[i].feature)] +=
                    weight * (path[i].one - path[i].zero) * leaf;
            }
            return;
        }
        const auto hot = next_node(tree, node, row);
        const auto left = static_cast<std::size_t>(tree.left[node]);
        const auto right = static_cast<std::size_t>(tree.right[node]);
        const auto cold = hot == left ? right : left;
        const auto cover = static_cast<double>(tree.cover[node]);
        double before_zero = 1.0;
        double before_one = 1.0;
        std::size_t at = 0;
        while (at <= depth && path[at].feature != tree.feature[node]) {
            ++at;
        }
        if (at <= depth) {  // met above: it counts once
            before_zero = path[at].zero;
            before_one = path[at].one;
            unwind(path, depth, at);
            --depth;
        }
        visit(hot, depth + 1, path, static_cast<double>(tree.cover[hot]) / cover * before_zero,
              before_one, tree.feature[node]);
        visit(cold, depth + 1, path, static_cast<double>(tree.cover[cold]) / cover * before_zero,
              0.0, tree.feature[node]);
    }
};

double mean_below(const Tree& tree, std::size_t node) {
    if (tree.left[node] == -1) {
        return static_cast<double>(tree.value[node]);
    }
    const auto left = static_cast<std::size_t>(tree.left[node]);
    const auto right = static_cast<std::size_t>(tree.right[node]);
    return (mean_below(tree, left) * static_cast<double>(tree.cover[left]) +
            mean_below(tree, right) * static_cast<double>(tree.cover[right])) /
           static_cast<double>(tree.cover[node]);
}

}  // namespace

double expected_value(const Tree& tree) { return mean_below(tree, 0); }

void add_tree_shap(const Tree& tree, std::span<const float> row, std::span<double> out) {
    Walk{tree, row, out}.visit(0, 0, Path{}, 1.0, 1.0, -1);
}

}  // namespace sauda::models
