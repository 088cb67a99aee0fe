// The inverse of the normalised Black formula: a rational guess from one of four branches, then
// Householder steps of fourth order. P. Jaeckel, "Let's Be Rational", Wilmott 2015.
#include "common/options/deterministic_math.h"
#include "common/options/lower_knot.h"
#include "common/options/normalised_black.h"
#include "common/options/rational_cubic.h"

namespace sauda::options {
namespace {

constexpr double kPi = 3.1415926535897932;
constexpr double kRootThree = 1.7320508075688773;
constexpr double kRoot2Pi = 2.5066282746310005;

// After a step this small (against s) the next is below rounding: the order is four.
constexpr double kSmallStep = 1e-5;
constexpr double kFirstDigits = 1e-9;  // the first step is off by more
constexpr double kAllDigits = 1e-17;
constexpr int kStepsMax = 5;  // the paper proves two enough; the rest is for rounding at the edges

// f'/f, f''/f' and f'''/f' of the objective, as the step of Householder's third method needs them.
double householder(double newton, double second, double third) {
    return newton * (1.0 + 0.5 * second * newton) /
           (1.0 + newton * (second + third * newton / 6.0));
}

// b''/b' and b'''/b' at s.
struct Shape {
    double second;
    double third;
};
Shape shape_at(double h, double s) {
    const double slope = h / s;
    const double second = h * slope - 0.25 * s;
    return {second, second * second - 3.0 * slope * slope - 0.25};
}

double log_vega(double h, double s) { return -0.5 * (h * h + 0.25 * s * s) - kLogRoot2Pi; }

// Objective 1 / log b - 1 / log price, for small prices.
struct SmallPrice {
    double x;
    double log_price;
    [[nodiscard]] double step(double s, double digits) const {
        const double h = x / s;
        const double ratio = price_over_vega(h, 0.5 * s, digits);
        const double log_b = log_vega(h, s) + log_of(ratio);
        const double p = 1.0 / ratio;
        const double q = 1.0 / log_b;
        const Shape b = shape_at(h, s);
        const double newton = (log_price - log_b) * log_b / log_price * ratio;
        const double bend = 1.0 + 2.0 * q;
        return householder(
            newton, b.second - p * bend,
            b.third + 2.0 * p * p * (1.0 + 3.0 * q * (1.0 + q)) - 3.0 * b.second * p * bend);
    }
};

// Objective b - price, between.
struct MediumPrice {
    double x;
    double price;
    [[nodiscard]] double step(double s, double digits) const {
        const double h = x / s;
        const Shape b = shape_at(h, s);
        const double newton =
            price / normalised_vega(h, 0.5 * s) - price_over_vega(h, 0.5 * s, digits);
        return householder(newton, b.second, b.third);
    }
};

// Objective log((b_max - b) / missing), for prices near the maximum.
struct LargePrice {
    double x;
    double log_missing;
    [[nodiscard]] double step(double s, double /*digits*/) const {
        const double h = x / s;
        const double ratio = missing_over_vega(h, 0.5 * s);
        const Shape b = shape_at(h, s);
        const double p = 1.0 / ratio;
        const double newton = (log_vega(h, s) + log_of(ratio) - log_missing) * ratio;
        return householder(newton, b.second + p, b.third + p * (2.0 * p + 3.0 * b.second));
    }
};

template <class Objective>
double refine(double s, const Objective& objective) {
    double digits = kFirstDigits;
    for (int i = 0; i < kStepsMax; ++i) {
        const double step = objective.step(s, digits);
        s = s + step > 0.0 ? s + step : 0.5 * s;
        if (i > 0 && step < kSmallStep * s && step > -kSmallStep * s) {
            break;
        }
        digits = kAllDigits;
    }
    return s;
}

// Cube root to nine digits for a guess: the exponent over three, then Halley twice.
double rough_cube_root(double x) {
    const auto bits = __builtin_bit_cast(unsigned long long, x);
    double root = __builtin_bit_cast(double, bits / 3U + 0x2A9F7893782DA1CEULL);
    for (int i = 0; i < 2; ++i) {
        const double cube = root * root * root;
        root *= (cube + 2.0 * x) / (2.0 * cube + x);
    }
    return root;
}

// Small prices: reads f off the curve below the lower knot and turns it back into s.
double guess_small(double x, double price, const LowerKnot& knot) {
    double f = knot.curve.at(price, knot.parameter);
    if (!(f > 0.0)) {  // rounding at the very edge: a parabola with the same ends
        const double u = price / knot.price;
        f = (knot.curve.y_right * u + knot.price * (1.0 - u)) * u;
    }
    const double tail = kRootThree * rough_cube_root(f / (-2.0 * kPi * x));
    return x / (kRootThree * normal_quantile(tail));
}

// Prices near the maximum: interpolates f = N(-s / 2) in what is missing, from 0 to the upper knot.
double guess_large(double x, double missing, double knot_s, double knot_missing, double knot_vega) {
    const double h = x / knot_s;
    const double slope = 0.5 * exp_of(0.5 * h * h);
    const double curvature = slope * h * h / (knot_s * knot_vega);
    const RationalCubic curve{knot_missing, 0.0, normal_cdf(-0.5 * knot_s), 0.5, slope};
    double f = curve.at(missing, curve.parameter(curvature));
    if (!(f > 0.0)) {
        f = 0.5 * missing;
    }
    return -2.0 * normal_quantile(f);
}

}  // namespace

double normalised_volatility(double x, double b_max, double price, double missing) {
    const InflectionPoint inflection = inflection_of(x, b_max);
    if (price < inflection.price) {
        const LowerKnot knot = lower_knot_of(x, inflection.foot);
        if (price < knot.price) {
            return refine(guess_small(x, price, knot), SmallPrice{x, log_of(price)});
        }
        const RationalCubic curve{inflection.price - knot.price, knot.s, inflection.s,
                                  knot.inverse_vega, inflection.inverse_vega};
        return refine(curve.at(price - knot.price, curve.parameter(0.0)), MediumPrice{x, price});
    }
    // The upper knot: where the tangent reaches the maximum.
    const double knot_s = inflection.foot + kRoot2Pi;
    const double h = x / knot_s;
    const double vega = normalised_vega(h, 0.5 * knot_s);
    const double knot_missing = vega * missing_over_vega(h, 0.5 * knot_s);
    if (missing < knot_missing) {
        const double guess = guess_large(x, missing, knot_s, knot_missing, vega);
        return refine(guess, LargePrice{x, log_of(missing)});
    }
    // Mirrored, so that the inflection is the right end.
    const RationalCubic curve{b_max - inflection.price - knot_missing, knot_s, inflection.s,
                              -1.0 / vega, -inflection.inverse_vega};
    return refine(curve.at(missing - knot_missing, curve.parameter(0.0)), MediumPrice{x, price});
}

}  // namespace sauda::options
