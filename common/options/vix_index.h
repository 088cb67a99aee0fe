#pragma once

#include "common/options/strike_quotes.h"

#include <cstdint>
#include <expected>
#include <string_view>

namespace sauda::options {

// An index in the manner of India VIX: the CBOE's variance formula on the best bids and asks of the
// options out of the money of two expiries, time in minutes, interpolated to 30 days. Where the
// spread exceeds 30 % of the mid the price comes from a natural cubic spline through the others.
enum class NoVix : unsigned char {
    BadInput = 1,      // forward, discount or years not finite and positive, strikes not ascending
    TooFewQuotes = 2,  // fewer than kVixQuotesMin usable quotes on either side of the forward
    BadExpiries = 3,   // the next expiry is not after the near one
    NoVariance = 4,    // the sum is not positive
};
std::string_view to_text(NoVix reason);

inline constexpr std::size_t kVixQuotesMin = 3;
inline constexpr std::size_t kVixStrikesMax = 512;
inline constexpr double kVixSpreadMax = 0.30;

// The model-free variance of one expiry.
struct VixVariance {
    double variance = 0.0;  // a year: volatility^2
    uint32_t strikes = 0;   // summed over
    uint32_t filled = 0;    // of these, priced by the spline
};
std::expected<VixVariance, NoVix> vix_variance(const ExpiryQuotes& quotes);

// In points as the index is quoted: 13.25 is 13.25 % a year over the next 30 days. Outside the two
// expiries the line through both is extended.
std::expected<double, NoVix> vix_index(const ExpiryQuotes& near, const ExpiryQuotes& next);

}  // namespace sauda::options
