#pragma once

#include "common/base/expected.h"
#include "common/options/chain_lanes.h"

#include <cstdint>
#include <span>

namespace sauda::options {

// Black-76 over the options of one expiry, arrays in and arrays out. Four options at a time where
// the CPU has AVX2, one at a time elsewhere: the same bits.
//
// ExpiryTerms (chain_lanes.h): forward of this expiry in points; discount factor to settlement;
// years = minutes to the settlement minute / 525,600, and its root; rate_per_year = -log(discount)
// / years, what theta, rho and charm count the discounting with.

// Fails unless forward is within [kSmallestLevel, kLargestLevel], discount is positive and minutes
// are not negative; all finite. At 0 minutes the rate is 0: there is nothing left to discount.
base::Expected<ExpiryTerms> make_expiry_terms(double forward, double discount,
                                              double minutes_to_settlement);
// The same with discount = exp(-rate * years), the rate continuously compounded.
base::Expected<ExpiryTerms> make_expiry_terms_at_rate(double forward, double rate_per_year,
                                                      double minutes_to_settlement);

// Spans of equal size, one entry per option. Units as in OptionGreeks (greeks.h).
struct ChainInputs {
    std::span<const double> strike;
    std::span<const double> volatility;
    std::span<const std::uint8_t> is_call;  // 0: put
};
struct ChainGreeks {
    std::span<double> price;
    std::span<double> delta;  // per point of the forward
    std::span<double> gamma_per_point;
    std::span<double> vega_per_unit_volatility;
    std::span<double> theta_per_year;
};
struct ChainHigherGreeks {
    std::span<double> rho_per_unit_rate;
    std::span<double> vanna_per_unit_volatility;
    std::span<double> volga_per_unit_volatility;
    std::span<double> charm_per_year;
};

enum class LaneChoice { Fastest, Scalar };

// NaN is "none". Strike outside [kSmallestLevel, kLargestLevel], volatility outside
// [0, kLargestVolatility] or NaN: every result of that option is NaN, the others are not touched.
// Without time or volatility an option is worth its discounted intrinsic value, delta is a step
// (a half at the money), theta is rate * price, charm rate * delta and the other Greeks are 0;
// exactly at the money all but price, delta and rho do not exist: NaN.
void price_chain(const ExpiryTerms& terms, const ChainInputs& inputs, const ChainGreeks& results,
                 LaneChoice lanes = LaneChoice::Fastest);
void price_chain(const ExpiryTerms& terms, const ChainInputs& inputs, const ChainGreeks& results,
                 const ChainHigherGreeks& higher, LaneChoice lanes = LaneChoice::Fastest);

// Whether Fastest means four at a time here.
bool has_vector_lanes();
// Makes Fastest mean Scalar in this process, to show that a run has the same hash without vectors.
// Call it before the first pricing.
void force_scalar_lanes(bool is_forced);

}  // namespace sauda::options
