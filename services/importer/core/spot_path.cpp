#include "services/importer/core/spot_path.h"

#include <algorithm>
#include <cmath>

namespace sauda::importer {

namespace {

constexpr double kBound = 0.025;         // of the open
constexpr double kNoisePerSecond = 0.9;  // points, standard deviation of one second

// Shares of the day: the plan moves from one level to the next between two of these.
constexpr double kTrendBegin = 0.20;
constexpr double kTrendEnd = 0.42;
constexpr double kReversalBegin = 0.55;
constexpr double kReversalEnd = 0.74;
constexpr double kJumpAt = 0.85;

double ramp(double at, double begin, double end) {
    return std::clamp((at - begin) / (end - begin), 0.0, 1.0);
}

}  // namespace

SpotPath spot_path(base::Rng& rng, int64_t steps, int64_t step_seconds) {
    SpotPath path;
    path.open = static_cast<double>(rng.between(24'600, 25'400));
    path.trend_is_up = rng.chance(0.5);
    const double sign = path.trend_is_up ? 1.0 : -1.0;
    const double trend = sign * path.open * (0.007 + 0.004 * rng.uniform());
    const double reversal = -trend * (0.8 + 0.5 * rng.uniform());
    const double jump =
        (rng.chance(0.5) ? 1.0 : -1.0) * path.open * (0.0025 + 0.0015 * rng.uniform());
    const double deviation = kNoisePerSecond * std::sqrt(static_cast<double>(step_seconds));
    double noise = 0.0;
    for (int64_t i = 0; i < steps; ++i) {
        const double at = static_cast<double>(i) / static_cast<double>(steps);
        // Pulled back to the plan with a half-life of some minutes, so that the plan stays visible.
        noise += rng.normal() * deviation - noise * 0.0015 * static_cast<double>(step_seconds);
        const double plan = trend * ramp(at, kTrendBegin, kTrendEnd) +
                            reversal * ramp(at, kReversalBegin, kReversalEnd) +
                            (at >= kJumpAt ? jump : 0.0);
        const double bound = path.open * kBound;
        path.values.push_back(path.open + std::clamp(plan + noise, -bound, bound));
    }
    path.values.front() = path.open;
    return path;
}

}  // namespace sauda::importer
