#pragma once

namespace sauda::options {

// A monotone curve from (0, y_left) to (width, y_right) with given slopes: cubic over quadratic
// after Delbourgo and Gregory, with one parameter left, r > -1; large r straightens it.
struct RationalCubic {
    double width = 0.0;  // > 0
    double y_left = 0.0;
    double y_right = 0.0;
    double slope_left = 0.0;
    double slope_right = 0.0;

    // The r that gives the second derivative `curvature` at the right end, raised as far as needed
    // to keep the curve monotone and without a turn of its curvature.
    [[nodiscard]] double parameter(double curvature) const;
    // 0 <= x <= width.
    [[nodiscard]] double at(double x, double r) const;
};

}  // namespace sauda::options
