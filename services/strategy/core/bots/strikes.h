#pragma once

#include "services/strategy/core/view.h"

#include <variant>

namespace sauda::strategy {

// What to buy: a contract with its limit (the ask plus slippage, on the tick) and quantity.
struct StrikeChoice {
    const domain::Quote* quote = nullptr;
    Price limit;
    Quantity quantity;
};
using StrikeResult = std::variant<StrikeChoice, domain::Reason>;

// The strike nearest to `forward` whose one-lot premium at the limit fits the account's position
// cap; as many lots as configured and as fit. The reason of a refusal names the cheapest one-lot
// premium and the cap.
StrikeResult affordable_strike(const View& view, Date expiry, domain::ContractKind kind,
                               Price forward);
// `offset` strikes out of the money (negative: in the money) from the one at the money.
StrikeResult offset_strike(const View& view, Date expiry, domain::ContractKind kind, Price forward,
                           int64_t offset);

}  // namespace sauda::strategy
