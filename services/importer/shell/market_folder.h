#pragma once

#include "common/base/expected.h"
#include "common/domain/market_rules.h"

#include <string>

namespace sauda::importer {

// The exchange's dated rules: from `folder` if given, else from $SAUDA_MARKET, else from the first
// of deploy/market under the working directory, the program's folder and those above it, and
// ../share/sauda/market. NotFound names the places looked at.
base::Expected<domain::MarketRules> find_rules(const std::string& folder);

}  // namespace sauda::importer
