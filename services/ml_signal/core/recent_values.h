#pragma once

#include "common/base/archive.h"

#include <array>
#include <cstddef>
#include <optional>

namespace sauda::ml_signal {

// The last N values of something that is unknown now and then. Unlike a rolling sum, an unknown
// value does not outlive its place.
template <std::size_t N>
class RecentValues {
 public:
    void push(std::optional<double> value) {
        values_[next_] = value;
        next_ = (next_ + 1) % N;
    }
    // The value `ago` values before the last one; ago < N. nullopt: unknown, or not that many yet.
    [[nodiscard]] std::optional<double> at(std::size_t ago) const {
        INVARIANT(ago < N);
        return values_[(next_ + 2 * N - 1 - ago) % N];
    }
    // last - `ago` before it.
    [[nodiscard]] std::optional<double> change(std::size_t ago) const {
        const auto now = at(0);
        const auto then = at(ago);
        return now && then ? std::optional(*now - *then) : std::nullopt;
    }
    SAUDA_FIELDS(values_, next_)

 private:
    std::array<std::optional<double>, N> values_{};
    uint64_t next_ = 0;
};

}  // namespace sauda::ml_signal
