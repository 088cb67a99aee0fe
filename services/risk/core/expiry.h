#pragma once

#include "common/domain/intent.h"
#include "common/domain/market_rules.h"
#include "services/risk/core/config.h"

#include <optional>

namespace sauda::risk {

// Until when an option that would become a future at its expiry (MCX) may be held: a while before
// the close of the trading day before. nullopt: the contract does not devolve, or it is allowed to.
std::optional<domain::Timestamp> devolving_until(const RiskConfig& config,
                                                 const domain::MarketRules& rules,
                                                 domain::ContractId contract);

// The square-off of an approved intent: as it asks, but not after any of its legs may be held.
// Not set where the plan sets none and execution's own square-off of today comes in time.
domain::Timestamp square_off_of(const RiskConfig& config, const domain::MarketRules& rules,
                                const domain::Intent& intent, domain::Date today);

}  // namespace sauda::risk
