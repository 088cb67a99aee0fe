#pragma once

#include "common/base/expected.h"
#include "common/domain/market_rules.h"

#include <vector>

namespace sauda::simulation {

// How much an expiry is traded: what its spreads, sizes, volume and open interest are drawn from.
enum class Liquidity : uint8_t {
    NearWeekly = 0,
    SecondWeekly = 1,
    ThirdWeekly = 2,
    FourthWeekly = 3,
    NearMonthly = 4,
    SecondMonthly = 5,
    ThirdMonthly = 6,
    LongDated = 7,
};
inline constexpr int kLiquidityClasses = 8;

struct ListedExpiry {
    domain::Date expiry;
    Liquidity liquidity = Liquidity::NearWeekly;
    bool has_future = false;
    std::vector<int64_t> strikes;  // rupees, ascending
};

// What the exchange lists of an index on a date, by the dated expiry rules: the next four weeklies,
// three monthlies (with futures), quarterlies and half-yearlies for five years; strikes every 50
// (NIFTY) or 100 points around `spot`, wider steps far away. Invalid: no expiry rule.
base::Expected<std::vector<ListedExpiry>> list_expiries(const domain::MarketRules& rules,
                                                        domain::Underlying underlying,
                                                        domain::Date date, double spot);

}  // namespace sauda::simulation
