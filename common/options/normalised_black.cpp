#include "common/options/normalised_black.h"

#include "common/options/deterministic_math.h"

namespace sauda::options {
namespace {

constexpr double kRootHalf = 0.70710678118654752;
constexpr double kRootHalfPi = 1.2533141373155003;
constexpr double kOneOverRoot2Pi = 0.39894228040143268;

constexpr double kFarOut = -10.0;  // below, the asymptotic series of Y has 17 digits
constexpr double kSmallT = 0.21;   // below, ten terms of the Taylor series do

// Y(z) = N(z) / n(z).
double mills(double z) { return kRootHalfPi * erfcx_of(-kRootHalf * z); }

// Y(z) ~ -(1/z - 1/z^3 + 3/z^5 - 15/z^7 ...), taken at h + t and h - t. Term k of the difference is
// (2 t / r) W(k) with r = (h + t)(h - t). The W obey a recurrence in h^2 and t^2, so the difference
// is never taken and small t cost no digits.
double asymptotic(double h, double t, double digits) {
    const double h2 = h * h;
    const double t2 = t * t;
    const double r = (h + t) * (h - t);
    const double inverse = 1.0 / (r * r);
    const double twice = 2.0 * (h2 + t2);
    double before = 1.0;
    double term = -(3.0 * h2 + t2) * inverse;
    double sum = 1.0 + term;
    for (double odd = 3.0; odd < 60.0 && (term > digits || term < -digits); odd += 2.0) {
        const double next = -odd * inverse * (twice * term + (odd - 2.0) * before);
        before = term;
        term = next;
        sum += term;
    }
    return 2.0 * t / r * sum;
}

// 1 / n, so that the series below does not wait for a division.
constexpr double kInverse[] = {0.0,      1.0,      1.0 / 2,  1.0 / 3,  1.0 / 4,  1.0 / 5,  1.0 / 6,
                               1.0 / 7,  1.0 / 8,  1.0 / 9,  1.0 / 10, 1.0 / 11, 1.0 / 12, 1.0 / 13,
                               1.0 / 14, 1.0 / 15, 1.0 / 16, 1.0 / 17, 1.0 / 18, 1.0 / 19};

// Y(h + t) - Y(h - t) = 2 sum of t^n Y^(n)(h) / n! over odd n, where Y' = 1 + h Y and
// Y^(n+1) = h Y^(n) + n Y^(n-1).
double taylor(double h, double t, double digits) {
    const double t2 = t * t;
    double even = mills(h);                    // t^(n-1) Y^(n-1) / (n-1)!
    double odd = __builtin_fma(h, even, 1.0);  // t^(n-1) Y^(n) / n!
    double sum = odd;
    for (int n = 1; n < 18 && odd > digits * sum; n += 2) {
        even = __builtin_fma(h, odd, even) * (t2 * kInverse[n + 1]);
        odd = __builtin_fma(h, even, t2 * odd) * kInverse[n + 2];
        sum += odd;
    }
    return 2.0 * t * sum;
}

}  // namespace

double normalised_vega(double h, double t) {
    return kOneOverRoot2Pi * exp_of(-0.5 * (h * h + t * t));
}

double price_over_vega(double h, double t, double digits) {
    if (h + t < kFarOut) {
        return asymptotic(h, t, digits);
    }
    return t < kSmallT ? taylor(h, t, digits) : mills(h + t) - mills(h - t);
}

double missing_over_vega(double h, double t) { return mills(-h - t) + mills(h - t); }

}  // namespace sauda::options
