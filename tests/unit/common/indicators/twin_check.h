#pragma once

#include "tests/support/indicator_harness.h"

#include <cmath>
#include <string>
#include <vector>

// Naive twins: the definition of an indicator, each value computed from the whole history so far.
namespace sauda::test {

using Bars = std::vector<indicators::BarInput>;

inline std::vector<double> closes(const Bars& bars) {
    std::vector<double> values;
    for (const auto& bar : bars) {
        values.push_back(bar.close);
    }
    return values;
}

inline double mean_of_last(const std::vector<double>& values, std::size_t n) {
    double sum = 0.0;
    for (std::size_t i = values.size() - n; i < values.size(); ++i) {
        sum += values[i];
    }
    return sum / static_cast<double>(n);
}

// Sum of squared distances of the last n from their mean.
inline double squares_of_last(const std::vector<double>& values, std::size_t n) {
    const double mean = mean_of_last(values, n);
    double sum = 0.0;
    for (std::size_t i = values.size() - n; i < values.size(); ++i) {
        sum += (values[i] - mean) * (values[i] - mean);
    }
    return sum;
}

inline double highest_of_last(const Bars& bars, std::size_t n) {
    double best = bars.back().high;
    for (std::size_t i = bars.size() - n; i < bars.size(); ++i) {
        best = std::max(best, bars[i].high);
    }
    return best;
}

inline double lowest_of_last(const Bars& bars, std::size_t n) {
    double best = bars.back().low;
    for (std::size_t i = bars.size() - n; i < bars.size(); ++i) {
        best = std::min(best, bars[i].low);
    }
    return best;
}

// All values of an EMA seeded by the mean of its first n inputs; shorter than the input by n - 1.
inline std::vector<double> ema_of(const std::vector<double>& x, std::size_t n) {
    std::vector<double> values;
    const double k = 2.0 / static_cast<double>(n + 1);
    for (std::size_t i = n - 1; i < x.size(); ++i) {
        values.push_back(i + 1 == n ? mean_of_last({x.begin(), x.begin() + static_cast<int>(n)}, n)
                                    : x[i] * k + values.back() * (1.0 - k));
    }
    return values;
}

// All values of a Wilder average over x, seeded by the mean of the first n.
inline std::vector<double> wilder_of(const std::vector<double>& x, std::size_t n) {
    std::vector<double> values;
    const auto m = static_cast<double>(n);
    for (std::size_t i = n - 1; i < x.size(); ++i) {
        values.push_back(i + 1 == n ? mean_of_last({x.begin(), x.begin() + static_cast<int>(n)}, n)
                                    : (values.back() * (m - 1.0) + x[i]) / m);
    }
    return values;
}

inline std::vector<double> true_ranges(const Bars& bars) {
    std::vector<double> values;
    for (std::size_t i = 1; i < bars.size(); ++i) {
        values.push_back(
            std::max({bars[i].high - bars[i].low, std::abs(bars[i].high - bars[i - 1].close),
                      std::abs(bars[i].low - bars[i - 1].close)}));
    }
    return values;
}

// |a - b| within tolerance x max(scale, |a|, |b|).
inline bool is_close(double a, double b, double tolerance, double scale = 1.0) {
    return std::abs(a - b) <= tolerance * std::max({scale, std::abs(a), std::abs(b)});
}

// twin(bars so far) answers with what the indicator must show after the last of them. Over every
// kind of market. Empty if equal throughout.
template <class Fresh, class Twin>
std::string equals_twin(Fresh fresh, Twin twin, double tolerance = 1e-9, std::size_t n = 330) {
    for (const Market market : kMarkets) {
        const Series series = make_series(market, 77 + static_cast<uint64_t>(market), n);
        const Trace trace = trace_of(fresh, series);
        Bars bars;
        for (std::size_t t = 0; t < n; ++t) {
            bars.push_back(series[t].bar);
            const Outputs expected = twin(bars);
            const std::string where =
                std::string(name_of(market)) + " at bar " + std::to_string(t) + " output ";
            if (expected.size() != trace[t].size()) {
                return where + "count";
            }
            for (std::size_t i = 0; i < expected.size(); ++i) {
                const auto& ours = trace[t][i];
                if (ours.has_value() != expected[i].has_value()) {
                    return where + std::to_string(i) + (ours ? ": ready too early" : ": not ready");
                }
                if (ours && !is_close(*ours, *expected[i], tolerance)) {
                    return where + std::to_string(i) + ": " + std::to_string(*ours) +
                           " instead of " + std::to_string(*expected[i]);
                }
            }
        }
    }
    return {};
}

}  // namespace sauda::test
