#pragma once

#include "services/risk/core/market.h"
#include "services/risk/core/state.h"

#include <string>

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

int64_t open_groups(const State& state, const std::string& account);

// Quantity an order of `side` may still close of a group's position: what is open less working
// exits and exits just approved. The latter stop counting after kExitHandover.
domain::Quantity closable(const State& state, const std::string& account, uint64_t group,
                          domain::ContractId contract, domain::Side side, domain::Timestamp now);

}  // namespace sauda::risk
