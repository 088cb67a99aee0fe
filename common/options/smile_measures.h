#pragma once

#include "common/options/smile.h"

#include <optional>
#include <span>
#include <vector>

namespace sauda::options {

// What one says of a smile. Volatilities per sqrt(year); deltas are forward deltas (undiscounted).
struct SmileMeasures {
    double at_the_money = 0.0;   // volatility at the forward
    double slope = 0.0;          // d volatility / d log-moneyness at the forward
    double put_25 = 0.0;         // volatility of the put with delta -0.25
    double call_25 = 0.0;        // of the call with delta 0.25
    double skew = 0.0;           // put_25 - call_25
    double risk_reversal = 0.0;  // call_25 - put_25
    double butterfly = 0.0;      // (call_25 + put_25) / 2 - at_the_money
    double put_25_strike = 0.0;
    double call_25_strike = 0.0;
};
SmileMeasures measures_of(const Smile& smile);

// The log-moneyness at which a call has forward delta `delta`, in (0, 1). A put of delta -0.25 is
// at call delta 0.75.
double moneyness_of_delta(const Smile& smile, double delta);

// One expiry of the term structure.
struct TermPoint {
    double years = 0.0;
    double volatility = 0.0;  // at the forward
    // Volatility between the expiry before and this one. nullopt: the first, or total variance
    // fell (cannot be for smiles fitted one after another).
    std::optional<double> forward_volatility;
};
// Writes the term structure over `out`. Smiles ascend in years.
void term_structure(std::span<const Smile> smiles, std::vector<TermPoint>& out);

// One standard deviation of the settlement price, rupees: volatility at the money x forward x
// sqrt(years).
double expected_move(const Smile& smile);
// The mean absolute distance of the settlement from the strike that a straddle at the money is
// priced for, rupees: its premium over the discount. About 0.8 standard deviations.
double expected_move(double straddle, double discount);

}  // namespace sauda::options
