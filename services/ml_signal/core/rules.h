#pragma once

#include "services/ml_signal/core/features.h"

#include <array>

namespace sauda::ml_signal {

// An opinion in millionths. contributions: what each feature added; they sum up to the score
// exactly, but where the score had to be cut at one million.
struct Opinion {
    int64_t score = 0;       // [-1e6, 1e6]
    int64_t confidence = 0;  // [0, 1e6]
    std::array<int64_t, kFeatures> contributions{};
};

// The rule that stands in where no model is loaded: follow the trend.
//   u = momentum_5 / (2 v sqrt 5), momentum_15 / (2 v sqrt 15), distance_sma_20 / 2,
//       (rsi_14 - 50) / 30, 2 range_position - 1, each cut to [-1, 1]; v = `volatility` per bar
//   s = 0.30 u1 + 0.25 u2 + 0.20 u3 + 0.15 u4 + 0.10 u5
//   score = s x a x b:  a = 0.6 if volatility_state > 1.5 (wild), 0.8 if < 0.6 (dead), else 1;
//                       b = 0.5 in the first 15 minutes of the day, else 1
//   confidence = (share of the |parts| of s that have its sign) x min(1, |score| / 0.6)
// The contributions of volatility_state and time_of_day are what they took away. Confidence
// orders opinions; it is not a probability, and nothing was fitted.
Opinion opinion_of(const Features& features, double volatility);

// x in millionths, half away from zero.
int64_t millionths(double x);

}  // namespace sauda::ml_signal
