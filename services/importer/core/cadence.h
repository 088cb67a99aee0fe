#pragma once

#include "common/base/timestamp.h"

#include <vector>

namespace sauda::importer {

using base::Duration;
using base::Timestamp;

// How often a source spoke.
struct Cadence {
    struct Gap {
        Timestamp from;
        Timestamp to;
    };
    Duration median;       // zero with fewer than two stamps
    Duration p95;          // nearest rank
    Duration declared;     // median rounded to the second, at least 1 s; zero with fewer than two
    Duration stale_limit;  // 3 x declared, at least 3 s
    Duration longest;
    std::vector<Gap> gaps;  // longer than stale_limit, in time order
};

// stamps: ascending. declared: what the source says of itself; zero takes the median.
Cadence cadence_of(const std::vector<Timestamp>& stamps, Duration declared = {});

}  // namespace sauda::importer
