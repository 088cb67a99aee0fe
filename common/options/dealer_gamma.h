#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace sauda::options {

// Gamma of those who stand on the other side of the public, by the usual naive convention: the
// public has sold every call and bought every put, so dealers are LONG all calls and SHORT all
// puts of the open interest. Nobody publishes who holds what: read it as a rough gauge.
// Positive: dealers sell rises and buy falls, which calms. Negative: they run after the price.
struct GammaBook {
    std::span<const double> strikes;     // ascending
    std::span<const double> calls;       // open interest, units
    std::span<const double> puts;        // units
    std::span<const double> volatility;  // per sqrt(year), one a strike; NaN: unknown, left out
    double years = 0.0;                  // > 0
    double discount = 1.0;
};

struct DealerGamma {
    // Rupees of the underlying that dealers must sell when it rises by 1 % (negative: buy).
    double rupees_per_percent = 0.0;
    // The level nearest to the forward, within 15 % of it, at which this is zero, volatilities of
    // the strikes unchanged. nullopt: the sign is the same everywhere there.
    std::optional<double> flip_level;
    std::size_t strikes = 0;  // with a known volatility
};

// At one level of the forward, without the search for the flip level: rupees per 1 %.
double dealer_gamma_at(const GammaBook& book, double forward);

// nullopt: no strike with open interest and a volatility.
std::optional<DealerGamma> dealer_gamma(const GammaBook& book, double forward);

}  // namespace sauda::options
