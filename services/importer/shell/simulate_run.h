#pragma once

#include "common/base/expected.h"
#include "common/recording/source_description.h"
#include "common/simulation/simulated_exchange.h"

#include <functional>
#include <string>
#include <vector>

namespace sauda::importer {

struct SimulateResult {
    std::vector<simulation::SimulatedExchange::Index> indices;
    std::vector<simulation::Fault> faults;
    recording::SourceDescription source;
    std::string output;
    uint64_t output_bytes = 0;
};

// Writes a day of the simulated exchange as a recording of simulated origin. Same rules and
// options: the same bytes. Conflict: the output exists and `replace` is false.
// progress: share of the day done, 0 to 1; may be empty.
base::Expected<SimulateResult> simulate_recording(const domain::MarketRules& rules,
                                                  const simulation::SimulationOptions& options,
                                                  const std::string& output, bool replace,
                                                  const std::function<void(double)>& progress);
std::string summary_text(const SimulateResult& result);

// `days` trading days from options.date on, each starting where the one before closed, as
// FOLDER/YYYY-MM-DD.mcap. day_done after each.
base::Expected<std::vector<SimulateResult>> simulate_days(
    const domain::MarketRules& rules, simulation::SimulationOptions options, int days,
    const std::string& folder, bool replace,
    const std::function<void(const SimulateResult&)>& day_done);

}  // namespace sauda::importer
