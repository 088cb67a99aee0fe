#include "common/options/cubic_spline.h"

namespace sauda::options {

void spline_curvatures(std::span<const double> x, std::span<const double> y,
                       std::span<double> curvature, std::span<double> work) {
    const std::size_t last = x.size() - 1;
    curvature[0] = 0.0;
    work[0] = 0.0;
    for (std::size_t i = 1; i < last; ++i) {  // forward elimination of the tridiagonal system
        const double left = x[i] - x[i - 1];
        const double right = x[i + 1] - x[i];
        const double bend = 6.0 * ((y[i + 1] - y[i]) / right - (y[i] - y[i - 1]) / left);
        const double pivot = 2.0 * (left + right) - left * work[i - 1];
        work[i] = right / pivot;
        curvature[i] = (bend - left * curvature[i - 1]) / pivot;
    }
    curvature[last] = 0.0;
    for (std::size_t i = last; i-- > 1;) {
        curvature[i] -= work[i] * curvature[i + 1];
    }
}

double spline_at(std::span<const double> x, std::span<const double> y,
                 std::span<const double> curvature, double at) {
    std::size_t i = 1;
    while (i + 1 < x.size() && x[i] < at) {
        ++i;
    }
    const double width = x[i] - x[i - 1];
    const double u = (at - x[i - 1]) / width;
    const double v = 1.0 - u;
    const double bend = (u * u * u - u) * curvature[i] + (v * v * v - v) * curvature[i - 1];
    return u * y[i] + v * y[i - 1] + bend * width * width / 6.0;
}

}  // namespace sauda::options
