#pragma once

#include "common/domain/market_rules.h"

#include <optional>
#include <string>
#include <vector>

namespace sauda::cli {

// The same rules on two dates, or an old copy of them against the new one.
struct RulesView {
    const domain::MarketRules& rules;
    domain::Date date;
};

// `changes`: what will be different, a sentence each. `alerts`: what must be looked at before
// trading: a rule that no row gives, another lot of a contract that is open on both dates, a day
// whose hours are not known, a year without holidays.
struct RulesDiff {
    std::vector<std::string> changes;
    std::vector<std::string> alerts;
};
RulesDiff rules_diff(const RulesView& before, const RulesView& after,
                     std::optional<domain::Underlying> underlying);

std::string diff_text(const RulesDiff& diff, const RulesView& before, const RulesView& after);

// Lots of contracts open on both dates that differ; also the doctor's.
std::vector<std::string> changed_lots(const RulesView& before, const RulesView& after,
                                      domain::Underlying underlying);

}  // namespace sauda::cli
