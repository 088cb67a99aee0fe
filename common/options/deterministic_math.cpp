#include "common/options/deterministic_math.h"

#include "common/options/erfcx_polynomial.h"

#include <math.h>  // FP_FAST_FMA, which sleef.h asks for
#include <sleef.h>

namespace sauda::options {
namespace {

constexpr double kSqrtHalf = 0.7071067811865476;
constexpr double kOneOverSqrtTwoPi = 0.3989422804014327;
constexpr double kInfinity = __builtin_inf();

// exp(factor * x^2). The part of the square that rounding drops is worth |x|^2 ulp in the result.
double exp_of_square(double x, double factor) {
    const double square = x * x;
    const double rest = __builtin_fma(x, x, -square);
    const double value = exp_of(factor * square);
    const bool is_limit = value == 0.0 || value == kInfinity;  // there `rest` may be NaN
    return is_limit ? value : __builtin_fma(value, factor * rest, value);
}

// erfcx for a >= 0. Each of the two quotients is corrected by its remainder.
double erfcx_of_positive(double a) {
    if (a == kInfinity) {
        return 0.0;
    }
    const double inverse = 1.0 / (a + kErfcxCentre);
    double t = (a - kErfcxCentre) * inverse;
    const double remainder = __builtin_fma(t, -a, __builtin_fma(t + 1.0, -kErfcxCentre, a));
    t = __builtin_fma(inverse, remainder, t);
    double p = kErfcxPolynomial[kErfcxTerms - 1];
    for (int i = kErfcxTerms - 2; i >= 0; --i) {
        p = __builtin_fma(p, t, kErfcxPolynomial[i]);
    }
    const double half = 0.5 / (a + 0.5);
    const double value = __builtin_fma(p, half, half);
    const double missing = (p - value) + __builtin_fma(value + value, -a, 1.0);
    return __builtin_fma(missing, half, value);
}

// The standard normal's mass below x <= 0.
double lower_tail(double x) {
    return 0.5 * exp_of_square(x, -0.5) * erfcx_of_positive(-x * kSqrtHalf);
}

// Coefficients by ascending power, as Wichura prints them.
template <int N>
double rational(const double (&top)[N], const double (&bottom)[N], double r) {
    double above = top[N - 1];
    double below = bottom[N - 1];
    for (int i = N - 2; i >= 0; --i) {
        above = __builtin_fma(above, r, top[i]);
        below = __builtin_fma(below, r, bottom[i]);
    }
    return above / below;
}

// Wichura, "The percentage points of the normal distribution", Applied Statistics 37 (1988), AS241.
constexpr double kCentreTop[] = {3.3871328727963666080e0,  1.3314166789178437745e+2,
                                 1.9715909503065514427e+3, 1.3731693765509461125e+4,
                                 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                 3.3430575583588128105e+4, 2.5090809287301226727e+3};
constexpr double kCentreBottom[] = {1.0,
                                    4.2313330701600911252e+1,
                                    6.8718700749205790830e+2,
                                    5.3941960214247511077e+3,
                                    2.1213794301586595867e+4,
                                    3.9307895800092710610e+4,
                                    2.8729085735721942674e+4,
                                    5.2264952788528545610e+3};
constexpr double kMiddleTop[] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                 5.76949722146069140550e0,  3.64784832476320460504e0,
                                 1.27045825245236838258e0,  2.41780725177450611770e-1,
                                 2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr double kMiddleBottom[] = {1.0,
                                    2.05319162663775882187e0,
                                    1.67638483018380384940e0,
                                    6.89767334985100004550e-1,
                                    1.48103976427480074590e-1,
                                    1.51986665636164571966e-2,
                                    5.47593808499534494600e-4,
                                    1.05075007164441684324e-9};
constexpr double kFarTop[] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                              1.78482653991729133580e0,  2.96560571828504891230e-1,
                              2.65321895265761230930e-2, 1.24266094738807843860e-3,
                              2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr double kFarBottom[] = {1.0,
                                 5.99832206555887937690e-1,
                                 1.36929880922735805310e-1,
                                 1.48753612908506148525e-2,
                                 7.86869131145613259100e-4,
                                 1.84631831751005468180e-5,
                                 1.42151175831644588870e-7,
                                 2.04426310338993978564e-15};
constexpr double kSmallestRefinable = 1e-306;

// The x < 0 with `tail` of the mass below it, tail <= 0.075.
double tail_quantile(double tail) {
    const double r = __builtin_sqrt(-log_of(tail));
    double x = r <= 5.0 ? -rational(kMiddleTop, kMiddleBottom, r - 1.6)
                        : -rational(kFarTop, kFarBottom, r - 5.0);
    if (tail < kSmallestRefinable) {
        return x;
    }
    const double step = (lower_tail(x) - tail) / normal_density(x);
    return x - step / (1.0 + 0.5 * x * step);
}

}  // namespace

double exp_of(double x) { return Sleef_finz_expd1_u10purecfma(x); }
double log_of(double x) { return Sleef_finz_logd1_u10purecfma(x); }
double erfc_of(double x) { return Sleef_finz_erfcd1_u15purecfma(x); }
double power_of(double x, double y) { return exp_of(y * log_of(x)); }

double erfcx_of(double x) {
    if (x >= 0.0) {
        return erfcx_of_positive(x);
    }
    const double twice = 2.0 * exp_of_square(x, 1.0);  // infinite below -26.6
    return twice == kInfinity ? twice : twice - erfcx_of_positive(-x);
}

double normal_density(double x) { return kOneOverSqrtTwoPi * exp_of_square(x, -0.5); }

double normal_cdf(double x) { return x > 0.0 ? 1.0 - lower_tail(-x) : lower_tail(x); }

double normal_quantile(double p) {
    if (!(p > 0.0 && p < 1.0)) {
        return p == 0.0 ? -kInfinity : p == 1.0 ? kInfinity : __builtin_nan("");
    }
    const double from_centre = p - 0.5;
    if (__builtin_fabs(from_centre) <= 0.425) {
        const double r = __builtin_fma(-from_centre, from_centre, 0.180625);
        return from_centre * rational(kCentreTop, kCentreBottom, r);
    }
    return from_centre < 0.0 ? tail_quantile(p) : -tail_quantile(1.0 - p);
}

}  // namespace sauda::options
