#pragma once

#include "common/options/svi.h"

#include <cstddef>
#include <optional>
#include <span>

namespace sauda::options {

// What a curve is fitted to: total variance at a log-moneyness and its weight.
struct VariancePoint {
    double k = 0.0;
    double w = 0.0;
    double weight = 0.0;
};

// A curve that is free of arbitrage: of butterflies over `range` and in the wings, and, if
// `earlier` is there, of calendars against it over `calendar_range`.
struct NoArbitrage {
    KRange range;
    const RawSvi* earlier = nullptr;
    KRange calendar_range;
};
// 0: free, with a margin for what lies between the points looked at. Else how far from it.
double violation(const RawSvi& svi, const NoArbitrage& bounds);
inline bool is_free(const RawSvi& svi, const NoArbitrage& bounds) {
    return violation(svi, bounds) == 0.0;
}

// Weight of a squared violation against the squared misfit.
inline constexpr double kViolationPenalty = 100.0;

// The raw SVI nearest to the points (at least 5, ascending in k, weights > 0), by weighted squares
// of total variance. After Zeliade (De Marco and Martini, 2009): for m and sigma given, w is linear
// in a and in the two wings, p = b sigma (1 + rho) and q = b sigma (1 - rho), which are kept in
// [0, 2 sigma], as arbitrage demands; m and log sigma are searched for. Not necessarily free of
// arbitrage. start: where to begin; null begins on a fixed grid.
RawSvi fit_svi(std::span<const VariancePoint> points, const RawSvi* start);

// The same search with a penalty on arbitrage. nullopt: it met no curve that is free.
std::optional<RawSvi> fit_free_svi(std::span<const VariancePoint> points, const RawSvi& start,
                                   const NoArbitrage& bounds);

// Sum of weight x (curve - w)^2.
double misfit(const RawSvi& svi, std::span<const VariancePoint> points);

// The nearest such curve found from `wanted`, which is not free, in a fixed number of steps. Always
// free: a flat curve above the earlier one is, and the search starts from something no worse.
RawSvi repair_svi(const RawSvi& wanted, std::span<const VariancePoint> points,
                  const NoArbitrage& bounds);

}  // namespace sauda::options
