#include "common/options/probability.h"

#include "common/options/deterministic_math.h"

namespace sauda::options {
namespace {

double within_one(double p) { return p < 0.0 ? 0.0 : (p > 1.0 ? 1.0 : p); }

template <class Below>
double sum_over(std::span<const PriceRange> ranges, Below&& below) {
    double sum = 0.0;
    for (const PriceRange& range : ranges) {
        sum += below(range.high) - below(range.low);
    }
    return within_one(sum);
}

}  // namespace

double probability_below(double price, double forward, double volatility, double years) {
    if (!(price > 0.0)) {
        return 0.0;
    }
    if (price == std::numeric_limits<double>::infinity()) {
        return 1.0;
    }
    const double s = volatility * __builtin_sqrt(years);
    return normal_cdf(log_of(price / forward) / s + 0.5 * s);
}

// The undiscounted call falls with the strike by P(S > K) = N(d2) - n(d2) d sqrt(w) / dk.
double probability_below(double price, const Smile& smile) {
    if (!(price > 0.0)) {
        return 0.0;
    }
    if (price == std::numeric_limits<double>::infinity()) {
        return 1.0;
    }
    const double k = log_of(price / smile.forward);
    const VarianceAt at = variance_at(smile.svi, k);
    const double root = __builtin_sqrt(at.w);
    const double d2 = -k / root - 0.5 * root;
    return within_one(normal_cdf(-d2) + normal_density(d2) * 0.5 * at.slope / root);
}

double probability_of_profit(std::span<const PriceRange> ranges, double forward, double volatility,
                             double years) {
    return sum_over(
        ranges, [&](double price) { return probability_below(price, forward, volatility, years); });
}

double probability_of_profit(std::span<const PriceRange> ranges, const Smile& smile) {
    return sum_over(ranges, [&](double price) { return probability_below(price, smile); });
}

}  // namespace sauda::options
