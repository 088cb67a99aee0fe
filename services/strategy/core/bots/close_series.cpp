#include "services/strategy/core/bots/close_series.h"

namespace sauda::strategy {

void CloseSeries::add(domain::Timestamp bar_start, domain::Price close) {
    closes_.push_back(close);
    if (closes_.size() > kKept) {
        closes_.pop_front();
    }
    last_bar_ = bar_start;
}

int CloseSeries::side(std::size_t fast, std::size_t slow, std::size_t ago) const {
    int64_t fast_sum = 0;
    int64_t slow_sum = 0;
    const std::size_t last = closes_.size() - 1 - ago;
    for (std::size_t i = 0; i < slow; ++i) {
        const int64_t close = closes_[last - i].raw();
        slow_sum += close;
        fast_sum += i < fast ? close : 0;
    }
    const int64_t difference = base::checked_mul(fast_sum, static_cast<int64_t>(slow)) -
                               base::checked_mul(slow_sum, static_cast<int64_t>(fast));
    return difference > 0 ? 1 : (difference < 0 ? -1 : 0);
}

int CloseSeries::crossing(std::size_t fast, std::size_t slow) const {
    INVARIANT(fast > 0 && fast < slow && slow < kKept);
    if (closes_.size() < slow + 1) {
        return 0;
    }
    const int now = side(fast, slow, 0);
    int before = 0;
    for (std::size_t ago = 1; before == 0 && slow + ago <= closes_.size(); ++ago) {
        before = side(fast, slow, ago);
    }
    return before != 0 && now != before ? now : 0;
}

}  // namespace sauda::strategy
