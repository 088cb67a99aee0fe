#include "services/execution/core/rate_budget.h"

#include <algorithm>

namespace sauda::execution {

using base::Duration;
using base::Timestamp;

namespace {

int unreserved(int limit, const RateConfig& config) {
    return static_cast<int>(limit - base::scale_half_up(limit, config.reserved_ratio, 1'000'000));
}

}  // namespace

void RateBudget::record(Timestamp now) {
    while (!times_.empty() && now - times_.front() >= base::minutes(60)) {
        times_.pop_front();
    }
    times_.push_back(now);
}

int RateBudget::count_since(Timestamp from) const {
    return static_cast<int>(times_.end() - std::upper_bound(times_.begin(), times_.end(), from));
}

bool RateBudget::fits(int children, Timestamp now, const RateConfig& config) const {
    const int at_once = config.per_second - config.reserved_per_second;
    return count_since(now - base::seconds(1)) + std::min(children, at_once) <= at_once &&
           count_since(now - base::minutes(1)) + children <=
               unreserved(config.per_minute, config) &&
           count_since(now - base::minutes(60)) + children <= unreserved(config.per_hour, config);
}

Timestamp RateBudget::free_at(int limit, Duration window) const {
    const auto used = static_cast<int>(times_.size());
    if (used < limit) {
        return {};
    }
    return times_[static_cast<std::size_t>(used - limit)] + window;
}

Timestamp RateBudget::free_at(RateClass kind, const RateConfig& config) const {
    switch (kind) {
        case RateClass::Complete:
            return free_at(config.per_second, base::seconds(1));
        case RateClass::Open:
            return std::max(
                {free_at(config.per_second - config.reserved_per_second, base::seconds(1)),
                 free_at(unreserved(config.per_minute, config), base::minutes(1)),
                 free_at(unreserved(config.per_hour, config), base::minutes(60))});
    }
    return {};
}

}  // namespace sauda::execution
