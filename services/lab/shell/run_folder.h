#pragma once

#include "services/lab/shell/backtest_figures.h"
#include "services/lab/shell/run_manifest.h"

#include <string>

namespace sauda::lab {

// The folder of the run: `wanted`, or the next <var>/lab/backtest-NNNN. Conflict: it holds a run
// already.
base::Expected<std::string> make_run_folder(const std::string& wanted, const std::string& var);

// manifest.json, summary.json, report.json, report.html, trades.csv and days.csv.
base::Expected<void> write_run(const std::string& folder, const BacktestFold& fold,
                               const BacktestFigures& figures, const RunManifest& manifest);

// What the terminal shows at the end, a few lines.
std::string result_text(const BacktestFigures& figures, const RunManifest& manifest,
                        bool books_balance);

}  // namespace sauda::lab
