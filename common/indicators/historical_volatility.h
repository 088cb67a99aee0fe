#pragma once

#include "common/indicators/bar_input.h"
#include "common/indicators/log_ratio.h"
#include "common/indicators/rolling_variance.h"
#include "common/indicators/rolling_window.h"

namespace sauda::indicators {

// Four estimators of volatility per bar, from log returns; multiply by sqrt(bars a year) to
// annualise (sqrt(252) for daily bars). Prices above zero. A market that never moved gives 0.

// Close to close: sample standard deviation (n - 1) of the last n returns about their mean. First
// value with input n + 1. n > 1.
class CloseVolatility {
 public:
    explicit CloseVolatility(std::size_t n) : returns_(n) { INVARIANT(n > 1); }

    void push(double close) {
        if (close_ > 0.0) {
            returns_.push(log_ratio(close, close_));
        }
        close_ = close;
    }

    [[nodiscard]] bool is_ready() const { return returns_.is_ready(); }
    [[nodiscard]] double value() const { return std::sqrt(returns_.sample_variance()); }
    SAUDA_FIELDS(returns_, close_)

 private:
    RollingVariance returns_;
    double close_ = 0.0;
};

// Parkinson 1980: sqrt(mean of ln(high / low)^2 / (4 ln 2)). Five times as efficient as closes;
// blind to gaps between bars. First value with bar n.
class ParkinsonVolatility {
 public:
    explicit ParkinsonVolatility(std::size_t n) : terms_(n) {}

    void push(const BarInput& bar) {
        constexpr double kFourLogTwo = 2.772588722239781238;
        const double range = log_ratio(bar.high, bar.low);
        terms_.push(range * range / kFourLogTwo);
    }

    [[nodiscard]] bool is_ready() const { return terms_.is_full(); }
    [[nodiscard]] double value() const {
        return terms_.sum() > 0.0 ? std::sqrt(terms_.mean()) : 0.0;
    }
    SAUDA_FIELDS(terms_)

 private:
    RollingWindow terms_;
};

// Garman and Klass 1980: sqrt(mean of ln(high / low)^2 / 2 - (2 ln 2 - 1) ln(close / open)^2).
// Takes no drift and no gaps between bars. First value with bar n.
class GarmanKlassVolatility {
 public:
    explicit GarmanKlassVolatility(std::size_t n) : terms_(n) {}

    void push(const BarInput& bar) {
        constexpr double kTwoLogTwoLessOne = 0.386294361119890619;
        const double range = log_ratio(bar.high, bar.low);
        const double body = log_ratio(bar.close, bar.open);
        terms_.push(0.5 * range * range - kTwoLogTwoLessOne * body * body);
    }

    [[nodiscard]] bool is_ready() const { return terms_.is_full(); }
    [[nodiscard]] double value() const {
        return terms_.sum() > 0.0 ? std::sqrt(terms_.mean()) : 0.0;
    }
    SAUDA_FIELDS(terms_)

 private:
    RollingWindow terms_;
};

// Yang and Zhang 2000: variance of the gaps ln(open / close before) + k x variance of the bodies
// ln(close / open) + (1 - k) x mean of Rogers and Satchell's ln(high / close) ln(high / open) +
// ln(low / close) ln(low / open), variances about their mean (n - 1), k = 0.34 / (1.34 + (n + 1) /
// (n - 1)). Holds with drift and gaps. First value with bar n + 1. n > 1.
class YangZhangVolatility {
 public:
    explicit YangZhangVolatility(std::size_t n) : gaps_(n), bodies_(n), ranges_(n) {
        INVARIANT(n > 1);
        const auto m = static_cast<double>(n);
        weight_ = 0.34 / (1.34 + (m + 1.0) / (m - 1.0));
    }

    void push(const BarInput& bar) {
        if (close_ > 0.0) {
            const double high = log_ratio(bar.high, bar.open);
            const double low = log_ratio(bar.low, bar.open);
            const double body = log_ratio(bar.close, bar.open);
            gaps_.push(log_ratio(bar.open, close_));
            bodies_.push(body);
            ranges_.push((high - body) * high + (low - body) * low);
        }
        close_ = bar.close;
    }

    [[nodiscard]] bool is_ready() const { return gaps_.is_ready(); }
    [[nodiscard]] double value() const {
        const double ranges = ranges_.sum() > 0.0 ? ranges_.mean() : 0.0;
        return std::sqrt(gaps_.sample_variance() + weight_ * bodies_.sample_variance() +
                         (1.0 - weight_) * ranges);
    }
    SAUDA_FIELDS(gaps_, bodies_, ranges_, close_, weight_)

 private:
    RollingVariance gaps_;
    RollingVariance bodies_;
    RollingWindow ranges_;
    double close_ = 0.0;
    double weight_ = 0.0;  // k
};

}  // namespace sauda::indicators
