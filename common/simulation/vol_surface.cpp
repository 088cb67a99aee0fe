#include "common/simulation/vol_surface.h"

#include "common/options/deterministic_math.h"

#include <algorithm>
#include <cmath>

namespace sauda::simulation {

namespace {

constexpr double kMinute = 1.0 / 525'600.0;
constexpr double kFrontDip = 0.30;  // how much lower the last days are
constexpr double kFrontYears = 0.03;
constexpr double kWing = 0.022;  // theta x phi
constexpr double kReference = 0.112;
constexpr double kSkewNow = 0.028;
constexpr double kSkewPerYear = 2.2;
constexpr double kSkewMost = 0.38;
constexpr double kButterfly = 3.6;  // theta phi^2 (1 + |rho|), below the 4 of the theorem

}  // namespace

VolSurface::Slice VolSurface::slice(double years) const {
    Slice s;
    s.years = std::max(years, kMinute);
    const double at_the_money =
        level_ * (1.0 - kFrontDip * options::exp_of(-s.years / kFrontYears));
    s.theta = at_the_money * at_the_money * s.years;
    const double relative = level_ / kReference;
    // A market that hardly moves has hardly a skew; more would make calendars free.
    const double steepness = std::min(1.0, relative * std::sqrt(relative));
    s.rho = -steepness * std::min(kSkewMost, kSkewNow + kSkewPerYear * s.years);
    // The wing of the calls stays as steep as it is now, so that no later one undercuts it.
    const double wing = kWing * relative / (1.0 + s.rho);
    s.phi = std::min(wing / s.theta, std::sqrt(kButterfly / (s.theta * (1.0 - s.rho))));
    return s;
}

double VolSurface::total_variance(const Slice& slice, double log_moneyness) {
    const double x = slice.phi * log_moneyness;
    const double root = std::sqrt((x + slice.rho) * (x + slice.rho) + 1.0 - slice.rho * slice.rho);
    return 0.5 * slice.theta * (1.0 + slice.rho * x + root);
}

double VolSurface::volatility(const Slice& slice, double log_moneyness) {
    return std::sqrt(total_variance(slice, log_moneyness) / slice.years);
}

}  // namespace sauda::simulation
