#include "services/execution/core/slicing.h"

#include <algorithm>

namespace sauda::execution {

using base::Quantity;

Quantity next_slice(Quantity needed, const std::optional<domain::Instrument>& instrument) {
    if (!instrument || !instrument->freeze.is_positive()) {
        return needed;
    }
    const int64_t lot = std::max<int64_t>(instrument->lot.raw(), 1);
    const int64_t freeze = instrument->freeze.raw();
    const int64_t whole_lots = freeze - freeze % lot;
    return std::min(needed, Quantity::from_raw(whole_lots > 0 ? whole_lots : freeze));
}

int slice_count(Quantity needed, const std::optional<domain::Instrument>& instrument) {
    const int64_t slice = next_slice(needed, instrument).raw();
    return static_cast<int>((needed.raw() + slice - 1) / slice);
}

}  // namespace sauda::execution
