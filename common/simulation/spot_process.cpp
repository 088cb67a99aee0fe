#include "common/simulation/spot_process.h"

#include "common/options/deterministic_math.h"

#include <algorithm>
#include <cmath>

namespace sauda::simulation {

namespace {

constexpr double kTradingSecondsAYear = 252.0 * 22'500.0;
constexpr double kHeatHalfLife = 1'200.0;  // seconds
constexpr double kHeatDeviation = 0.35;    // of the logarithm
constexpr double kHeatMost = 4.0;
constexpr double kGapChance = 0.35;
constexpr double kPullSeconds = 900.0;  // of a trend day back to its plan
constexpr double kRangeSeconds = 2'400.0;
constexpr double kBound = 0.06;  // of the open: where a real day would be halted

DayCharacter choose(base::Rng& rng) {
    const double u = rng.uniform();
    return u < 0.30   ? DayCharacter::Quiet
           : u < 0.60 ? DayCharacter::Trend
           : u < 0.85 ? DayCharacter::Range
                      : DayCharacter::Volatile;
}

// Busy after the open, calm at noon, busy again before the close; the mean of a day is about 1.
double diurnal(double at) {
    const double from_middle = 2.0 * at - 1.0;
    const double opening = at < 0.05 ? 1.0 - at / 0.05 : 0.0;
    return 0.78 + 0.45 * from_middle * from_middle + 0.9 * opening;
}

double ramp(double at, double begin, double end) {
    return std::clamp((at - begin) / (end - begin), 0.0, 1.0);
}

}  // namespace

SpotProcess::SpotProcess(base::Rng rng, DayCharacter character, double annual, double before_open,
                         double step_seconds)
    : rng_(rng),
      character_(character == DayCharacter::Mixed ? choose(rng_) : character),
      open_(before_open),
      value_(before_open),
      step_deviation_(annual * std::sqrt(step_seconds / kTradingSecondsAYear)),
      step_seconds_(step_seconds),
      jump_chance_(step_seconds / 22'500.0) {
    const double daily = annual / std::sqrt(252.0);
    if (rng_.chance(kGapChance)) {
        open_ *= 1.0 + (rng_.chance(0.5) ? 1.0 : -1.0) * daily * (0.4 + 0.8 * rng_.uniform());
    }
    value_ = open_;
    const double sign = rng_.chance(0.5) ? 1.0 : -1.0;
    switch (character_) {
        case DayCharacter::Mixed:
        case DayCharacter::Quiet:
            step_deviation_ *= 0.75;
            jump_chance_ *= 0.3;
            break;
        case DayCharacter::Trend:
            trend_ = sign * daily * (1.2 + 1.0 * rng_.uniform());
            reversal_at_ = rng_.chance(0.4) ? 0.55 + 0.2 * rng_.uniform() : 2.0;
            break;
        case DayCharacter::Range:
            jump_chance_ *= 0.5;
            break;
        case DayCharacter::Volatile:
            step_deviation_ *= 1.9;
            jump_chance_ *= 5.0;
            break;
    }
}

// Where the character of the day draws the index, as a log return of this step.
double SpotProcess::pull(double at) const {
    const double away = value_ / open_ - 1.0;
    if (character_ == DayCharacter::Range) {
        return -away * step_seconds_ / kRangeSeconds;
    }
    if (character_ != DayCharacter::Trend) {
        return 0.0;
    }
    const double plan = trend_ * (0.55 * ramp(at, 0.06, 0.38) + 0.45 * ramp(at, 0.5, 0.8)) -
                        trend_ * 1.1 * ramp(at, reversal_at_, reversal_at_ + 0.2);
    return (plan - away) * step_seconds_ / kPullSeconds;
}

void SpotProcess::step(double at) {
    const double back = step_seconds_ * 0.6931471805599453 / kHeatHalfLife;
    log_heat_ += -log_heat_ * back + kHeatDeviation * std::sqrt(2.0 * back) * rng_.normal();
    heat_ = std::min(kHeatMost, options::exp_of(log_heat_));
    double change = step_deviation_ * heat_ * diurnal(at) * rng_.normal() + pull(at);
    if (rng_.chance(jump_chance_)) {
        change += (rng_.chance(0.5) ? 1.0 : -1.0) * (0.0012 + 0.0022 * rng_.uniform());
        log_heat_ += 0.5;  // a jump is followed by unrest
    }
    const double before = value_;
    value_ = std::clamp(value_ * (1.0 + change), open_ * (1.0 - kBound), open_ * (1.0 + kBound));
    last_return_ = value_ / before - 1.0;
}

}  // namespace sauda::simulation
