#include "common/options/lower_knot.h"

#include "common/options/deterministic_math.h"
#include "common/options/lower_knot_series.h"
#include "common/options/normalised_black.h"

namespace sauda::options {
namespace {

constexpr double kPi = 3.1415926535897932;
constexpr double kRootThree = 1.7320508075688773;
constexpr double kRoot2Pi = 2.5066282746310005;
constexpr double kRootHalf = 0.70710678118654752;
constexpr double kRootHalfPi = 1.2533141373155003;
constexpr double kDigits = 1e-9;

// Power series of (1 - erfcx(r)) about r = 0: the n-th coefficient is (-1)^(n+1) / gamma(n/2 + 1).
// Here from n = 2 on, over sign and r^2.
constexpr double kErfcxSeries[] = {1.0,      0.75225277806367505,  0.5,      0.30090111122547002,
                                   1.0 / 6,  0.085971746064420006, 1.0 / 24, 0.019104832458760001,
                                   1.0 / 120};

template <int N>
double polynomial(const double (&powers)[N], double r) {
    double sum = powers[N - 1];
    for (int i = N - 2; i >= 0; --i) {
        sum = powers[i] + r * sum;
    }
    return sum;
}

LowerKnot near_the_money(double x, double foot) {
    const double r = __builtin_sqrt(-x);
    const double price = -x * polynomial(kKnotSeries[0], r);
    const double f = -x * polynomial(kKnotSeries[1], r);
    const double slope = polynomial(kKnotSeries[2], r);
    return {foot, price, polynomial(kKnotSeries[4], r), RationalCubic{price, 0.0, f, 1.0, slope},
            polynomial(kKnotSeries[3], r)};
}

}  // namespace

// b / b' = sqrt(pi / 2) (1 - erfcx(r)) at s = sqrt(2) r; the foot is s less that. Near r = 0, where
// it cancels, the series has what is left.
InflectionPoint inflection_of(double x, double b_max) {
    const double r = __builtin_sqrt(-x);
    const double s = r / kRootHalf;
    const double foot = r < kKnotSeriesTop ? kRootHalfPi * r * r * polynomial(kErfcxSeries, -r)
                                           : s - kRootHalfPi * (1.0 - erfcx_of(r));
    return {s, (s - foot) * b_max / kRoot2Pi, kRoot2Pi / b_max, foot};
}

LowerKnot lower_knot_of(double x, double s) {
    if (-x < kKnotSeriesTop * kKnotSeriesTop) {
        return near_the_money(x, s);
    }
    const double h = x / s;
    const double z = -h / kRootThree;
    const double y = z * z;
    const double vega = normalised_vega(h, 0.5 * s);
    const double price = vega * price_over_vega(h, 0.5 * s, kDigits);
    const double scaled = erfcx_of(z * kRootHalf);  // 2 N(-z) exp(z^2 / 2)
    const double tail = 0.5 * scaled * exp_of(-0.5 * y);
    const double slope = 0.5 * kPi * y * scaled * scaled * exp_of(0.125 * s * s);
    const double hazard = 2.0 / (kRoot2Pi * scaled);  // n(z) / N(-z)
    const double curvature = slope / vega * ((2.0 * hazard * z - 2.0 * y - 2.0) / s + 0.25 * s);
    const double f = -2.0 * kPi * x / (3.0 * kRootThree) * tail * tail * tail;
    const RationalCubic curve{price, 0.0, f, 1.0, slope};
    return {s, price, 1.0 / vega, curve, curve.parameter(curvature)};
}

}  // namespace sauda::options
