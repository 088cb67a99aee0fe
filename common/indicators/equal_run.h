#pragma once

#include "common/base/archive.h"

namespace sauda::indicators {

// How many of the last inputs are the same number. Tells a window of equal values, whose variance
// is zero, from one whose running sums only say so up to rounding.
class EqualRun {
 public:
    void push(double x) {
        length_ = x == last_ ? length_ + 1 : 1;
        last_ = x;
    }
    [[nodiscard]] uint64_t length() const { return length_; }
    SAUDA_FIELDS(last_, length_)

 private:
    double last_ = 0.0;
    uint64_t length_ = 0;
};

}  // namespace sauda::indicators
