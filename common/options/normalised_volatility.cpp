// The inverse of the normalised Black formula: a rational guess from one of four branches, then
// Householder steps of fourth order. P. Jaeckel, "Let's Be Rational", Wilmott 2015.
#include "common/options/deterministic_math.h"
#include "common/options/normalised_black.h"
#include "common/options/rational_cubic.h"

namespace sauda::options {
namespace {

constexpr double kPi = 3.1415926535897932;
constexpr double kRootThree = 1.7320508075688773;
constexpr double kRoot2Pi = 2.5066282746310005;
constexpr double kRootHalf = 0.70710678118654752;

// After a step this small (against s) the next is below rounding: the order is four.
constexpr double kSmallStep = 1e-5;
constexpr int kStepsMax = 5;  // the paper proves two enough; the rest is for rounding at the edges

// s = sqrt(2 |x|), where b has its inflection, and what is known there without a search.
struct Centre {
    double s;
    double vega;
    double ratio;  // price over vega
};

Centre centre_of(double x, double b_max) {
    const double root = __builtin_sqrt(-0.5 * x);
    return {2.0 * root, b_max / kRoot2Pi, x < 0.0 ? price_over_vega(-root, root) : 0.0};
}

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
    [[nodiscard]] double step(double s) const {
        const double h = x / s;
        const double ratio = price_over_vega(h, 0.5 * s);
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
    [[nodiscard]] double step(double s) const {
        const double h = x / s;
        const Shape b = shape_at(h, s);
        const double newton = price / normalised_vega(h, 0.5 * s) - price_over_vega(h, 0.5 * s);
        return householder(newton, b.second, b.third);
    }
};

// Objective log((b_max - b) / missing), for prices near the maximum.
struct LargePrice {
    double x;
    double log_missing;
    [[nodiscard]] double step(double s) const {
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
    for (int i = 0; i < kStepsMax; ++i) {
        const double step = objective.step(s);
        s = s + step > 0.0 ? s + step : 0.5 * s;
        if (step < kSmallStep * s && step > -kSmallStep * s) {
            break;
        }
    }
    return s;
}

// Small prices: interpolates f = 2 pi |x| / (3 sqrt 3) N(-z)^3 with z = |x| / (sqrt 3 s), which is
// nearly linear in the price, from 0 to the lower knot, and turns it back into s.
double guess_small(double x, double price, double knot_s, double knot_price, double knot_vega) {
    const double z = -x / (kRootThree * knot_s);
    const double y = z * z;
    const double scaled = erfcx_of(z * kRootHalf);  // 2 N(-z) exp(z^2 / 2)
    const double grown = exp_of(0.125 * knot_s * knot_s);
    const double scale = -2.0 * kPi * x / (3.0 * kRootThree);
    const double below = 0.5 * scaled * exp_of(-0.5 * y);
    const double slope = 0.5 * kPi * y * scaled * scaled * grown;
    const double hazard = 2.0 / (kRoot2Pi * scaled);  // n(z) / N(-z)
    const double curvature =
        slope / knot_vega * ((2.0 * hazard * z - 2.0 * y - 2.0) / knot_s + 0.25 * knot_s);
    const RationalCubic curve{knot_price, 0.0, scale * below * below * below, 1.0, slope};
    double f = curve.at(price, curve.parameter(curvature));
    if (!(f > 0.0)) {  // rounding at the very edge: a parabola with the same ends
        const double u = price / knot_price;
        f = (curve.y_right * u + knot_price * (1.0 - u)) * u;
    }
    const double tail = kRootThree * power_of(f / (-2.0 * kPi * x), 1.0 / 3.0);
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
    const Centre centre = centre_of(x, b_max);
    const double centre_price = centre.ratio * centre.vega;
    if (price < centre_price) {
        const double knot_s = centre.s - centre.ratio;
        const double h = x / knot_s;
        const double vega = normalised_vega(h, 0.5 * knot_s);
        const double knot_price = vega * price_over_vega(h, 0.5 * knot_s);
        if (price < knot_price) {
            const double guess = guess_small(x, price, knot_s, knot_price, vega);
            return refine(guess, SmallPrice{x, log_of(price)});
        }
        const RationalCubic curve{centre_price - knot_price, knot_s, centre.s, 1.0 / vega,
                                  1.0 / centre.vega};
        return refine(curve.at(price - knot_price, curve.parameter(0.0)), MediumPrice{x, price});
    }
    const double knot_s = centre.s + kRoot2Pi - centre.ratio;
    const double h = x / knot_s;
    const double vega = normalised_vega(h, 0.5 * knot_s);
    const double knot_missing = vega * missing_over_vega(h, 0.5 * knot_s);
    if (missing < knot_missing) {
        const double guess = guess_large(x, missing, knot_s, knot_missing, vega);
        return refine(guess, LargePrice{x, log_of(missing)});
    }
    // Mirrored, so that the inflection is the right end.
    const RationalCubic curve{b_max - centre_price - knot_missing, knot_s, centre.s, -1.0 / vega,
                              -1.0 / centre.vega};
    return refine(curve.at(missing - knot_missing, curve.parameter(0.0)), MediumPrice{x, price});
}

}  // namespace sauda::options
