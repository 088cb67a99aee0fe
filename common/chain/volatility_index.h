#pragma once

#include "common/chain/chain_state.h"
#include "common/options/vix_index.h"

namespace sauda::chain {

// The expected volatility of the next 30 days in the manner of India VIX, from the two expiries
// around 30 days from now (of those with enough two-sided quotes; else the two nearest to it).
// The exchange's own index uses monthly expiries and its own rate, so the two differ by tenths.
struct VolatilityIndex {
    double points = 0.0;  // 13.25: 13.25 % a year
    domain::Date near;
    domain::Date next;
};
// nullopt: fewer than two usable expiries, or no variance.
std::optional<VolatilityIndex> volatility_index(const ChainState& state);

}  // namespace sauda::chain
