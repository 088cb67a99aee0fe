#pragma once

#include "common/base/expected.h"
#include "common/simulation/simulation_options.h"

#include <string>
#include <vector>

namespace sauda::importer {

// The command line of sauda-simulate as it was typed.
struct SimulateWords {
    std::string date = "2026-11-23";
    uint64_t seed = 1;
    std::vector<std::string> underlyings{};  // empty: NIFTY and BANKNIFTY
    std::string day = "mixed";
    double volatility = 0.112;
    double open = 0.0;
    int updates = 2;
    int snapshot_seconds = 0;
    int strikes = 0;
    std::vector<std::string> faults{};
    bool is_quick = false;
    std::string after{};  // a simulated recording: its close is where this day starts
};

// Invalid: a sentence naming the word.
base::Expected<simulation::SimulationOptions> options_of(const SimulateWords& words);

}  // namespace sauda::importer
