#pragma once

#include <cstddef>
#include <span>

namespace sauda::options {

// The natural cubic spline through (x, y): second derivatives zero at both ends. x ascends, at
// least two knots, all spans of one length; `curvature` receives the second derivatives at the
// knots and `work` is scratch.
void spline_curvatures(std::span<const double> x, std::span<const double> y,
                       std::span<double> curvature, std::span<double> work);

// The spline at `at`, between the first and the last knot.
double spline_at(std::span<const double> x, std::span<const double> y,
                 std::span<const double> curvature, double at);

}  // namespace sauda::options
