#pragma once

#include "common/service/program.h"
#include "common/summary/session_summary.h"

#include <functional>
#include <string>
#include <vector>

namespace sauda::recorder {

struct ReportFacts {
    uint64_t restarts = 0;
    uint64_t refused = 0;
    uint64_t duplicates = 0;
    uint64_t healed = 0;
};

struct RunReport {
    uint64_t hash = 0;   // of the run, computed from the recorded bytes
    std::string folder;  // where summary.txt, summary.json and trades.csv stand
    bool books_balance = false;
};

// Calls `use` for every message of the segments once, in the one order everybody uses: known time;
// market data before facts; round; stream; sequence. Fails when a stream has a hole, naming it.
base::Expected<void> for_each_message(const std::vector<std::string>& segments,
                                      domain::Duration window,
                                      const std::function<void(const domain::Message&)>& use);

// What a report leaves for the next: the fold so far and how many segments it took, so that an
// account that goes on from day to day is not read again from its beginning.
struct ReportState {
    uint64_t segments = 0;
    std::string fold;
};

// segments: all of the archive, in order; those `state` covers are not read again.
base::Expected<RunReport> write_report(const service::Ingredients& ingredients,
                                       const std::vector<std::string>& segments,
                                       const ReportFacts& facts, ReportState& state);

// Writes summary.txt, summary.json and trades.csv into <environment>/reports/<date> and points
// reports/latest at it. The lab writes its own with it.
base::Expected<RunReport> write_summary(const service::Environment& environment,
                                        const summary::SessionSummary& day, uint64_t hash,
                                        const ReportFacts& facts);

}  // namespace sauda::recorder
