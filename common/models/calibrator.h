#pragma once

#include "common/base/archive.h"

#include <cstdint>
#include <span>

namespace sauda::models {

// 1 / (1 + exp(-log_odds)), without overflow. The bits are equal on every machine.
double probability_of(double log_odds);
// log(p / (1 - p)); p in (0, 1).
double log_odds_of(double probability);

// Platt's scaling: log-odds = slope x margin + offset. Two numbers, because the rows of a few
// weeks are too few and too dependent for a free curve. slope >= 0: margins that order outcomes
// the wrong way round are worth nothing, and the answer is the base rate for all.
struct Calibrator {
    double slope = 1.0;
    double offset = 0.0;

    [[nodiscard]] double log_odds(double margin) const { return slope * margin + offset; }
    friend bool operator==(const Calibrator&, const Calibrator&) = default;
    SAUDA_FIELDS(slope, offset)
};

// Maximum likelihood by Newton's method on margins nobody has been fitted on (out of fold), with
// Platt's smoothed targets. Columns of one length; labels 0 or 1; weights >= 0, their sum > 0.
Calibrator fit_calibrator(std::span<const double> margins, std::span<const uint8_t> labels,
                          std::span<const double> weights);

// Mean of -log of the probability given to what happened, by weight; in nats.
double log_loss(std::span<const double> log_odds, std::span<const uint8_t> labels,
                std::span<const double> weights);

}  // namespace sauda::models
