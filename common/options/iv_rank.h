#pragma once

#include "common/base/archive.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace sauda::options {

// Where a volatility stands among the last n values pushed (one a day; 252 is a year). The rank is
// its place between the lowest and the highest, the percentile the share of values below it, both
// in [0, 100]. Not ready before `least` values are there.
class IvRank {
 public:
    // 2 <= least <= window.
    IvRank(std::size_t window, std::size_t least) : least_(least), values_(window, 0.0) {
        INVARIANT(least >= 2 && least <= window);
    }

    // volatility: finite, > 0.
    void push(double volatility) {
        INVARIANT(volatility > 0.0);
        values_[next_] = volatility;
        next_ = (next_ + 1) % values_.size();
        count_ += count_ < values_.size() ? 1U : 0U;
    }

    [[nodiscard]] bool is_ready() const { return count_ >= least_; }
    [[nodiscard]] std::size_t count() const { return count_; }

    // nullopt: not ready, or all values are the same. Beyond the extremes it is 0 or 100.
    [[nodiscard]] std::optional<double> rank(double now) const {
        if (!is_ready()) {
            return std::nullopt;
        }
        double low = values_[0];
        double high = values_[0];
        for (std::size_t i = 1; i < count_; ++i) {
            low = values_[i] < low ? values_[i] : low;
            high = values_[i] > high ? values_[i] : high;
        }
        if (!(high > low)) {
            return std::nullopt;
        }
        const double place = 100.0 * (now - low) / (high - low);
        return place < 0.0 ? 0.0 : (place > 100.0 ? 100.0 : place);
    }

    // nullopt: not ready.
    [[nodiscard]] std::optional<double> percentile(double now) const {
        if (!is_ready()) {
            return std::nullopt;
        }
        std::size_t below = 0;
        for (std::size_t i = 0; i < count_; ++i) {
            below += values_[i] < now ? 1U : 0U;
        }
        return 100.0 * static_cast<double>(below) / static_cast<double>(count_);
    }

    SAUDA_FIELDS(least_, values_, next_, count_)

 private:
    std::size_t least_;
    std::vector<double> values_;  // a ring; the first count_ are in use
    std::size_t next_ = 0;
    std::size_t count_ = 0;
};

}  // namespace sauda::options
