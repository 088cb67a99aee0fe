#pragma once

#include "common/domain/market_data.h"

#include <cstdint>
#include <deque>

namespace sauda::strategy {

// The last closes of one contract's bars, enough for two simple averages and their last crossing.
// Exact: sums of integers, no rounding.
class CloseSeries {
 public:
    static constexpr std::size_t kKept = 256;

    void add(domain::Timestamp bar_start, domain::Price close);
    [[nodiscard]] domain::Timestamp last_bar() const { return last_bar_; }
    [[nodiscard]] std::size_t size() const { return closes_.size(); }
    // +1: with the last bar the fast average came above the slow one; -1: below; 0: no crossing.
    // A bar on which both are equal is not a side. 0 < fast < slow < kKept.
    [[nodiscard]] int crossing(std::size_t fast, std::size_t slow) const;

    SAUDA_FIELDS(closes_, last_bar_)

 private:
    // Sign of fast average - slow average `ago` bars before the last; size() >= slow + ago.
    [[nodiscard]] int side(std::size_t fast, std::size_t slow, std::size_t ago) const;

    std::deque<domain::Price> closes_;
    domain::Timestamp last_bar_;
};

}  // namespace sauda::strategy
