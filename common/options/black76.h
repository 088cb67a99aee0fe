#pragma once

#include "common/base/expected.h"
#include "common/options/chain_pricing.h"
#include "common/options/greeks.h"

namespace sauda::options {

// One European option on the forward of its own expiry (Black 1976). Bounds of the figures, and
// what holds without time or volatility: chain_pricing.h, whose bits these are.
struct Black76Option {
    bool is_call = true;
    double forward = 0;  // points
    double strike = 0;   // points
    double discount = 1;
    double minutes_to_settlement = 0;
    double volatility = 0;  // per year: 0.20 is 20 %
};

// Delta and gamma are per point of the forward, rho holds the forward. Fails where an input is not
// a number in its range; a Greek that does not exist is NaN.
base::Expected<OptionGreeks> black76(const Black76Option& option);
// For many options of one expiry one by one; NaN for a strike or volatility out of range.
OptionGreeks black76(const ExpiryTerms& terms, double strike, double volatility, bool is_call);

// One European option on a spot that pays a continuous dividend yield (Black-Scholes-Merton).
struct BlackScholesOption {
    bool is_call = true;
    double spot = 0;    // points
    double strike = 0;  // points
    double minutes_to_settlement = 0;
    double volatility = 0;      // per year
    double rate_per_year = 0;   // continuously compounded
    double dividend_yield = 0;  // per year, continuously compounded
};

struct BlackScholesValue {
    OptionGreeks greeks;                     // per point of the spot; rho holds the spot
    double dividend_rho_per_unit_yield = 0;  // points per 1.00 of dividend yield
    double forward = 0;                      // points, spot * exp((rate - yield) * years)
};

// Black-76 on that forward, the Greeks carried over to the spot by the chain rule.
base::Expected<BlackScholesValue> black_scholes_merton(const BlackScholesOption& option);

}  // namespace sauda::options
