#pragma once

#include "common/models/tree_ensemble.h"

#include <string_view>

namespace sauda::models {

// Reads a model as XGBoost 1.7 saves it in JSON: one output, binary:logistic, base score 0.5,
// numeric splits. Corrupt: anything else, with what is wrong.
base::Expected<TreeEnsemble> parse_xgboost(std::string_view json, std::size_t features);

}  // namespace sauda::models
