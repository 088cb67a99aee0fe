#include "services/ml_signal/core/rules.h"

#include <algorithm>
#include <cmath>

namespace sauda::ml_signal {

namespace {

constexpr std::size_t kDirectional = 5;  // the first features; the others only dampen
constexpr std::array<double, kDirectional> kWeights{0.30, 0.25, 0.20, 0.15, 0.10};
constexpr int64_t kMillion = 1'000'000;

double cut(double x) { return std::clamp(x, -1.0, 1.0); }

// How many standard deviations a move over `bars` bars is, halved.
double in_deviations(double move, double volatility, double bars) {
    return volatility > 0.0 ? cut(move / (2.0 * volatility * std::sqrt(bars))) : 0.0;
}

double volatility_factor(double state) { return state > 1.5 ? 0.6 : (state < 0.6 ? 0.8 : 1.0); }
double time_factor(double minutes) { return minutes < 15.0 ? 0.5 : 1.0; }

}  // namespace

int64_t millionths(double x) {
    const double scaled = x * 1e6;
    return static_cast<int64_t>(scaled >= 0.0 ? scaled + 0.5 : scaled - 0.5);
}

Opinion opinion_of(const Features& features, double volatility) {
    const std::array<double, kDirectional> units{
        in_deviations(features[kMomentum5], volatility, 5.0),
        in_deviations(features[kMomentum15], volatility, 15.0),
        cut(features[kDistanceSma20] / 2.0),
        cut((features[kRsi14] - 50.0) / 30.0),
        cut(2.0 * features[kRangePosition] - 1.0),
    };
    std::array<double, kFeatures> parts{};
    double sum = 0.0;
    for (std::size_t i = 0; i < kDirectional; ++i) {
        parts[i] = kWeights[i] * units[i];
        sum += parts[i];
    }
    double agreeing = 0.0;
    double all = 0.0;
    for (std::size_t i = 0; i < kDirectional; ++i) {
        const double size = std::abs(parts[i]);
        all += size;
        agreeing += (parts[i] > 0.0) == (sum > 0.0) ? size : 0.0;
    }
    const double calmed = volatility_factor(features[kVolatilityState]);
    parts[kVolatilityState] = sum * (calmed - 1.0);
    parts[kTimeOfDay] = sum * calmed * (time_factor(features[kTimeOfDay]) - 1.0);

    Opinion opinion;
    for (std::size_t i = 0; i < kFeatures; ++i) {
        opinion.contributions[i] = millionths(parts[i]);
        opinion.score += opinion.contributions[i];
    }
    opinion.score = std::clamp(opinion.score, -kMillion, kMillion);
    const double strength = std::min(1.0, std::abs(static_cast<double>(opinion.score)) / 600'000.0);
    opinion.confidence = all > 0.0 ? millionths(agreeing / all * strength) : 0;
    return opinion;
}

}  // namespace sauda::ml_signal
