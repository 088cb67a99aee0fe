#pragma once

#include "common/domain/market_rules.h"
#include "common/market/masters/listed_contract.h"

namespace sauda::masters {

enum class CheckKind : uint8_t {
    LotDiffers,  // master and dated rules give an open contract different lots
    TickDiffers,
    FreezeDiffers,
    NoRule,           // the rules know no lot or tick for it
    ExpiryOnHoliday,  // the contract expires on a day the rules say is closed
    ExpiryUnplanned,  // the rules would put that expiry on another day
};
std::string_view to_text(CheckKind kind);

// One finding for all contracts of an underlying, expiry and kind of figure.
struct CheckFinding {
    CheckKind kind = CheckKind::LotDiffers;
    domain::Exchange exchange = domain::Exchange::Unspecified;
    domain::Underlying underlying = domain::Underlying::Unspecified;
    domain::Date expiry;
    domain::ContractKind of = domain::ContractKind::Unspecified;  // Future, Call (options)
    int64_t contracts = 0;
    std::string text;  // "lot 65 in the master, 75 in the rules"
};

// Holds a master against the dated rules of deploy/market on the master's own date. Spot indices
// are not checked. Sorted by kind, underlying, expiry.
std::vector<CheckFinding> check_against_rules(const Master& master,
                                              const domain::MarketRules& rules);

}  // namespace sauda::masters
