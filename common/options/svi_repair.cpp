#include "common/options/deterministic_math.h"
#include "common/options/nelder_mead.h"
#include "common/options/svi_fit.h"

namespace sauda::options {
namespace {
constexpr int kSteps = 100;
constexpr int kRounds = 1;
constexpr int kHalvings = 12;

// The same curve in numbers whose bounds are a box: least variance > 0, slopes of the right and the
// left wing in [0, 2], m, log sigma.
using Place = std::array<double, 5>;

Place place_of(const RawSvi& svi) {
    const double right = svi.b * (1.0 + svi.rho);
    const double left = svi.b * (1.0 - svi.rho);
    return {svi.a + svi.sigma * __builtin_sqrt(right * left), right, left, svi.m,
            log_of(svi.sigma)};
}

double clamp(double x, double low, double high) { return x < low ? low : (x > high ? high : x); }

RawSvi curve_at(const Place& place) {
    const double right = clamp(place[1], 0.0, 2.0);
    const double left = clamp(place[2], 0.0, 2.0);
    const double sigma = exp_of(clamp(place[4], -30.0, 10.0));
    const double sum = right + left;
    const double least = place[0] > 1e-12 ? place[0] : 1e-12;
    return {least - sigma * __builtin_sqrt(right * left), 0.5 * sum,
            sum > 0.0 ? (right - left) / sum : 0.0, place[3], sigma};
}

Place between(const Place& from, const Place& to, double part) {
    Place place;
    for (std::size_t i = 0; i < place.size(); ++i) {
        place[i] = from[i] + part * (to[i] - from[i]);
    }
    return place;
}

// The last free place on the way from one that is free to one that is not.
Place last_free(const Place& from, const Place& to, const NoArbitrage& bounds) {
    double low = 0.0;
    double high = 1.0;
    for (int i = 0; i < kHalvings; ++i) {
        const double middle = 0.5 * (low + high);
        (is_free(curve_at(between(from, to, middle)), bounds) ? low : high) = middle;
    }
    return between(from, to, low);
}

// Level of a flat curve that nothing on the range of the earlier one exceeds.
double level_above(std::span<const VariancePoint> points, const NoArbitrage& bounds) {
    double weight = 0.0;
    double sum = 0.0;
    for (const VariancePoint& point : points) {
        weight += point.weight;
        sum += point.weight * point.w;
    }
    double level = sum / weight;
    if (bounds.earlier != nullptr) {  // convex, so it is largest at an end
        for (const double k : {bounds.calendar_range.low, bounds.calendar_range.high}) {
            const double w = 1.001 * total_variance(*bounds.earlier, k);
            level = w > level ? w : level;
        }
    }
    return level;
}

// Where the search starts: the best free place on the way to `wanted` from a flat curve, from the
// earlier curve (which meets itself) and from `wanted` lifted.
Place start_for(const Place& wanted, std::span<const VariancePoint> points,
                const NoArbitrage& bounds) {
    const double level = level_above(points, bounds);
    Place best = last_free({level, 0.0, 0.0, wanted[3], wanted[4]}, wanted, bounds);
    double least = misfit(curve_at(best), points);
    const auto offer = [&](const Place& from) {
        if (!is_free(curve_at(from), bounds)) {
            return;
        }
        const Place place = last_free(from, wanted, bounds);
        const double value = misfit(curve_at(place), points);
        if (value < least) {
            least = value;
            best = place;
        }
    };
    for (const double lift : {0.02, 0.1, 0.5}) {
        Place lifted = wanted;
        lifted[0] += lift * level;
        offer(lifted);
        lifted[4] += 0.7;  // and rounder
        offer(lifted);
    }
    if (bounds.earlier != nullptr) {
        Place earlier = place_of(*bounds.earlier);
        earlier[0] *= 1.0 + 1e-3;
        offer(earlier);
    }
    return best;
}

}  // namespace

RawSvi repair_svi(const RawSvi& wanted, std::span<const VariancePoint> points,
                  const NoArbitrage& bounds) {
    Place best = start_for(place_of(wanted), points, bounds);
    double least = misfit(curve_at(best), points);
    for (int round = 0; round < kRounds; ++round) {
        const Place start = best;
        const auto cost = [&](const Place& place) {
            const RawSvi svi = curve_at(place);
            const double value = misfit(svi, points);
            const double over = violation(svi, bounds);
            if (over == 0.0 && value < least) {
                least = value;
                best = place;
            }
            const bool is_bad = !(over < 1e6);
            return is_bad ? 1e12 : value + kViolationPenalty * over * over;
        };
        const double slope = 0.1 * (start[1] + start[2]) + 1e-3;
        const Place size{0.1 * start[0], slope, -slope, 0.1 * exp_of(start[4]), 0.2};
        const Place found = NelderMead<5, decltype(cost)>(start, size, cost).run(kSteps);
        if (!is_free(curve_at(found), bounds)) {
            const Place edge = last_free(best, found, bounds);
            const double there = misfit(curve_at(edge), points);
            if (there < least) {
                least = there;
                best = edge;
            }
        }
    }
    return curve_at(best);
}

}  // namespace sauda::options
