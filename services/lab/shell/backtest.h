#pragma once

#include "services/lab/shell/recordings.h"

#include <string>

namespace sauda::lab {

struct BacktestOptions {
    RecordingRange data;
    std::string config;
    std::string rules;
    std::string out;  // folder of the run; empty: the next var/lab/backtest-NNNN
    std::string var = "var";
    int64_t window_ms = 10;
    uint64_t trials = 1;  // configurations looked at so far, this one included
    bool is_quiet = false;
};

// Runs the recordings one after the other on one account, writes the run folder and prints where
// the report is. Exit code: 0; 1 when the books do not balance or a file cannot be written; 78 for
// what is asked wrongly.
int run_backtest(const BacktestOptions& options);

}  // namespace sauda::lab
