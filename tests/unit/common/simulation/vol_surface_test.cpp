#include "common/simulation/vol_surface.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

using sauda::simulation::VolSurface;

namespace {

// Durrleman's condition at k: the density of the forward is not negative there.
double density_sign(const VolSurface::Slice& slice, double k) {
    const double h = 1e-5;
    const auto w = [&](double x) { return VolSurface::total_variance(slice, x); };
    const double value = w(k);
    const double slope = (w(k + h) - w(k - h)) / (2 * h);
    const double bend = (w(k + h) - 2 * value + w(k - h)) / (h * h);
    const double first = 1.0 - k * slope / (2.0 * value);
    return first * first - slope * slope / 4.0 * (1.0 / value + 0.25) + bend / 2.0;
}

const std::vector<double> kYears{2e-6, 1e-4, 0.0005, 0.003, 0.011, 0.03, 0.088, 0.25, 1.0, 5.0};

}  // namespace

TEST_CASE("no butterfly of a simulated smile costs less than nothing") {
    for (const double level : {0.03, 0.08, 0.112, 0.2, 0.5, 1.5}) {
        const VolSurface surface(level);
        for (const double years : kYears) {
            const auto slice = surface.slice(years);
            for (double k = -0.4; k <= 0.4; k += 0.002) {
                INFO("level " << level << ", years " << years << ", k " << k);
                REQUIRE(density_sign(slice, k) >= -1e-6);
            }
        }
    }
}

TEST_CASE("no calendar of a simulated smile costs less than nothing") {
    for (const double level : {0.03, 0.112, 0.5, 1.5}) {
        const VolSurface surface(level);
        for (std::size_t i = 1; i < kYears.size(); ++i) {
            const auto near = surface.slice(kYears[i - 1]);
            const auto far = surface.slice(kYears[i]);
            for (double k = -0.4; k <= 0.4; k += 0.002) {
                INFO("level " << level << ", years " << kYears[i] << ", k " << k);
                REQUIRE(VolSurface::total_variance(far, k) >=
                        VolSurface::total_variance(near, k) * (1.0 - 1e-9));
            }
        }
    }
}
