#pragma once

#include "common/base/rng.h"

#include <cstdint>
#include <vector>

namespace sauda::importer {

// An invented day of an index, one value per step: noise around a plan with a quiet opening, one
// trend, one reversal that gives most of it back, and one jump. Never further than 2.5 % from the
// open. The directions and sizes come from the generator of random numbers.
struct SpotPath {
    double open = 0.0;
    bool trend_is_up = false;
    std::vector<double> values;
};

// steps > 0; step_seconds: length of a step.
SpotPath spot_path(base::Rng& rng, int64_t steps, int64_t step_seconds);

}  // namespace sauda::importer
