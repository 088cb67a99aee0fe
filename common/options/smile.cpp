#include "common/options/smile.h"

#include "common/options/deterministic_math.h"
#include "common/options/svi_fit.h"

#include <algorithm>
#include <array>

namespace sauda::options {
namespace {

// A curve of five numbers does not follow a market closer than this, so no quote counts as surer.
constexpr double kModelError = 1e-3;   // volatility: 0.1 vol points
constexpr double kOutlier = 3.0;       // errors off; beyond, a point counts less
constexpr double kWorstMedian = 0.05;  // 5 vol points

using Points = std::array<VariancePoint, kSmilePointsMax>;

// Weights so that the squares add up to about (relative error of variance)^2.
void weigh(std::span<const SmilePoint> points, double years, const RawSvi* seen, Points& out) {
    double sum = 0.0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const SmilePoint& p = points[i];
        const double error2 = p.error * p.error + kModelError * kModelError;
        const double volatility_slope = 2.0 * p.volatility * years;  // of w
        double weight = 1.0 / (volatility_slope * volatility_slope * error2);
        const double w = p.volatility * p.volatility * years;
        if (seen != nullptr) {
            const double off2 = (total_variance(*seen, p.log_moneyness) - w) *
                                (total_variance(*seen, p.log_moneyness) - w) * weight;
            weight *= off2 > kOutlier * kOutlier ? kOutlier / __builtin_sqrt(off2) : 1.0;
        }
        out[i] = {p.log_moneyness, w, weight};
        sum += weight * w * w;
    }
    for (std::size_t i = 0; i < points.size(); ++i) {
        out[i].weight /= sum;
    }
}

double median(std::array<double, kSmilePointsMax>& values, std::size_t count) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(count / 2);
    std::nth_element(values.begin(), middle, values.begin() + static_cast<std::ptrdiff_t>(count));
    return *middle;
}

void measure(std::span<const SmilePoint> points, Smile& smile) {
    std::array<double, kSmilePointsMax> errors;
    std::array<double, kSmilePointsMax> prices;
    for (std::size_t i = 0; i < points.size(); ++i) {
        errors[i] =
            __builtin_fabs(smile.volatility_at(points[i].log_moneyness) - points[i].volatility);
        prices[i] = errors[i] * points[i].vega;
    }
    smile.median_error = median(errors, points.size());
    smile.median_price_error = median(prices, points.size());
}

// Butterflies are looked for half a width beyond the quotes on both sides (and in the wings),
// calendars where the earlier expiry is quoted.
NoArbitrage bounds_of(const KRange& quoted, const Smile* earlier) {
    const double half = 0.5 * (quoted.high - quoted.low);
    NoArbitrage bounds{{quoted.low - half, quoted.high + half}, nullptr, {}};
    if (earlier != nullptr) {
        bounds.earlier = &earlier->svi;
        bounds.calendar_range = earlier->quoted;
    }
    return bounds;
}

void make_free(std::span<const VariancePoint> points, const NoArbitrage& bounds, Smile& smile) {
    const double over = violation(smile.svi, bounds);
    if (over == 0.0) {
        return;
    }
    smile.butterfly_repaired = !is_free(smile.svi, {bounds.range, nullptr, {}});
    const auto found = fit_free_svi(points, smile.svi, bounds);
    const RawSvi repaired = found ? *found : repair_svi(smile.svi, points, bounds);
    smile.calendar_repaired =
        bounds.earlier != nullptr &&
        least_calendar(*bounds.earlier, smile.svi, bounds.calendar_range) < 0.0;
    smile.svi = repaired;
}

}  // namespace

std::string_view to_text(NoSmile reason) {
    switch (reason) {
        case NoSmile::BadInput:
            return "forward or time is not a positive number";
        case NoSmile::TooFewQuotes:
            return "too few strikes with quotes on both sides";
        case NoSmile::NoFit:
            return "no curve without arbitrage comes near the quotes";
    }
    return "unknown";
}

double Smile::volatility_at(double log_moneyness) const {
    return __builtin_sqrt(total_variance(svi, log_moneyness) / years);
}

double Smile::volatility_of_strike(double strike) const {
    return volatility_at(log_of(strike / forward));
}

std::expected<Smile, NoSmile> fit_smile(std::span<const SmilePoint> points, double forward,
                                        double years, const Smile* earlier, const Smile* last) {
    constexpr double kInfinity = __builtin_inf();
    if (!(forward > 0.0 && forward < kInfinity && years > 0.0 && years < kInfinity)) {
        return std::unexpected(NoSmile::BadInput);
    }
    points = points.first(std::min(points.size(), kSmilePointsMax));
    if (points.size() < kSmilePointsMin) {
        return std::unexpected(NoSmile::TooFewQuotes);
    }
    Smile smile;
    smile.forward = forward;
    smile.years = years;
    smile.points = static_cast<uint32_t>(points.size());
    smile.quoted = {points.front().log_moneyness, points.back().log_moneyness};

    Points weighed;
    const std::span<const VariancePoint> all(weighed.data(), points.size());
    weigh(points, years, nullptr, weighed);
    const RawSvi first = fit_svi(all, last != nullptr ? &last->svi : nullptr);
    weigh(points, years, &first, weighed);  // what is far off the first curve counts less
    smile.svi = fit_svi(all, &first);
    make_free(all, bounds_of(smile.quoted, earlier), smile);
    measure(points, smile);
    if (!(smile.median_error <= kWorstMedian)) {
        return std::unexpected(NoSmile::NoFit);
    }
    return smile;
}

}  // namespace sauda::options
