#include "common/models/calibrator.h"

#include "common/options/deterministic_math.h"

#include <algorithm>
#include <cmath>

namespace sauda::models {

namespace {

constexpr int kStepsMax = 50;
constexpr double kRidge = 1e-6;  // keeps the step finite when one outcome is all there is

struct Targets {
    double rise = 0.0;
    double fall = 0.0;
    double base = 0.5;
};

// Platt 1999: (n+ + 1) / (n+ + 2) and 1 / (n- + 2) instead of 1 and 0.
Targets targets_of(std::span<const uint8_t> labels, std::span<const double> weights) {
    double rises = 0.0;
    double falls = 0.0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        (labels[i] != 0 ? rises : falls) += weights[i];
    }
    return {(rises + 1.0) / (rises + 2.0), 1.0 / (falls + 2.0),
            (rises + 1.0) / (rises + falls + 2.0)};
}

}  // namespace

double probability_of(double log_odds) {
    if (log_odds >= 0.0) {
        return 1.0 / (1.0 + options::exp_of(-log_odds));
    }
    const double odds = options::exp_of(log_odds);
    return odds / (1.0 + odds);
}

double log_odds_of(double probability) {
    return options::log_of(probability) - options::log_of(1.0 - probability);
}

Calibrator fit_calibrator(std::span<const double> margins, std::span<const uint8_t> labels,
                          std::span<const double> weights) {
    const Targets targets = targets_of(labels, weights);
    Calibrator fit{0.0, log_odds_of(targets.base)};
    for (int step = 0; step < kStepsMax; ++step) {
        double gradient_slope = 0.0;
        double gradient_offset = 0.0;
        double ss = kRidge;
        double so = 0.0;
        double oo = kRidge;
        for (std::size_t i = 0; i < margins.size(); ++i) {
            const double p = probability_of(fit.log_odds(margins[i]));
            const double error = weights[i] * (p - (labels[i] != 0 ? targets.rise : targets.fall));
            const double curve = weights[i] * p * (1.0 - p);
            gradient_slope += error * margins[i];
            gradient_offset += error;
            ss += curve * margins[i] * margins[i];
            so += curve * margins[i];
            oo += curve;
        }
        const double determinant = ss * oo - so * so;
        if (!(determinant > 0.0)) {
            break;
        }
        const double slope_step = (oo * gradient_slope - so * gradient_offset) / determinant;
        const double offset_step = (ss * gradient_offset - so * gradient_slope) / determinant;
        fit.slope -= slope_step;
        fit.offset -= offset_step;
        if (std::abs(slope_step) < 1e-10 && std::abs(offset_step) < 1e-10) {
            break;
        }
    }
    if (!(fit.slope > 0.0) || !std::isfinite(fit.slope) || !std::isfinite(fit.offset)) {
        return {0.0, log_odds_of(targets.base)};
    }
    return fit;
}

double log_loss(std::span<const double> log_odds, std::span<const uint8_t> labels,
                std::span<const double> weights) {
    double sum = 0.0;
    double total = 0.0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        // -log p of what happened is log(1 + exp(-x)), x its log-odds.
        const double x = labels[i] != 0 ? log_odds[i] : -log_odds[i];
        const double loss = x > 0.0 ? options::log_of(1.0 + options::exp_of(-x))
                                    : -x + options::log_of(1.0 + options::exp_of(x));
        sum += weights[i] * loss;
        total += weights[i];
    }
    return total > 0.0 ? sum / total : 0.0;
}

}  // namespace sauda::models
