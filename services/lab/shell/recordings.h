#pragma once

#include "common/base/expected.h"
#include "common/domain/market_rules.h"
#include "common/recording/source_description.h"

#include <string>
#include <vector>

namespace sauda::lab {

// One recording of a backtest, as its metadata tell.
struct Recording {
    std::string path;
    uint64_t bytes = 0;
    recording::SourceDescription source;
    bool is_complete = true;  // ended in order
    std::string damage;       // of a torn file: what is missing
};

struct RecordingRange {
    std::vector<std::string> files;  // or a folder and dates:
    std::string folder;
    std::string from;  // "2026-11-23", both inclusive; empty: no bound
    std::string to;
};

// The recordings in order of their dates. Invalid or NotFound, as a sentence that says what to do:
// neither or both of files and folder, no date, a range without a recording, a file that is none,
// two recordings of one date, an underlying the configuration does not name.
base::Expected<std::vector<Recording>> find_recordings(
    const RecordingRange& range, const std::vector<domain::Underlying>& underlyings);

// Trading days between the first and the last recording that have none.
std::vector<domain::Date> missing_days(const std::vector<Recording>& recordings,
                                       const domain::MarketRules& rules);

}  // namespace sauda::lab
