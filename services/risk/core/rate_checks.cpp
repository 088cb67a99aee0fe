#include "services/risk/core/check_functions.h"

#include <algorithm>

// Orders per rolling window, with room kept for cancels and exits.
namespace sauda::risk::check {

using namespace domain;

namespace {

// A group larger than the window passes when the window is empty: execution paces its children.
Outcome within(const Request& request, Duration window, int64_t limit) {
    int64_t used = 0;
    for (const auto& entry : request.account->rates) {
        used += entry.at > request.now - window ? entry.children : 0;
    }
    return at_most(used + std::min(request.children, limit), limit, Unit::Count);
}

int64_t less_kept(const RateLimits& rates, int64_t limit) {
    return limit - base::scale_half_up(limit, rates.kept_share, 1'000'000);
}

}  // namespace

MaybeOutcome rate_second(const Request& request) {
    const auto& rates = request.config.rates;
    return within(request, base::seconds(1), rates.per_second - rates.kept_per_second);
}

MaybeOutcome rate_minute(const Request& request) {
    const auto& rates = request.config.rates;
    return within(request, base::minutes(1), less_kept(rates, rates.per_minute));
}

MaybeOutcome rate_hour(const Request& request) {
    const auto& rates = request.config.rates;
    return within(request, base::minutes(60), less_kept(rates, rates.per_hour));
}

}  // namespace sauda::risk::check
