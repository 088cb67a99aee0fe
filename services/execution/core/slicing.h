#pragma once

#include "common/domain/market_data.h"

#include <optional>

namespace sauda::execution {

// Quantity of the next order towards `needed` units: whole lots within the freeze quantity. An
// unknown instrument is not sliced. needed > 0.
base::Quantity next_slice(base::Quantity needed,
                          const std::optional<domain::Instrument>& instrument);

// How many orders `needed` units take.
int slice_count(base::Quantity needed, const std::optional<domain::Instrument>& instrument);

}  // namespace sauda::execution
