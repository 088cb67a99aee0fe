#include "services/risk/core/price_range.h"

#include <algorithm>

namespace sauda::risk {

using namespace domain;

std::optional<PriceRange> price_range(const Request& request, const LegView& view) {
    if (view.instrument == nullptr || !view.instrument->tick.is_positive() ||
        !view.touch.is_positive()) {
        return std::nullopt;
    }
    const Price tick = view.instrument->tick;
    const auto [low, high] =
        request.rules.collar(view.leg->contract, view.touch, tick, request.today);
    const Price own = std::max(request.config.collar_absolute,
                               view.touch.scaled(request.config.collar_ratio, 1'000'000));
    const Price own_low = view.touch > own ? base::ceil_to_tick(view.touch - own, tick) : tick;
    const Price own_high = base::floor_to_tick(view.touch + own, tick);
    return PriceRange{std::max(low, own_low), std::min(high, own_high)};
}

LegBound bound_of(const Request& request, const LegView& view) {
    const auto& leg = *view.leg;
    const Price tick = view.instrument != nullptr ? view.instrument->tick : Price::from_raw(1);
    if (!request.is_open()) {
        return {tick, kHighestPrice, leg.quantity};
    }
    const auto range = price_range(request, view);
    if (leg.side == Side::Buy) {
        return {range ? std::min(range->low, leg.limit) : tick, leg.limit, leg.quantity};
    }
    return {leg.limit, range ? std::max(range->high, leg.limit) : kHighestPrice, leg.quantity};
}

}  // namespace sauda::risk
