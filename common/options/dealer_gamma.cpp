#include "common/options/dealer_gamma.h"

#include "common/base/invariant.h"
#include "common/options/deterministic_math.h"

#include <cmath>

namespace sauda::options {

namespace {

constexpr double kReach = 0.15;  // of the forward, either way
constexpr int kSteps = 60;       // either way
constexpr int kHalvings = 30;

bool counts(const GammaBook& book, std::size_t i) {
    return book.volatility[i] > 0.0 && book.calls[i] + book.puts[i] > 0.0;
}

double bisect(const GammaBook& book, double low, double high, double at_low) {
    for (int i = 0; i < kHalvings; ++i) {
        const double middle = 0.5 * (low + high);
        const double value = dealer_gamma_at(book, middle);
        ((value < 0.0) == (at_low < 0.0) ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

// Walks away from the forward on both sides at once; the first change of sign is the nearest.
std::optional<double> find_flip(const GammaBook& book, double forward, double at_forward) {
    double up = at_forward;
    double down = at_forward;
    for (int i = 1; i <= kSteps; ++i) {
        const double step = forward * kReach / kSteps;
        const double high = forward + step * i;
        const double low = forward - step * i;
        const double at_high = dealer_gamma_at(book, high);
        const double at_low = dealer_gamma_at(book, low);
        std::optional<double> above;
        std::optional<double> below;
        if (at_high * up < 0.0) {
            above = bisect(book, high - step, high, up);
        }
        if (at_low * down < 0.0) {
            below = bisect(book, low, low + step, at_low);
        }
        if (above && below) {
            return *above - forward < forward - *below ? above : below;
        }
        if (above || below) {
            return above ? above : below;
        }
        up = at_high;
        down = at_low;
    }
    return std::nullopt;
}

}  // namespace

double dealer_gamma_at(const GammaBook& book, double forward) {
    INVARIANT(book.strikes.size() == book.calls.size() && book.strikes.size() == book.puts.size() &&
              book.strikes.size() == book.volatility.size());
    const double root = std::sqrt(book.years);
    const double log_forward = log_of(forward);
    double sum = 0.0;
    for (std::size_t i = 0; i < book.strikes.size(); ++i) {
        if (!counts(book, i)) {
            continue;
        }
        const double deviation = book.volatility[i] * root;
        const double d1 = (log_forward - log_of(book.strikes[i])) / deviation + 0.5 * deviation;
        const double gamma = normal_density(d1) / (forward * deviation);
        sum += gamma * (book.calls[i] - book.puts[i]);
    }
    return book.discount * sum * forward * forward * 0.01;
}

std::optional<DealerGamma> dealer_gamma(const GammaBook& book, double forward) {
    DealerGamma result;
    for (std::size_t i = 0; i < book.strikes.size(); ++i) {
        result.strikes += counts(book, i) ? 1U : 0U;
    }
    if (result.strikes == 0 || !(book.years > 0.0) || !(forward > 0.0)) {
        return std::nullopt;
    }
    result.rupees_per_percent = dealer_gamma_at(book, forward);
    result.flip_level = find_flip(book, forward, result.rupees_per_percent);
    return result;
}

}  // namespace sauda::options
