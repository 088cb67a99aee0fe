#include "services/importer/core/option_price.h"

#include <algorithm>

namespace sauda::importer {

double decay(double x) {
    if (x < -700.0) {
        return 0.0;
    }
    // A short series at x / 1024, squared ten times.
    const double y = x / 1024.0;
    double value = 1.0 + y * (1.0 + y / 2.0 * (1.0 + y / 3.0 * (1.0 + y / 4.0 * (1.0 + y / 5.0))));
    for (int i = 0; i < 10; ++i) {
        value *= value;
    }
    return value;
}

double normal_cdf(double x) {
    // Abramowitz and Stegun 26.2.17.
    const double z = x < 0.0 ? -x : x;
    const double t = 1.0 / (1.0 + 0.2316419 * z);
    const double series =
        t * (0.319381530 +
             t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    const double tail = 0.3989422804014327 * decay(-0.5 * z * z) * series;
    return x < 0.0 ? tail : 1.0 - tail;
}

double option_price(bool is_call, double forward, double strike, double deviation) {
    const double distance = (forward - strike) / deviation;
    const double density = 0.3989422804014327 * decay(-0.5 * distance * distance);
    const double call = (forward - strike) * normal_cdf(distance) + deviation * density;
    return std::max(0.0, is_call ? call : call - (forward - strike));
}

}  // namespace sauda::importer
