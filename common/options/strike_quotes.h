#pragma once

#include <span>

namespace sauda::options {

// The best bid and ask of the call and the put of one strike, rupees per unit. Zero: nobody there.
struct StrikeQuotes {
    double strike = 0.0;
    double call_bid = 0.0;
    double call_ask = 0.0;
    double put_bid = 0.0;
    double put_ask = 0.0;
};

// The quotes of one expiry, a view: the strikes belong to the caller.
struct ExpiryQuotes {
    double forward = 0.0;                   // rupees, > 0
    double discount = 1.0;                  // value today of one rupee at settlement, > 0
    double years = 0.0;                     // minutes to settlement / 525,600, > 0
    double tick = 0.05;                     // rupees
    std::span<const StrikeQuotes> strikes;  // ascending, no strike twice
};

inline constexpr double kMinutesOfYear = 525'600.0;

// Both sides there and not crossed.
inline bool is_two_sided(double bid, double ask) { return bid > 0.0 && ask >= bid; }

}  // namespace sauda::options
