#pragma once

#include "common/models/model.h"

#include <string>
#include <string_view>

namespace sauda::models {

// Everything of a model but its trees, as JSON; the same model gives the same bytes.
std::string model_text(const Model& model);
// Corrupt: not what model_text writes, or it does not fit `trees_json` (XGBoost's own file).
base::Expected<Model> parse_model(std::string_view text, std::string_view trees_json);

}  // namespace sauda::models
