#pragma once

#include "common/domain/market_rules.h"
#include "common/market/search/query.h"

namespace sauda::instruments {

// What the dated rules can tell without a master: spot, the futures and options of the next
// expiries they plan, options at the strikes that are asked for. Whether anybody lists them is
// unknown.
std::vector<domain::ContractId> planned_contracts(const domain::MarketRules& rules,
                                                  const search::ParsedQuery& query,
                                                  domain::Date today);

}  // namespace sauda::instruments
