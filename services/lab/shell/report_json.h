#pragma once

#include "services/lab/shell/backtest_figures.h"
#include "services/lab/shell/run_manifest.h"

#include <string>

namespace sauda::lab {

struct ReportTexts {
    std::string summary;  // summary.json: manifest, money, metrics, breakdowns; indented
    std::string all;      // report.json: the same with days, trades and curve; one line
};

// Money is in whole paise, exact; ratios are fractions (0.01 = one per cent), null = unknown; times
// are seconds since 1970 UTC.
ReportTexts report_json(const BacktestFold& fold, const BacktestFigures& figures,
                        const RunManifest& manifest);

std::string manifest_text(const RunManifest& manifest);  // manifest.json

}  // namespace sauda::lab
