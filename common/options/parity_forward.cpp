#include "common/options/parity_forward.h"

#include "common/base/invariant.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sauda::options {

namespace {

constexpr double kScaleOfMad = 1.4826;  // median absolute deviation to standard deviation
constexpr double kRejectScales = 3.0;
constexpr double kHuber = 1.345;  // 95 % efficient on normal errors
constexpr int kIterations = 30;
constexpr double kHalfMin = 0.025;  // a locked market is still known to a tick only

struct Weighted {
    double value = 0.0;
    double weight = 0.0;
};
using Values = std::array<Weighted, kParityStrikes>;

// The value at which half of the weight lies on either side; between two when it splits evenly.
double weighted_median(Values values, std::size_t n) {
    std::sort(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(n),
              [](const Weighted& a, const Weighted& b) { return a.value < b.value; });
    double total = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        total += values[i].weight;
    }
    double below = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        below += values[i].weight;
        if (below > 0.5 * total) {
            return values[i].value;
        }
        if (below == 0.5 * total && i + 1 < n) {
            return 0.5 * (values[i].value + values[i + 1].value);
        }
    }
    return values[n - 1].value;
}

// A uniform error within +- half has this variance.
double variance_of(double half) { return half * half / 3.0; }

struct Location {
    double value = 0.0;
    double error = 0.0;
};

Location huber(const Values& points, std::size_t n, double start) {
    Location at{start, 0.0};
    for (int round = 0; round < kIterations; ++round) {
        double sum = 0.0;
        double weights = 0.0;
        double chi = 0.0;
        for (std::size_t i = 0; i < n; ++i) {
            const double variance = points[i].weight;
            const double away = std::abs(points[i].value - at.value) / std::sqrt(variance);
            const double weight = (away <= kHuber ? 1.0 : kHuber / away) / variance;
            sum += weight * (points[i].value - start);
            weights += weight;
            chi += weight * (points[i].value - at.value) * (points[i].value - at.value);
        }
        const double next = start + sum / weights;
        // Strikes that disagree beyond their spreads make the error larger (Birge ratio).
        const double ratio = n > 1 ? chi / static_cast<double>(n - 1) : 1.0;
        at.error = std::sqrt(std::max(1.0, ratio) / weights);
        const bool is_settled = std::abs(next - at.value) <= 1e-12 * std::abs(start);
        at.value = next;
        if (is_settled) {
            break;
        }
    }
    return at;
}

}  // namespace

void ParityFit::add(const StrikeQuotes& quote) {
    if (!is_two_sided(quote.call_bid, quote.call_ask) ||
        !is_two_sided(quote.put_bid, quote.put_ask)) {
        return;
    }
    const double difference =
        0.5 * ((quote.call_bid + quote.call_ask) - (quote.put_bid + quote.put_ask));
    const double width = (quote.call_ask - quote.call_bid) + (quote.put_ask - quote.put_bid);
    const Point point{std::abs(difference), quote.strike + difference / discount_,
                      std::max(kHalfMin, 0.5 * width / discount_)};
    std::size_t at = size_;
    while (at > 0 && point.gap < points_[at - 1].gap) {
        --at;
    }
    if (at == kParityStrikes) {
        return;
    }
    size_ = std::min(size_ + 1, kParityStrikes);
    for (std::size_t i = size_ - 1; i > at; --i) {
        points_[i] = points_[i - 1];
    }
    points_[at] = point;
}

std::optional<ParityForward> ParityFit::result() const {
    if (size_ == 0) {
        return std::nullopt;
    }
    Values values{};
    for (std::size_t i = 0; i < size_; ++i) {
        values[i] = {points_[i].forward, 1.0 / points_[i].half};
    }
    const double middle = weighted_median(values, size_);
    for (std::size_t i = 0; i < size_; ++i) {
        values[i].value = std::abs(points_[i].forward - middle);
    }
    const double scale = kScaleOfMad * weighted_median(values, size_);
    std::size_t used = 0;
    for (std::size_t i = 0; i < size_; ++i) {
        const double limit = std::max(points_[i].half, kRejectScales * scale);
        if (std::abs(points_[i].forward - middle) <= limit) {
            values[used++] = {points_[i].forward, variance_of(points_[i].half)};
        }
    }
    INVARIANT(used > 0);  // half of the weight lies within one scale of the median
    const auto location = huber(values, used, middle);
    return ParityForward{location.value, location.error, static_cast<uint32_t>(used),
                         static_cast<uint32_t>(size_ - used)};
}

std::optional<ParityForward> parity_forward(std::span<const StrikeQuotes> quotes, double discount) {
    INVARIANT(discount > 0.0 && discount <= 1.0);
    ParityFit fit(discount);
    for (const auto& quote : quotes) {
        fit.add(quote);
    }
    return fit.result();
}

std::size_t at_the_money(std::span<const double> strikes, double forward) {
    INVARIANT(!strikes.empty());
    const auto above = std::lower_bound(strikes.begin(), strikes.end(), forward);
    const auto at = static_cast<std::size_t>(above - strikes.begin());
    if (at == 0) {
        return 0;
    }
    if (at == strikes.size()) {
        return at - 1;
    }
    return strikes[at] - forward < forward - strikes[at - 1] ? at : at - 1;
}

}  // namespace sauda::options
