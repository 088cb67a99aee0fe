#pragma once

#include "common/base/archive.h"

#include <cstddef>
#include <vector>

namespace sauda::indicators {

// The last n values and their sum, O(1) a value. The sum is rebuilt from the values once per n
// values, so that rounding cannot pile up over a day.
class RollingWindow {
 public:
    // n: 1 to some thousands.
    explicit RollingWindow(std::size_t n) : values_(n, 0.0) { INVARIANT(n > 0); }

    void push(double value) {
        sum_ += value - values_[next_];
        values_[next_] = value;
        if (count_ < values_.size()) {
            ++count_;
        }
        if (++next_ == values_.size()) {
            next_ = 0;
            rebuild();
        }
    }

    [[nodiscard]] bool is_full() const { return count_ == values_.size(); }
    [[nodiscard]] std::size_t count() const { return count_; }
    [[nodiscard]] double sum() const { return sum_; }
    [[nodiscard]] double mean() const { return sum_ / static_cast<double>(count_); }
    // The value pushed `ago` values before the last one; ago < count().
    [[nodiscard]] double at(std::size_t ago) const {
        INVARIANT(ago < count_);
        return values_[ago < next_ ? next_ - 1 - ago : next_ + values_.size() - 1 - ago];
    }
    // The value the next push drops. Only when full.
    [[nodiscard]] double oldest() const { return values_[next_]; }
    // All values when full, in no order a caller may rely on.
    [[nodiscard]] const std::vector<double>& values() const { return values_; }

    SAUDA_FIELDS(values_, next_, count_, sum_)

 private:
    void rebuild() {
        sum_ = 0.0;
        for (const double value : values_) {
            sum_ += value;
        }
    }

    std::vector<double> values_;
    std::size_t next_ = 0;
    std::size_t count_ = 0;
    double sum_ = 0.0;
};

}  // namespace sauda::indicators
