#pragma once

#include "common/market/masters/master_check.h"
#include "common/market/masters/master_diff.h"
#include "services/instruments/shell/text.h"

namespace sauda::instruments {

struct DiffRequest {
    std::string before;  // a master file, or a loaded one: "angel-2026-08-15"
    std::string after;
    std::optional<base::Date> as_of;
    std::string folder;
};
// What changed between two masters. Code 3 if a lot or a token of an open contract did.
Answer diff(const DiffRequest& request);

struct CheckRequest {
    std::string folder;
    std::string rules;
    base::Date date;
};
// Holds the loaded masters against the dated rules and against each other. Code 3 if lots differ.
Answer check(const CheckRequest& request);

// Which masters are loaded.
Answer list(const std::string& folder);

// Alerts first, at most `shown` lines of each kind, two spaces before each.
std::string changes_text(const masters::Master& before, const masters::Master& after,
                         std::size_t shown);
// "lot differs: NIFTY options of Thu 25-Jun-2026, 29 contracts: lot 75 in the master, ..."
std::string finding_text(const masters::CheckFinding& finding);

}  // namespace sauda::instruments
