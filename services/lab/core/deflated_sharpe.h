#pragma once

#include <cstddef>
#include <optional>

namespace sauda::lab {

// Sharpe ratios here are of one period (a day), never a year's: an annual one is divided by the
// root of the periods a year first.
struct SharpeSample {
    double sharpe = 0.0;
    std::size_t periods = 0;  // returns it was measured over, at least 2
    double skewness = 0.0;
    double kurtosis = 3.0;  // not the excess: 3 is a normal's
};

// The best Sharpe ratio to be expected of `trials` worthless strategies whose ratios have this
// variance (Bailey and Lopez de Prado 2014). 0 for a single trial.
double expected_best_sharpe(std::size_t trials, double variance);

// Probability that the true Sharpe ratio is above `benchmark`. nullopt when the sample is too short
// or its moments admit no standard error.
std::optional<double> probabilistic_sharpe(const SharpeSample& sample, double benchmark);

// The same against the best of `trials` worthless ones: what is left of a ratio once it is said
// how many were tried. variance: of the trials' Sharpe ratios.
std::optional<double> deflated_sharpe(const SharpeSample& sample, std::size_t trials,
                                      double variance);

}  // namespace sauda::lab
