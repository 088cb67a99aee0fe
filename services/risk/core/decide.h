#pragma once

#include "services/risk/core/checks.h"

namespace sauda::risk {

// The one answer to an intent: approved, reduced to what fits if only its quantity was too much,
// or denied with the first check that failed. id is the decision's.
domain::Decision decide_intent(const RiskConfig& config, const domain::MarketRules& rules,
                               const Market& market, const State& state,
                               const domain::Intent& intent, domain::Timestamp now, uint64_t id);

}  // namespace sauda::risk
