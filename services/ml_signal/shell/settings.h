#pragma once

#include "common/settings/settings.h"
#include "services/ml_signal/core/ml_signal_core.h"

#include <string>

namespace sauda::ml_signal {

// [ml] of a configuration. Relative paths are relative to the configuration's folder.
struct MlSettings {
    std::string model;      // a model folder; empty: none
    int age_max_days = 45;  // of a model, since the last day it learned from
};
base::Expected<MlSettings> read_settings(const settings::Settings& settings,
                                         const std::string& config_path);

// The core's configuration with the model loaded and checked. A model that cannot be used is no
// failure: `refused` says why, and the rules go on alone.
MlSignalConfig load_config(const MlSettings& settings);

}  // namespace sauda::ml_signal
