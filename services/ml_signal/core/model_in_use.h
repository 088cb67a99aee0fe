#pragma once

#include "common/domain/session.h"
#include "common/domain/signal.h"
#include "common/models/model.h"
#include "services/ml_signal/core/feature_list.h"

#include <memory>
#include <string>

namespace sauda::ml_signal {

// A model the shell loaded, with what its manifest says of it.
struct ModelInUse {
    std::shared_ptr<const models::Model> model;
    std::string name;
    domain::Origin origin = domain::Origin::Unspecified;
    domain::Underlying underlying = domain::Underlying::Unspecified;
    domain::Quantity lot;   // of the days it learned from
    domain::Date last_day;  // of them
    domain::Duration horizon;
    bool has_edge = false;  // its card's verdict
};

// The data a model is asked about. lot zero: not known.
struct ModelCircumstances {
    domain::Underlying underlying = domain::Underlying::Unspecified;
    domain::Origin origin = domain::Origin::Unspecified;
    domain::Quantity lot;
    domain::Date date;
};

// Why the model must not speak of this data, as words that go on from "rules only: "; empty if it
// may. A model of simulated data never speaks of data that is not simulated itself.
std::string why_unfit(const ModelInUse& model, const ModelCircumstances& circumstances,
                      int age_max_days);

// The features of the model are those this program makes, in order.
bool has_our_features(const models::Model& model);

// The signal's fields the model fills, beside id and bar.
domain::Signal opinion_of(const ModelInUse& model, const FeatureRow& row);

}  // namespace sauda::ml_signal
