#pragma once

#include "common/margin/conditions.h"

#include <optional>

namespace sauda::margin {

// The volatility that call and put of one strike near the money are priced with, annual, 1e-6,
// counted in the exchange's days (one more than the calendar says), so that a risk array made with
// it starts from the market's own price. For commodities whose own volatility is not in the rules.
// nullopt: a price is missing, or no volatility from 1 % to 500 % explains them.
std::optional<int64_t> straddle_volatility(domain::ContractId call, domain::Price call_price,
                                           domain::Price put_price, domain::Date today,
                                           int64_t rate);

}  // namespace sauda::margin
