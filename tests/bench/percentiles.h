#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <vector>

namespace sauda::bench {

// Latencies in nanoseconds; percentiles by nearest rank.
class Percentiles {
 public:
    void add(int64_t ns) { values_.push_back(ns); }
    void add(const Percentiles& other) {
        values_.insert(values_.end(), other.values_.begin(), other.values_.end());
    }
    [[nodiscard]] std::size_t count() const { return values_.size(); }
    // permyriad: 5,000 = the median, 9,990 = p99.9. Zero without values.
    [[nodiscard]] double microseconds(std::size_t permyriad) const {
        if (values_.empty()) {
            return 0.0;
        }
        auto sorted = values_;
        std::sort(sorted.begin(), sorted.end());
        const std::size_t rank = (sorted.size() * permyriad + 9'999) / 10'000;
        return static_cast<double>(sorted[std::max<std::size_t>(rank, 1) - 1]) / 1e3;
    }
    void print(const char* name) const {
        std::printf("%-34s %7zu  p50 %9.1f  p99 %9.1f  p99.9 %9.1f  max %9.1f us\n", name, count(),
                    microseconds(5'000), microseconds(9'900), microseconds(9'990),
                    microseconds(10'000));
        std::fflush(stdout);
    }

 private:
    std::vector<int64_t> values_;
};

}  // namespace sauda::bench
