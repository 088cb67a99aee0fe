#pragma once

#include "common/base/expected.h"
#include "common/domain/market_rules.h"

namespace sauda::market {

// What no single row can show: rules of different files that contradict each other. Names the
// files, the keys and the dates.
// - a phase that overlaps continuous trading of its market on any date;
// - a special session before the exchange's first usual one;
// - an underlying with options but without lot, tick or freeze; an exchange with such an underlying
//   but without charges, margin, protection or settlement rule.
base::Expected<void> check_rules(const domain::MarketRules& rules);

}  // namespace sauda::market
