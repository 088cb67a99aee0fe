#pragma once

#include "common/domain/market_rules.h"
#include "common/margin/flat_margin.h"
#include "services/risk/core/market.h"
#include "services/risk/core/state.h"

#include <vector>

namespace sauda::risk {

// Money of an account now. equity = capital + realised + unrealised - charges.
struct Figures {
    domain::Money capital;  // deposits
    domain::Money realised;
    domain::Money unrealised;  // at the closing side
    domain::Money charges;
    domain::Money equity;
};
Figures figures_of(const State& state, const Market& market, const std::string& account);

// What the estimate of margin needs beside the legs. A view; the caller keeps what it refers to.
struct MarginView {
    const State& state;
    const Market& market;
    const domain::MarketRules& rules;
    domain::Date today;
};

// Margin of legs that stand together, by the flat estimate; legs of several underlyings add up.
// `forward` is used where the market tells no underlying price.
domain::Money margin_of(const MarginView& view, const std::vector<margin::MarginLeg>& legs,
                        domain::Price forward);
// The largest margin on the way in: over every prefix of the legs, hedges first. Bought legs at
// their limit, the most they can cost.
domain::Money margin_of_entry(const MarginView& view, const domain::Intent& intent);
// What an account's positions and approved groups hold. A group counts by its reservation until
// all its legs are in, then by its positions; never by less than its positions.
domain::Money margin_used(const MarginView& view, const std::string& account);
// The same for the positions that are left on `date`.
domain::Money margin_on(const MarginView& view, const std::string& account, domain::Date date);

int64_t open_groups(const State& state, const std::string& account);

// Quantity an order of `side` may still close of a group's position: what is open less working
// exits and exits just approved. The latter stop counting after kExitHandover.
domain::Quantity closable(const State& state, const std::string& account, uint64_t group,
                          domain::ContractId contract, domain::Side side, domain::Timestamp now);

}  // namespace sauda::risk
