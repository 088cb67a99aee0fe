#pragma once

#include "common/domain/market_rules.h"

namespace sauda::margin {

// Which combined commodity a contract belongs to: everything on one underlying of one exchange.
using Commodity = std::pair<domain::Exchange, domain::Underlying>;
inline Commodity commodity_of(domain::ContractId contract) {
    return {contract.exchange(), contract.underlying()};
}

// All that the margin of one commodity depends on beside the positions.
struct Conditions {
    domain::Price underlying;  // of the spot, > 0
    domain::Date today;
    // Annual, 1e-6: the one figure the exchange prices every strike and expiry with. 0: unknown,
    // then the flat estimate stands in.
    int64_t volatility = 0;
    int64_t rate = 0;  // continuous a year, 1e-6
    domain::MarginParameters parameters;
    friend bool operator==(const Conditions&, const Conditions&) = default;
};

// One net position. mark: what a unit is worth; of a leg not yet traded, its limit.
struct MarginLeg {
    domain::ContractId contract;
    domain::Quantity net;  // signed units
    domain::Price mark;
};

}  // namespace sauda::margin
