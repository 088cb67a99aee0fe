#pragma once

#include "common/indicators/equal_run.h"

#include <cmath>
#include <cstddef>
#include <vector>

namespace sauda::indicators {

// Mean and variance of the last n values by Welford's update, O(1) a value, rebuilt in two passes
// once per n values. Sums of squares would lose eight digits at an index of 22,000. A window of
// equal values has exactly their mean and variance zero.
class RollingVariance {
 public:
    explicit RollingVariance(std::size_t n)
        : values_(n, 0.0), share_(1.0 / static_cast<double>(n)) {
        INVARIANT(n > 0);
    }

    void push(double x) {
        const double old = values_[next_];
        values_[next_] = x;
        run_.push(x);
        if (count_ < values_.size()) {
            const double from_mean = x - mean_;
            mean_ += from_mean / static_cast<double>(++count_);
            squares_ += from_mean * (x - mean_);
        } else {
            const double before = mean_;
            mean_ += (x - old) * share_;
            squares_ += (x - old) * ((x - mean_) + (old - before));
        }
        if (++next_ == values_.size()) {
            next_ = 0;
            rebuild();
        }
        if (run_.length() >= count_) {
            mean_ = x;
            squares_ = 0.0;
        }
    }

    [[nodiscard]] bool is_ready() const { return count_ == values_.size(); }
    [[nodiscard]] double mean() const { return mean_; }
    // Divided by n; rounding never makes it negative.
    [[nodiscard]] double population_variance() const {
        return squares_ > 0.0 ? squares_ / static_cast<double>(count_) : 0.0;
    }
    // Divided by n - 1; n > 1.
    [[nodiscard]] double sample_variance() const {
        return squares_ > 0.0 ? squares_ / static_cast<double>(count_ - 1) : 0.0;
    }
    SAUDA_FIELDS(values_, next_, count_, share_, mean_, squares_, run_)

 private:
    void rebuild() {
        const auto n = static_cast<double>(values_.size());
        double sum = 0.0;
        for (const double value : values_) {
            sum += value - mean_;
        }
        mean_ += sum / n;
        squares_ = 0.0;
        for (const double value : values_) {
            squares_ += (value - mean_) * (value - mean_);
        }
    }

    std::vector<double> values_;
    std::size_t next_ = 0;
    std::size_t count_ = 0;
    double share_;  // 1 / n: a product is quicker, and rebuild() forgets its rounding
    double mean_ = 0.0;
    double squares_ = 0.0;  // sum of squared distances from the mean
    EqualRun run_;
};

}  // namespace sauda::indicators
