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

}  // namespace sauda::importer
