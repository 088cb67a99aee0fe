#pragma once

#include "common/base/archive.h"

#include <cstddef>
#include <functional>
#include <vector>

namespace sauda::indicators {

// The greatest (least) of the last n values by a monotonic deque: a value that can no longer win
// is dropped. O(1) a value amortised, at most n steps for one. First value with the first input,
// over the whole window with the n-th. Of equal values the latest counts, as in TA-Lib AROON.
template <class Better>
class RollingExtreme {
 public:
    // n: 1 to some thousands.
    explicit RollingExtreme(std::size_t n) : ring_(n) { INVARIANT(n > 0); }

    void push(double x) {
        if (size_ > 0 && ring_[first_].at + ring_.size() == inputs_) {  // out of the window
            first_ = following(first_);
            --size_;
        }
        while (size_ > 0 && !Better{}(ring_[last_].value, x)) {
            last_ = last_ == 0 ? ring_.size() - 1 : last_ - 1;
            --size_;
        }
        last_ = size_ == 0 ? first_ : following(last_);
        ring_[last_] = {x, inputs_};
        ++size_;
        ++inputs_;
    }

    [[nodiscard]] bool is_ready() const { return inputs_ >= ring_.size(); }
    // From the first input on.
    [[nodiscard]] double value() const { return ring_[first_].value; }
    // Inputs since the extreme one; 0 if it was the last input.
    [[nodiscard]] uint64_t age() const { return inputs_ - 1 - ring_[first_].at; }
    SAUDA_FIELDS(ring_, first_, last_, size_, inputs_)

 private:
    struct Entry {
        double value = 0.0;
        uint64_t at = 0;
        SAUDA_FIELDS(value, at)
    };
    [[nodiscard]] std::size_t following(std::size_t i) const {
        return i + 1 == ring_.size() ? 0 : i + 1;
    }

    std::vector<Entry> ring_;
    std::size_t first_ = 0;  // the extreme
    std::size_t last_ = 0;   // the latest input
    std::size_t size_ = 0;
    uint64_t inputs_ = 0;
};

using RollingMax = RollingExtreme<std::greater<double>>;
using RollingMin = RollingExtreme<std::less<double>>;

}  // namespace sauda::indicators
