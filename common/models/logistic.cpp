#include "common/models/logistic.h"

#include <algorithm>
#include <cmath>

namespace sauda::models {

namespace {
constexpr double kCut = 4.0;

bool all_finite(const std::vector<double>& values) {
    return std::all_of(values.begin(), values.end(), [](double x) { return std::isfinite(x); });
}
}  // namespace

double Logistic::standardised(std::span<const float> row, std::size_t feature) const {
    const auto x = static_cast<double>(row[feature]);
    if (x != x) {
        return 0.0;
    }
    return std::clamp((x - mean[feature]) / deviation[feature], -kCut, kCut);
}

double Logistic::margin(std::span<const float> row) const {
    double sum = bias;
    for (std::size_t f = 0; f < weight.size(); ++f) {
        sum += weight[f] * standardised(row, f);
    }
    return sum;
}

void Logistic::contributions(std::span<const float> row, std::span<double> out) const {
    for (std::size_t f = 0; f < weight.size(); ++f) {
        out[f] += weight[f] * standardised(row, f);
    }
}

bool Logistic::is_valid(std::size_t features) const {
    return mean.size() == features && deviation.size() == features && weight.size() == features &&
           all_finite(mean) && all_finite(deviation) && all_finite(weight) && std::isfinite(bias) &&
           std::all_of(deviation.begin(), deviation.end(), [](double x) { return x > 0.0; });
}

}  // namespace sauda::models
