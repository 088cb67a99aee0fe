#pragma once

#include "common/base/fixed.h"
#include "common/base/timestamp.h"

namespace sauda::execution {

// Half of the spread assumed where a source shows no bid and ask: the larger of both, then outward
// to the tick.
struct HalfSpread {
    int64_t ratio = 5'000;  // 1e-6 of the last price
    base::Price minimum = base::Price::from_paise(5);
    base::Price tick = base::Price::from_paise(5);
};

struct PaperVenueConfig {
    // From our event to the venue, for orders and for cancels. At least the lockstep window W, so
    // that no leg completes in the step that started it.
    base::Duration latency = base::milliseconds(100);
    HalfSpread modelled_half_spread;
    bool strict = false;  // orders in sources without bid and ask are rejected
    // A source that shows the market less often than this is a sequence of snapshots.
    base::Duration streaming_interval = base::seconds(1);
};

}  // namespace sauda::execution
