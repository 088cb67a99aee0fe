#pragma once

#include "common/options/rational_cubic.h"

namespace sauda::options {

// Where the guess of an implied volatility changes its branch: at s = sqrt(2 |x|) the normalised
// price has its inflection; the tangent there meets price 0 at the foot, the lower knot.
struct InflectionPoint {
    double s;
    double price;
    double inverse_vega;
    double foot;
};
InflectionPoint inflection_of(double x, double b_max);

// What is known at the lower knot.
struct LowerKnot {
    double s;
    double price;
    double inverse_vega;
    // f = 2 pi |x| / (3 sqrt 3) N(-|x| / (sqrt 3 s))^3 over the price, from 0 to here. It is nearly
    // straight, so it is what the guess interpolates.
    RationalCubic curve;
    double parameter;
};
// x < 0. Good to 1e-8, which is enough for a guess.
LowerKnot lower_knot_of(double x, double foot);

}  // namespace sauda::options
