#pragma once

#include "common/settings/settings.h"
#include "services/risk/core/config.h"

namespace sauda::risk {

// Reads [accounts.*], [risk] and the names of [[bot]]; defaults are those of config.h.
base::Expected<RiskConfig> read_settings(const settings::Settings& settings);

}  // namespace sauda::risk
