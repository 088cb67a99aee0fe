#include "common/options/svi.h"

namespace sauda::options {
namespace {

constexpr double kInfinity = __builtin_inf();
constexpr int kSteps = 64;

// In units of sigma from m, where the curve bends, and in multiples of the range, beyond it.
constexpr double kBends[] = {0.0, 0.2, 0.45, 0.7, 1.0, 1.4, 2.0, 3.0, 5.0, 9.0};
constexpr double kBeyond[] = {1.5, 2.0, 3.0, 5.0, 10.0, 30.0};

double least(double a, double b) { return b < a ? b : a; }

double durrleman_at(const RawSvi& svi, double k) { return durrleman(variance_at(svi, k), k); }

}  // namespace

VarianceAt variance_at(const RawSvi& svi, double k) {
    const double y = k - svi.m;
    const double root = __builtin_sqrt(y * y + svi.sigma * svi.sigma);
    const double bend = svi.sigma / root;
    return {svi.a + svi.b * (svi.rho * y + root), svi.b * (svi.rho + y / root),
            svi.b * bend * bend / root};
}

double total_variance(const RawSvi& svi, double k) {
    const double y = k - svi.m;
    return svi.a + svi.b * (svi.rho * y + __builtin_sqrt(y * y + svi.sigma * svi.sigma));
}

double durrleman(const VarianceAt& at, double k) {
    const double lever = 1.0 - 0.5 * k * at.slope / at.w;
    return lever * lever - 0.25 * at.slope * at.slope * (1.0 / at.w + 0.25) + 0.5 * at.curvature;
}

double least_durrleman(const RawSvi& svi, KRange range) {
    const double bottom = svi.a + svi.b * svi.sigma * __builtin_sqrt(1.0 - svi.rho * svi.rho);
    if (!(bottom > 0.0) || !(svi.b >= 0.0) || !(svi.sigma > 0.0)) {
        return -kInfinity;
    }
    const double right = svi.b * (1.0 + svi.rho);
    const double left = svi.b * (1.0 - svi.rho);
    double result = least((4.0 - right * right) / 16.0, (4.0 - left * left) / 16.0);
    const double width = range.high - range.low;
    for (int i = 0; i <= kSteps; ++i) {
        result = least(result, durrleman_at(svi, range.low + width * (i * (1.0 / kSteps))));
    }
    for (const double bend : kBends) {
        result = least(result, durrleman_at(svi, svi.m + bend * svi.sigma));
        result = least(result, durrleman_at(svi, svi.m - bend * svi.sigma));
    }
    for (const double beyond : kBeyond) {
        result = least(result, durrleman_at(svi, range.low - (beyond - 1.0) * width));
        result = least(result, durrleman_at(svi, range.high + (beyond - 1.0) * width));
    }
    return result;
}

double least_calendar(const RawSvi& near, const RawSvi& far, KRange range) {
    double result = kInfinity;
    const double width = range.high - range.low;
    for (int i = 0; i <= kSteps; ++i) {
        const double k = range.low + width * (i * (1.0 / kSteps));
        result = least(result, total_variance(far, k) - total_variance(near, k));
    }
    return result;
}

}  // namespace sauda::options
