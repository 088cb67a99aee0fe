#pragma once

#include "common/domain/market_rules.h"

#include <optional>
#include <string>
#include <vector>

namespace sauda::cli {

// One rule of one day in words. Two facts of the same subject and name can be compared.
struct RuleFact {
    std::string subject;  // "NSE", "NIFTY"
    std::string name;     // "trading", "lot"
    std::string value;    // "75 units"
    std::string source;
    bool is_known = true;  // false: no row says it
};

// Of every exchange and underlying with options, or of one underlying and its exchange.
std::vector<RuleFact> rule_facts(const domain::MarketRules& rules, domain::Date date,
                                 std::optional<domain::Underlying> underlying);

// The facts as a page with their sources.
std::string rules_page(const domain::MarketRules& rules, domain::Date date,
                       std::optional<domain::Underlying> underlying);

// Expiries the rules schedule on or after `date`, at most `most`.
std::vector<domain::Date> expiries_from(const domain::MarketRules& rules,
                                        domain::Underlying underlying, domain::Date date,
                                        std::size_t most);

}  // namespace sauda::cli
