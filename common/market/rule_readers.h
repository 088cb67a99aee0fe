#pragma once

#include "common/market/row_reader.h"

#include <functional>
#include <string>
#include <vector>

namespace sauda::market {

// What must not occur twice in a file, and whose rows stand in the order of their dates.
struct RuleKey {
    std::string what;  // "NSE option"
    domain::Date date;
    domain::Date second{};  // where one date is not enough
    friend auto operator<=>(const RuleKey&, const RuleKey&) = default;
};

// One file of the rules. `read` takes the cells of one row, all but the last column `source`, adds
// rows to the rules and returns their keys.
struct RuleFile {
    std::string name;
    std::vector<std::string> columns;  // without `source`
    std::function<std::vector<RuleKey>(RowReader&, domain::MarketRules&)> read;
};

// In the order they are read: a later file may be judged against an earlier one.
const std::vector<RuleFile>& rule_files();

constexpr uint16_t kUnderlyingNumberMax = 4095;  // 12 bits of a contract

}  // namespace sauda::market
