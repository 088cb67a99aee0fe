#pragma once

#include "common/options/black76.h"
#include "common/options/payoff.h"

#include <span>

namespace sauda::options {

// A leg with what the model needs to price it. Legs may settle at different times.
struct ModelLeg {
    PayoffLeg leg;
    double forward = 0.0;     // of its own expiry, now, rupees, > 0
    double rate = 0.0;        // a year, continuous
    double minutes = 0.0;     // to its settlement, now, >= 0
    double volatility = 0.0;  // of its strike; stays with the strike when the market moves
};

// Profit of the legs in rupees before charges, by Black-76, `minutes_later` from now with every
// forward `moved` times what it is (1: unchanged). A leg that has settled by then counts with what
// it is worth in the money. moved > 0, minutes_later >= 0.
double model_profit(std::span<const ModelLeg> legs, double moved, double minutes_later);

// Greeks of all legs together, in rupees.
struct PositionGreeks {
    double delta = 0.0;  // per point of the forwards: as many units of the underlying
    double gamma = 0.0;  // change of delta per point
    double vega = 0.0;   // per percentage point of volatility
    double theta = 0.0;  // per calendar day
};
PositionGreeks position_greeks(std::span<const ModelLeg> legs);

}  // namespace sauda::options
