#pragma once

#include <string>

namespace sauda::cli {

// Empty: found beside the program; today, or the last trading day before it; the next trading day;
// every underlying.
struct RulesOptions {
    std::string rules;    // folder of the dated rules
    std::string against;  // folder of an older copy, for diff
    std::string date;     // of show; "2025-08-29"
    std::string from;
    std::string to;
    std::string underlying;
};

// Print to stdout. 0, or 2 where an argument or a file is wrong (told on stderr); diff: 1 if
// something must be looked at before trading.
int rules_show(const RulesOptions& options);
int rules_diff(const RulesOptions& options);

}  // namespace sauda::cli
