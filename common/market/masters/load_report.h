#pragma once

#include "common/market/masters/listed_contract.h"
#include "common/market/masters/row_reason.h"

#include <array>
#include <string>
#include <vector>

namespace sauda::masters {

// One broken row: where it stands, which field, and what is wrong with it.
struct RowProblem {
    RowReason reason = RowReason::Unreadable;
    std::string place;  // "FOBSEScripMaster.txt line 12" or "OpenAPIScripMaster.json row 12"
    std::string field;  // empty where the whole row is meant
    std::string text;   // "\"7x\" is not a lot, a whole number above 0"
};

// How reading one file went.
struct LoadReport {
    std::string file;
    std::string format;      // "Angel One scrip master"
    std::string as_of_from;  // where the date comes from: "its rows", "its name" ...
    int64_t rows = 0;
    int64_t understood = 0;
    std::array<int64_t, kRowReasons> counts{};
    std::vector<RowProblem> problems;  // the first few of each broken reason
    std::vector<std::string> notes;    // parts of the file that were not read, and why

    [[nodiscard]] int64_t count(RowReason reason) const {
        return counts[static_cast<std::size_t>(reason)];
    }
    [[nodiscard]] int64_t broken() const;
};

struct LoadedMaster {
    Master master;
    LoadReport report;
};

}  // namespace sauda::masters
