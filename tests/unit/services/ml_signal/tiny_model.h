#pragma once

#include "services/ml_signal/core/model_in_use.h"

namespace sauda::test {

// One tree on the 5-minute move (0.6 above zero, -0.6 below), a logistic regression on the RSI.
inline models::Model tiny_model() {
    using namespace ml_signal;
    models::Model model;
    for (const auto& feature : feature_definitions()) {
        model.features.push_back({std::string(feature.name), std::string(feature.group)});
    }
    models::Tree tree;
    tree.left = {1, -1, -1};
    tree.right = {2, -1, -1};
    tree.feature = {static_cast<int32_t>(kMove5), 0, 0};
    tree.value = {0.0F, -0.6F, 0.6F};
    tree.default_left = {1, 0, 0};
    tree.cover = {2.0F, 1.0F, 1.0F};
    model.trees = models::TreeEnsemble::build({tree}, kModelFeatures).value();
    model.logistic.mean.assign(kModelFeatures, 0.0);
    model.logistic.deviation.assign(kModelFeatures, 1.0);
    model.logistic.weight.assign(kModelFeatures, 0.0);
    model.logistic.mean[kRsi] = 50.0;
    model.logistic.deviation[kRsi] = 20.0;
    model.logistic.weight[kRsi] = 0.4;
    model.calibrator = {2.0, 0.1};
    model.base_rate = 0.48;
    model.payoffs = {600.0, -800.0, -800.0, 600.0};
    for (std::size_t f = 0; f < kModelFeatures; ++f) {
        model.bins.push_back(models::bins_of({-2.0F, -1.0F, 0.0F, 1.0F, 2.0F}));
    }
    model.groups = {"momentum", "premium"};
    model.usual_drift = {0.1, 0.1};
    return model;
}

inline ml_signal::ModelInUse tiny_use() {
    ml_signal::ModelInUse use;
    use.model = std::make_shared<const models::Model>(tiny_model());
    use.name = "nifty-0123456789abcdef";
    use.origin = domain::Origin::Simulated;
    use.underlying = domain::Underlying::NIFTY;
    use.lot = base::units(65);
    use.last_day = base::date_of(2026, 11, 17);
    use.horizon = base::minutes(30);
    use.has_edge = true;
    return use;
}

}  // namespace sauda::test
