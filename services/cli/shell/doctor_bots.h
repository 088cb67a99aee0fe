#pragma once

#include "common/base/expected.h"
#include "services/strategy/core/config.h"

#include <map>
#include <string>

namespace sauda::cli {

// What each bot of a configuration does, in one line: "crossover (sma_crossover) buys a call ...;
// fast 9 bars, slow 30 bars, ..." with the parameters that are not at their initial value.
std::map<std::string, std::string> bot_words(const strategy::StrategyConfig& config);

// Every bot with every parameter, its value, range and meaning; and the kinds no bot uses.
std::string parameters_text(const strategy::StrategyConfig& config);

}  // namespace sauda::cli
