#pragma once

#include "common/base/expected.h"
#include "common/domain/market_rules.h"

#include <string>

namespace sauda::market {

// The dated rules kept as CSV files in `directory` (deploy/market): underlyings, sessions,
// holidays, special_sessions, lots, expiries, freeze, ticks, charges, margins and protections.
// MarketRules::hash is of all their bytes. A missing file is NotFound; a bad cell, a row without a
// source, two rows of one key and date, or another list of underlyings than the program's own is
// Invalid, told by file, line and column.
base::Expected<domain::MarketRules> load_rules(const std::string& directory);

}  // namespace sauda::market
