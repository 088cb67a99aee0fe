#pragma once

#include "common/options/smile.h"

#include <limits>
#include <span>

namespace sauda::options {

// Settlement prices from low to high, rupees.
struct PriceRange {
    double low = 0.0;
    double high = std::numeric_limits<double>::infinity();
};

// The risk-neutral probability that the settlement is below a price: under one volatility for all
// strikes, and under the density the smile implies. volatility and years > 0.
double probability_below(double price, double forward, double volatility, double years);
double probability_below(double price, const Smile& smile);

// Probability that the settlement falls into one of the ranges in which a position ends in profit
// (ascending, not overlapping: between its break-evens).
double probability_of_profit(std::span<const PriceRange> ranges, double forward, double volatility,
                             double years);
double probability_of_profit(std::span<const PriceRange> ranges, const Smile& smile);

}  // namespace sauda::options
