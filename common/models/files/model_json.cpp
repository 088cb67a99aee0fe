#include "common/models/files/model_json.h"

#include "common/models/files/xgboost_json.h"

#include <nlohmann/json.hpp>

namespace sauda::models {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const FeatureBins& bins) { return {{"edges", bins.edges}, {"shares", bins.shares}}; }

FeatureBins bins_from(const Json& json) {
    FeatureBins bins;
    bins.edges = json.at("edges").get<std::vector<float>>();
    bins.shares = json.at("shares").get<std::array<double, kDriftBins>>();
    return bins;
}

Model read_model(const Json& json) {
    Model model;
    for (const auto& feature : json.at("features")) {
        model.features.push_back({feature.at("name"), feature.at("group")});
    }
    const auto& linear = json.at("logistic");
    linear.at("mean").get_to(model.logistic.mean);
    linear.at("deviation").get_to(model.logistic.deviation);
    linear.at("weight").get_to(model.logistic.weight);
    linear.at("bias").get_to(model.logistic.bias);
    const auto& members = json.at("members");
    model.weights = {members.at("trees"), members.at("logistic")};
    model.calibrator.slope = json.at("calibrator").at("slope");
    model.calibrator.offset = json.at("calibrator").at("offset");
    model.base_rate = json.at("base_rate");
    const auto& payoffs = json.at("payoffs");
    model.payoffs = {payoffs.at("call_if_rise"), payoffs.at("call_if_fall"),
                     payoffs.at("put_if_rise"), payoffs.at("put_if_fall")};
    for (const auto& bins : json.at("bins")) {
        model.bins.push_back(bins_from(bins));
    }
    json.at("groups").get_to(model.groups);
    json.at("usual_drift").get_to(model.usual_drift);
    return model;
}

}  // namespace

std::string model_text(const Model& model) {
    Json json;
    json["features"] = Json::array();
    for (const auto& feature : model.features) {
        json["features"].push_back({{"name", feature.name}, {"group", feature.group}});
    }
    json["members"] = {{"trees", model.weights[0]}, {"logistic", model.weights[1]}};
    json["calibrator"] = {{"slope", model.calibrator.slope}, {"offset", model.calibrator.offset}};
    json["base_rate"] = model.base_rate;
    json["payoffs"] = {{"call_if_rise", model.payoffs.call_if_rise},
                       {"call_if_fall", model.payoffs.call_if_fall},
                       {"put_if_rise", model.payoffs.put_if_rise},
                       {"put_if_fall", model.payoffs.put_if_fall}};
    json["logistic"] = {{"bias", model.logistic.bias},
                        {"weight", model.logistic.weight},
                        {"mean", model.logistic.mean},
                        {"deviation", model.logistic.deviation}};
    json["groups"] = model.groups;
    json["usual_drift"] = model.usual_drift;
    json["bins"] = Json::array();
    for (const auto& bins : model.bins) {
        json["bins"].push_back(json_of(bins));
    }
    return json.dump(1) + "\n";
}

base::Expected<Model> parse_model(std::string_view text, std::string_view trees_json) {
    try {
        Model model = read_model(Json::parse(text));
        auto trees = parse_xgboost(trees_json, model.features.size());
        if (!trees) {
            return std::unexpected(trees.error());
        }
        model.trees = std::move(*trees);
        if (const auto problem = model.problem(); !problem.empty()) {
            return base::fail(base::ErrorKind::Corrupt, "the model is damaged: " + problem);
        }
        return model;
    } catch (const std::exception& error) {
        return base::fail(base::ErrorKind::Corrupt,
                          std::string("the model cannot be read: ") + error.what());
    }
}

}  // namespace sauda::models
