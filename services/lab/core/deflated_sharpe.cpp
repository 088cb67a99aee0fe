#include "services/lab/core/deflated_sharpe.h"

#include "common/options/deterministic_math.h"

#include <cmath>

namespace sauda::lab {

namespace {

constexpr double kEulerMascheroni = 0.57721566490153286061;
constexpr double kEuler = 2.71828182845904523536;

}  // namespace

double expected_best_sharpe(std::size_t trials, double variance) {
    if (trials < 2 || !(variance > 0.0)) {
        return 0.0;
    }
    const auto n = static_cast<double>(trials);
    return std::sqrt(variance) *
           ((1.0 - kEulerMascheroni) * options::normal_quantile(1.0 - 1.0 / n) +
            kEulerMascheroni * options::normal_quantile(1.0 - 1.0 / (n * kEuler)));
}

std::optional<double> probabilistic_sharpe(const SharpeSample& sample, double benchmark) {
    const double spread = 1.0 - sample.skewness * sample.sharpe +
                          (sample.kurtosis - 1.0) / 4.0 * sample.sharpe * sample.sharpe;
    if (sample.periods < 2 || !(spread > 0.0)) {
        return std::nullopt;
    }
    const double root = std::sqrt(static_cast<double>(sample.periods - 1));
    return options::normal_cdf((sample.sharpe - benchmark) * root / std::sqrt(spread));
}

std::optional<double> deflated_sharpe(const SharpeSample& sample, std::size_t trials,
                                      double variance) {
    return probabilistic_sharpe(sample, expected_best_sharpe(trials, variance));
}

}  // namespace sauda::lab
