#include "common/models/files/xgboost_json.h"
#include "common/models/training/boosting.h"
#include "common/models/training/linear.h"
#include "common/options/deterministic_math.h"
#include "tests/unit/common/models/planted.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <numeric>

namespace sauda::models {

namespace {

Matrix all_rows(const Samples& samples) {
    std::vector<std::size_t> rows(samples.rows());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    return matrix_of(samples, rows);
}

BoostSettings deep() {
    BoostSettings settings;
    settings.depth = 5;
    settings.rounds = 100;
    settings.cover = 1.0;
    return settings;
}

// A root on feature 0, its right child on feature 1.
Tree small_tree() {
    Tree tree;
    tree.left = {1, -1, 3, -1, -1};
    tree.right = {2, -1, 4, -1, -1};
    tree.feature = {0, 0, 1, 0, 0};
    tree.value = {0.5F, -1.0F, 0.0F, 2.0F, 4.0F};
    tree.default_left = {1, 0, 0, 0, 0};
    tree.cover = {10.0F, 4.0F, 6.0F, 3.0F, 3.0F};
    return tree;
}

// Shapley values by their definition, over all subsets of two features.
double value_of(const Tree& tree, std::span<const float> row, unsigned known, int32_t node = 0) {
    const auto i = static_cast<std::size_t>(node);
    if (tree.left[i] == -1) {
        return static_cast<double>(tree.value[i]);
    }
    const auto f = static_cast<std::size_t>(tree.feature[i]);
    if ((known >> f & 1U) != 0) {
        const bool left = row[f] < tree.value[i];
        return value_of(tree, row, known, left ? tree.left[i] : tree.right[i]);
    }
    const auto l = static_cast<std::size_t>(tree.left[i]);
    const auto r = static_cast<std::size_t>(tree.right[i]);
    const auto cover = static_cast<double>(tree.cover[i]);
    return value_of(tree, row, known, tree.left[i]) * static_cast<double>(tree.cover[l]) / cover +
           value_of(tree, row, known, tree.right[i]) * static_cast<double>(tree.cover[r]) / cover;
}

}  // namespace

TEST_CASE("our trees give XGBoost's own margins to the bit and its Shapley values") {
    const auto samples = test::planted_samples(20, 1.0, 5);
    const auto matrix = all_rows(samples);
    const auto json = train_trees(matrix, deep());
    REQUIRE(json);
    const auto trees = parse_xgboost(*json, samples.features);
    REQUIRE(trees);
    REQUIRE(trees->trees().size() == 100);
    const auto answer = ask_xgboost(*json, matrix);
    REQUIRE(answer);
    REQUIRE(answer->margins.size() == samples.rows());
    const std::size_t width = samples.features + 1;
    double worst = 0.0;
    for (std::size_t i = 0; i < samples.rows(); ++i) {
        REQUIRE(trees->margin(samples.row(i)) == answer->margins[i]);
        std::vector<double> own(samples.features, 0.0);
        trees->contributions(samples.row(i), own);
        double sum = trees->expected();
        for (std::size_t f = 0; f < samples.features; ++f) {
            sum += own[f];
            const auto theirs = static_cast<double>(answer->contributions[i * width + f]);
            worst = std::max(worst, std::abs(own[f] - theirs));
        }
        const auto bias = static_cast<double>(answer->contributions[i * width + width - 1]);
        worst = std::max(worst, std::abs(trees->expected() - bias));
        REQUIRE(sum == Approx(static_cast<double>(answer->margins[i])).margin(2e-6));
    }
    REQUIRE(worst < 1e-5);  // theirs are sums of floats
}

TEST_CASE("Shapley values of a small tree are those of the definition") {
    const auto trees = TreeEnsemble::build({small_tree()}, 2);
    REQUIRE(trees);
    REQUIRE(trees->expected() == Approx((-1.0 * 4 + 3.0 * 6) / 10.0));
    for (const auto& row : {std::vector<float>{0.1F, 1.0F}, std::vector<float>{0.9F, -1.0F},
                            std::vector<float>{0.9F, 1.0F}}) {
        std::vector<double> own(2, 0.0);
        trees->contributions(row, own);
        const auto& tree = trees->trees().front();
        const double none = value_of(tree, row, 0);
        const double first = value_of(tree, row, 1);
        const double second = value_of(tree, row, 2);
        const double both = value_of(tree, row, 3);
        REQUIRE(own[0] == Approx(0.5 * (first - none) + 0.5 * (both - second)).margin(1e-12));
        REQUIRE(own[1] == Approx(0.5 * (second - none) + 0.5 * (both - first)).margin(1e-12));
    }
}

TEST_CASE("a missing value takes the branch the tree learned for it") {
    const auto trees = TreeEnsemble::build({small_tree()}, 2);
    REQUIRE(trees);
    const float none = std::numeric_limits<float>::quiet_NaN();
    REQUIRE(trees->margin(std::vector<float>{none, 1.0F}) == -1.0F);
    REQUIRE(trees->margin(std::vector<float>{0.7F, none}) == 4.0F);
}

TEST_CASE("damaged trees are refused") {
    const auto refused = [](auto change) {
        auto tree = small_tree();
        change(tree);
        return !TreeEnsemble::build({tree}, 2).has_value();
    };
    REQUIRE_FALSE(refused([](Tree&) {}));
    REQUIRE(refused([](Tree& t) { t.left[2] = 0; }));     // a circle
    REQUIRE(refused([](Tree& t) { t.right[0] = 9; }));    // out of range
    REQUIRE(refused([](Tree& t) { t.right[0] = 1; }));    // twice, and others never
    REQUIRE(refused([](Tree& t) { t.feature[2] = 2; }));  // no such feature
    REQUIRE(refused([](Tree& t) { t.cover.pop_back(); }));
    REQUIRE(refused([](Tree& t) { t.cover[3] = 0.0F; }));
    REQUIRE(refused([](Tree& t) { t.value[1] = std::nanf(""); }));
    const auto json = train_trees(all_rows(test::planted_samples(4, 1.0, 5)), deep());
    REQUIRE(json);
    for (const std::size_t bytes : {std::size_t{0}, std::size_t{10}, json->size() / 2}) {
        REQUIRE_FALSE(parse_xgboost(json->substr(0, bytes), 8));
    }
    REQUIRE_FALSE(parse_xgboost(*json, 7));
}

TEST_CASE("the same rows give the same bytes, another seed others") {
    const auto matrix = all_rows(test::planted_samples(8, 1.0, 5));
    auto settings = deep();
    const auto first = train_trees(matrix, settings);
    REQUIRE(first);
    REQUIRE(*first == train_trees(matrix, settings).value());
    settings.seed = 2;
    REQUIRE(*first != train_trees(matrix, settings).value());
}

TEST_CASE("the logistic regression solves its own equations") {
    // With the penalty w^2 / 2 + C sum loss the gradient is zero: w = C sum (y - p) z.
    const auto samples = test::planted_samples(30, 1.0, 9);
    const auto matrix = all_rows(samples);
    const double cost = 0.02;
    const auto fit = train_logistic(matrix, cost);
    REQUIRE(fit.is_valid(samples.features));
    REQUIRE(fit.weight[0] > 0.2);
    for (std::size_t f = 0; f < samples.features; ++f) {
        double gradient = 0.0;
        for (std::size_t i = 0; i < samples.rows(); ++i) {
            const double p = 1.0 / (1.0 + std::exp(-fit.margin(samples.row(i))));
            gradient +=
                (static_cast<double>(samples.labels[i]) - p) * fit.standardised(samples.row(i), f);
        }
        REQUIRE(fit.weight[f] == Approx(cost * gradient).margin(2e-3));
    }
    std::vector<double> parts(samples.features, 0.0);
    fit.contributions(samples.row(7), parts);
    REQUIRE(std::accumulate(parts.begin(), parts.end(), fit.expected()) ==
            Approx(fit.margin(samples.row(7))).margin(1e-12));
    // The label met first must not turn the sign: rows in reverse say the same.
    auto reversed = matrix;
    for (std::size_t r = 0; r < matrix.rows; ++r) {
        const std::size_t from = matrix.rows - 1 - r;
        reversed.labels[r] = matrix.labels[from];
        std::copy_n(matrix.values.begin() + static_cast<long>(from * matrix.columns),
                    matrix.columns,
                    reversed.values.begin() + static_cast<long>(r * matrix.columns));
    }
    REQUIRE(train_logistic(reversed, cost).weight[0] == Approx(fit.weight[0]).margin(2e-3));
}

}  // namespace sauda::models
