#pragma once

#include "services/risk/core/request.h"

#include <optional>
#include <span>
#include <vector>

namespace sauda::risk {

// Which orders a check may refuse. Exits are sacred: what is not marked for them never stops one.
enum class Applies : uint8_t { Open, Reduce, Both };

// What a check saw. `more` names what the two figures leave open (the contract, the capital).
struct Outcome {
    int64_t value = 0;
    int64_t limit = 0;
    domain::Unit unit = domain::Unit::Count;
    bool passed = false;
    bool estimated = false;
    std::vector<domain::Number> more;
};
using MaybeOutcome = std::optional<Outcome>;

// One row of the table of checks.
struct Check {
    domain::ReasonCode code;  // the reason it denies with
    Applies applies;
    bool is_by_quantity;                  // a smaller quantity could pass it
    const char* value_name;               // of the first number of its reason
    const char* what;                     // what must hold, for people
    MaybeOutcome (*run)(const Request&);  // nullopt: cannot be made, or has no object
};

// Every check of risk, in the order they are made.
std::span<const Check> all_checks();
bool applies_to(const Check& check, domain::Purpose purpose);

struct CheckRun {
    std::vector<domain::CheckResult> results;  // in the order made
    domain::Reason reason;                     // of the first that failed
    bool passed = true;
    bool is_only_quantity = true;  // nothing but quantity failed
};
CheckRun run_checks(const Request& request);

}  // namespace sauda::risk
