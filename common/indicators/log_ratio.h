#pragma once

#include "common/options/deterministic_math.h"

namespace sauda::indicators {

// ln(a / b) of two prices above zero, within 2 ulp. Prices of one bar are near each other: up to
// 6 % apart it is 2 artanh(z), z = (a - b) / (a + b), by its series, whose next term is below
// 1e-19 of the sum. a - b loses nothing there, while a rounded a / b has lost most digits of a
// small return; and it is quicker than a logarithm.
inline double log_ratio(double a, double b) {
    constexpr double kNear = 0.03;
    const double z = (a - b) / (a + b);
    if (z > kNear || z < -kNear) {
        return options::log_of(a / b);
    }
    const double s = z * z;
    const double series =
        1.0 / 3.0 + s * (1.0 / 5.0 + s * (1.0 / 7.0 + s * (1.0 / 9.0 + s * (1.0 / 11.0))));
    return 2.0 * (z + z * s * series);
}

}  // namespace sauda::indicators
