#pragma once

#include "common/margin/conditions.h"

#include <span>

namespace sauda::margin {

// total = scan + exposure + premium, none negative.
struct MarginEstimate {
    domain::Money total;
    domain::Money scan;
    domain::Money exposure;
    domain::Money premium;
};

// The flat rule that stands in where no volatility is known and so no risk array can be made; the
// caller marks it as an estimate, and the broker's figure wins. All legs are of one underlying.
// - A short option or a future: scan % of the underlying's value, and exposure % on each.
// - A short option that expires on `today`: expiry_day % more exposure, on each.
// - Up and down moves of one expiry do not happen together: the larger side's scan counts (short
//   calls and short futures against short puts and long futures). Expiries add up.
// - A short option covered by a long one of the same kind and expiry: its scan is at most what the
//   strikes can lose per unit (zero if the long one is nearer the money); exposure stays.
// - A long option: its premium. Spot and synthetic legs need none.
MarginEstimate flat_margin(std::span<const MarginLeg> legs, domain::Price underlying_price,
                           domain::Date today, const domain::MarginRates& rates);

}  // namespace sauda::margin
