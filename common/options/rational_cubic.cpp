#include "common/options/rational_cubic.h"

namespace sauda::options {
namespace {

constexpr double kLeast = -0.9999999;  // the denominator stays positive
constexpr double kStraight = 1e300;    // as good as a straight line

double larger(double a, double b) { return a > b ? a : b; }
double magnitude(double a) { return a < 0.0 ? -a : a; }

}  // namespace

double RationalCubic::parameter(double curvature) const {
    const double mean = (y_right - y_left) / width;
    const double bend_left = mean - slope_left;
    const double bend_right = slope_right - mean;
    const double wanted = 0.5 * width * curvature + (slope_right - slope_left);
    double r = kStraight;
    if (bend_right != 0.0) {
        r = wanted / bend_right;
    } else if (wanted < 0.0) {
        r = -kStraight;
    }
    double least = kLeast;
    if (mean != 0.0 && slope_left * mean >= 0.0 && slope_right * mean >= 0.0) {
        least = larger(least, (slope_left + slope_right) / mean);
    }
    if (bend_left * bend_right > 0.0) {
        const double turn = slope_right - slope_left;
        least = larger(least, larger(magnitude(turn / bend_right), magnitude(turn / bend_left)));
    }
    return larger(r, least);
}

double RationalCubic::at(double x, double r) const {
    const double u = x / width;
    const double v = 1.0 - u;
    if (!(r < kStraight)) {
        return y_left * v + y_right * u;
    }
    const double top = y_right * u * u * u + (r * y_right - width * slope_right) * u * u * v +
                       (r * y_left + width * slope_left) * u * v * v + y_left * v * v * v;
    return top / (1.0 + (r - 3.0) * u * v);
}

}  // namespace sauda::options
