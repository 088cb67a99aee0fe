#pragma once

#include "common/options/strike_quotes.h"
#include "common/options/svi.h"

#include <cstdint>
#include <expected>
#include <span>
#include <string_view>
#include <vector>

namespace sauda::options {

// One strike of a smile: the option that is out of the money, at its mid.
struct SmilePoint {
    double strike = 0.0;
    double log_moneyness = 0.0;  // log(strike / forward)
    double volatility = 0.0;
    double error = 0.0;  // of the volatility: (half spread or a tick, what is more) / vega
    double vega = 0.0;   // rupees per 1.00 of volatility
};
// Writes the points of an expiry over `out`, strikes ascending. Strikes whose option out of the
// money is not two-sided or has no volatility are left out, and so is what is quoted so wide that
// its error exceeds half its volatility.
void smile_points(const ExpiryQuotes& quotes, std::vector<SmilePoint>& out);

// The smile of one expiry: raw SVI without butterfly arbitrage, and without calendar arbitrage
// against the expiry before it if one was given.
struct Smile {
    double forward = 0.0;
    double years = 0.0;
    RawSvi svi;
    KRange quoted;              // log-moneyness between the outermost points it was fitted to
    uint32_t points = 0;        // how many
    double median_error = 0.0;  // median |fitted - quoted| volatility: 0.001 is 0.1 vol points
    double median_price_error = 0.0;  // the same as prices, rupees (error x vega)
    bool butterfly_repaired = false;  // the best curve had butterfly arbitrage and was changed
    bool calendar_repaired = false;   // it crossed the expiry before it and was changed
    SAUDA_FIELDS(forward, years, svi, quoted, points, median_error, median_price_error,
                 butterfly_repaired, calendar_repaired)

    // Volatility at a log-moneyness or a strike. Beyond the quoted range the wings are linear in
    // total variance.
    [[nodiscard]] double volatility_at(double log_moneyness) const;
    [[nodiscard]] double volatility_of_strike(double strike) const;
};

enum class NoSmile : unsigned char {
    BadInput = 1,      // forward or years not finite and positive
    TooFewQuotes = 2,  // fewer than kSmilePointsMin points
    NoFit = 3,  // the best arbitrage-free curve misses half the points by more than 5 vol points
};
std::string_view to_text(NoSmile reason);

inline constexpr std::size_t kSmilePointsMin = 5;
inline constexpr std::size_t kSmilePointsMax = 512;  // further points are ignored

// Fits a smile to points (ascending in k), each weighed by 1 / error^2: in total variance, after
// Zeliade's quasi-explicit method (an outer search over m and sigma with a fixed number of steps,
// the rest by linear least squares). Same input, same bits.
// earlier: the smile of the expiry before, whose total variance this one must not undercut; null
// for the first. last: the fit of the same expiry a moment ago, from which the search starts
// (quicker); null starts from scratch.
std::expected<Smile, NoSmile> fit_smile(std::span<const SmilePoint> points, double forward,
                                        double years, const Smile* earlier = nullptr,
                                        const Smile* last = nullptr);

}  // namespace sauda::options
