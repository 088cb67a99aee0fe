#include "common/indicators/indicator_kind.h"

namespace sauda::indicators {

std::vector<IndicatorKind> structure_kinds() {
    std::vector<IndicatorKind> kinds;
    return kinds;
}

}  // namespace sauda::indicators
