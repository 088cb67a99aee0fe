#pragma once

#include "services/risk/core/request.h"

#include <optional>

namespace sauda::risk {

// No price is above it: one crore rupees.
inline constexpr domain::Price kHighestPrice = domain::Price::from_raw(100'000'000'000);

// Limit prices a leg may carry, both ends included and on the tick.
struct PriceRange {
    domain::Price low;
    domain::Price high;
};

// Around the touch: within the exchange's collar and our own. nullopt: no instrument or no touch.
std::optional<PriceRange> price_range(const Request& request, const LegView& view);

// What execution's last gate holds the leg to. An entry may not be worse than its limit; an exit
// must get out at any price, so it is bounded by the tick alone.
domain::LegBound bound_of(const Request& request, const LegView& view);

}  // namespace sauda::risk
