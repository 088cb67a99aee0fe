#include "services/lab/core/metrics.h"

#include "common/base/invariant.h"
#include "common/options/deterministic_math.h"

#include <cmath>

namespace sauda::lab {

namespace {

// Standardised moment of order 3 or 4.
std::optional<double> standardised_moment(std::span<const double> values, int order) {
    if (values.size() < 2) {
        return std::nullopt;
    }
    const double mean = mean_of(values);
    double squares = 0.0;
    double powers = 0.0;
    for (const double value : values) {
        const double d = value - mean;
        squares += d * d;
        powers += order == 3 ? d * d * d : d * d * d * d;
    }
    const auto n = static_cast<double>(values.size());
    const double variance = squares / n;
    if (!(variance > 0.0)) {
        return std::nullopt;
    }
    const double scale = order == 3 ? variance * std::sqrt(variance) : variance * variance;
    return powers / n / scale;
}

}  // namespace

double mean_of(std::span<const double> values) {
    double sum = 0.0;
    for (const double value : values) {
        sum += value;
    }
    return values.empty() ? 0.0 : sum / static_cast<double>(values.size());
}

std::optional<double> sample_deviation(std::span<const double> values) {
    if (values.size() < 2) {
        return std::nullopt;
    }
    const double mean = mean_of(values);
    double squares = 0.0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

std::optional<double> skewness(std::span<const double> values) {
    return standardised_moment(values, 3);
}

std::optional<double> kurtosis(std::span<const double> values) {
    return standardised_moment(values, 4);
}

std::optional<double> correlation(std::span<const double> a, std::span<const double> b) {
    INVARIANT(a.size() == b.size());
    const double mean_a = mean_of(a);
    const double mean_b = mean_of(b);
    double aa = 0.0;
    double bb = 0.0;
    double ab = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        aa += (a[i] - mean_a) * (a[i] - mean_a);
        bb += (b[i] - mean_b) * (b[i] - mean_b);
        ab += (a[i] - mean_a) * (b[i] - mean_b);
    }
    if (!(aa > 0.0) || !(bb > 0.0)) {
        return std::nullopt;
    }
    return ab / (std::sqrt(aa) * std::sqrt(bb));
}

std::optional<double> annual_return(std::span<const double> returns, double periods) {
    if (returns.empty()) {
        return std::nullopt;
    }
    double growth = 1.0;
    for (const double value : returns) {
        growth *= 1.0 + value;
    }
    if (!(growth > 0.0)) {
        return -1.0;
    }
    return options::power_of(growth, periods / static_cast<double>(returns.size())) - 1.0;
}

std::optional<double> annual_volatility(std::span<const double> returns, double periods) {
    const auto deviation = sample_deviation(returns);
    return deviation ? std::optional(*deviation * std::sqrt(periods)) : std::nullopt;
}

std::optional<double> sharpe_ratio(std::span<const double> returns, double risk_free,
                                   double periods) {
    const auto deviation = sample_deviation(returns);
    if (!deviation || !(*deviation > 0.0)) {
        return std::nullopt;
    }
    return (mean_of(returns) - risk_free) / *deviation * std::sqrt(periods);
}

std::optional<double> downside_risk(std::span<const double> returns, double required,
                                    double periods) {
    if (returns.empty()) {
        return std::nullopt;
    }
    double squares = 0.0;
    for (const double value : returns) {
        const double shortfall = value < required ? value - required : 0.0;
        squares += shortfall * shortfall;
    }
    return std::sqrt(squares / static_cast<double>(returns.size())) * std::sqrt(periods);
}

std::optional<double> sortino_ratio(std::span<const double> returns, double required,
                                    double periods) {
    const auto risk = downside_risk(returns, required, periods);
    if (returns.size() < 2 || !risk || !(*risk > 0.0)) {
        return std::nullopt;
    }
    return (mean_of(returns) - required) * periods / *risk;
}

Drawdown max_drawdown(std::span<const double> returns) {
    Drawdown worst;
    double level = 1.0;
    double best = 1.0;
    std::size_t peak = 0;
    double worst_peak = 1.0;
    for (std::size_t i = 0; i < returns.size(); ++i) {
        level *= 1.0 + returns[i];
        if (level >= best) {
            best = level;
            peak = i + 1;
        }
        if (worst.depth < 0.0 && !worst.recovery && level >= worst_peak) {
            worst.recovery = i + 1;
        }
        const double depth = (level - best) / best;
        if (depth < worst.depth) {
            worst = {.depth = depth, .peak = peak, .trough = i + 1, .recovery = {}};
            worst_peak = best;
        }
    }
    return worst;
}

std::optional<double> calmar_ratio(std::span<const double> returns, double periods) {
    const auto growth = annual_return(returns, periods);
    const double depth = max_drawdown(returns).depth;
    if (!growth || !(depth < 0.0)) {
        return std::nullopt;
    }
    return *growth / -depth;
}

}  // namespace sauda::lab
