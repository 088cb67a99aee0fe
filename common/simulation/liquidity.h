#pragma once

#include "common/simulation/listing.h"

namespace sauda::simulation {

// What is usual for an option of an expiry class at a distance from the forward. Measured on the
// NSE chain of 29 August 2025 (forward about 24,580, lot 75) and stated relative to it.
struct Usual {
    double spread = 0.0;         // of the forward
    double lots = 1.0;           // at the touch, median
    double open_interest = 0.0;  // lots
    double volume = 0.0;         // lots a day
    double quoted = 1.0;         // how often both sides exist
    double seconds = 1.0;        // between looks of its market maker, if nothing moves
};

// aside: (strike / forward - 1), positive out of the money for calls, its negative for puts.
Usual usual(Liquidity liquidity, double aside);

// Share of the day's volume that trades per unit of the day at `at` (0 open, 1 close); mean 1.
double volume_profile(double at);

// How much wider than usual the sides stand: after the open and before the close.
double spread_profile(double at);

}  // namespace sauda::simulation
