#pragma once

#include "common/base/archive.h"

namespace sauda::indicators {

// One closed bar. Prices in rupees, all above zero, low <= open, close <= high; volume in units,
// 0 where the source has none. Whoever makes bars has checked this; indicators do not.
struct BarInput {
    double open = 0.0;
    double high = 0.0;
    double low = 0.0;
    double close = 0.0;
    double volume = 0.0;
    SAUDA_FIELDS(open, high, low, close, volume)
};

}  // namespace sauda::indicators
