#pragma once

#include "tests/bench/percentiles.h"
#include "tests/bench/system_run.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sauda::bench {

struct NullOptions {
    std::string folder;               // of sockets and databases; emptied first
    std::vector<std::string> quotes;  // payloads the source publishes, in turn
    std::vector<OrderRows> orders;    // rows and frames of real orders, in turn
    uint64_t frames = 4'000;
    int64_t pause_ns = 5'000'000;  // between two frames
};

// The least such a system can be: a source and three relays, processes joined by PUB/SUB. The
// first takes every quote frame and commits its journal row and cursor; every second quote makes an
// order: each relay commits the rows the real service committed and passes on the frames it sent,
// the third with FULL. Nothing is decoded, checked or decided. Quote published -> third committed.
Percentiles run_null_pipeline(const NullOptions& options);

}  // namespace sauda::bench
