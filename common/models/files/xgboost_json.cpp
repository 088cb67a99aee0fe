#include "common/models/files/xgboost_json.h"

#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>

namespace sauda::models {

namespace {

using Json = nlohmann::json;

float number_of(const Json& json) {
    return json.is_string() ? std::stof(json.get<std::string>()) : json.get<float>();
}

Tree read_tree(const Json& json) {
    Tree tree;
    tree.left = json.at("left_children").get<std::vector<int32_t>>();
    tree.right = json.at("right_children").get<std::vector<int32_t>>();
    tree.feature = json.at("split_indices").get<std::vector<int32_t>>();
    tree.value = json.at("split_conditions").get<std::vector<float>>();
    tree.cover = json.at("sum_hessian").get<std::vector<float>>();
    for (const auto& flag : json.at("default_left")) {
        const bool is_left = flag.is_boolean() ? flag.get<bool>() : flag.get<int>() != 0;
        tree.default_left.push_back(is_left ? 1 : 0);
    }
    for (const auto& kind : json.at("split_type")) {
        if (kind.get<int>() != 0) {
            throw std::runtime_error("it has splits by category");
        }
    }
    return tree;
}

}  // namespace

base::Expected<TreeEnsemble> parse_xgboost(std::string_view json, std::size_t features) {
    try {
        const auto learner = Json::parse(json).at("learner");
        const auto& parameters = learner.at("learner_model_param");
        if (learner.at("objective").at("name") != "binary:logistic" ||
            number_of(parameters.at("base_score")) != 0.5F) {
            return base::fail(base::ErrorKind::Corrupt,
                              "the trees are not of binary:logistic with a base score of 0.5");
        }
        if (number_of(parameters.at("num_feature")) != static_cast<float>(features)) {
            return base::fail(base::ErrorKind::Corrupt, "the trees were made for other features");
        }
        std::vector<Tree> trees;
        for (const auto& tree : learner.at("gradient_booster").at("model").at("trees")) {
            trees.push_back(read_tree(tree));
        }
        auto built = TreeEnsemble::build(std::move(trees), features);
        if (!built) {
            return base::fail(base::ErrorKind::Corrupt, built.error().text);
        }
        return built;
    } catch (const std::exception& error) {
        return base::fail(base::ErrorKind::Corrupt,
                          std::string("the trees cannot be read: ") + error.what());
    }
}

}  // namespace sauda::models
