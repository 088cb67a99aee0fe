#pragma once

#include "common/indicators/bar_input.h"
#include "common/indicators/equal_run.h"
#include "common/indicators/rolling_window.h"

#include <array>
#include <cmath>

namespace sauda::indicators {

// Commodity channel index: (p - mean) / (0.015 x mean absolute deviation) of the typical price
// p = (high + low + close) / 3 over n bars. A mean absolute deviation has no O(1) update: n
// subtractions a bar. First value with bar n. A window of equal prices gives 0, as in TA-Lib.
// Source: Lambert 1980; TA-Lib CCI.
class Cci {
 public:
    explicit Cci(std::size_t n) : window_(n) {}

    void push(const BarInput& bar) {
        last_ = typical_price(bar);
        window_.push(last_);
        run_.push(last_);
        value_ = window_.is_full() ? compute() : 0.0;
    }

    [[nodiscard]] bool is_ready() const { return window_.is_full(); }
    [[nodiscard]] double value() const { return value_; }  // only when ready
    SAUDA_FIELDS(window_, run_, last_, value_)

 private:
    [[nodiscard]] double compute() const {
        const auto& values = window_.values();
        if (run_.length() >= values.size()) {
            return 0.0;
        }
        const double mean = window_.mean();
        std::array<double, 4> sums{};  // four chains of additions run side by side
        std::size_t i = 0;
        for (; i < values.size() % 4; ++i) {
            sums[0] += std::abs(values[i] - mean);
        }
        for (; i < values.size(); i += 4) {
            for (std::size_t j = 0; j < 4; ++j) {
                sums[j] += std::abs(values[i + j] - mean);
            }
        }
        const double total = sums[0] + sums[1] + sums[2] + sums[3];
        return (last_ - mean) / (0.015 * (total / static_cast<double>(values.size())));
    }

    RollingWindow window_;
    EqualRun run_;
    double last_ = 0.0;
    double value_ = 0.0;
};

}  // namespace sauda::indicators
