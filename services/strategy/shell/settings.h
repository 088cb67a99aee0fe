#pragma once

#include "common/settings/settings.h"
#include "services/strategy/core/config.h"

namespace sauda::strategy {

// Reads [[bot]], [accounts.*] and [strategy]. Names a bot, kind or parameter that is wrong.
base::Expected<StrategyConfig> read_settings(const settings::Settings& settings);

}  // namespace sauda::strategy
