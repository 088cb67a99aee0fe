#pragma once

#include <cstdint>

namespace sauda::indicators {

enum class Direction : int8_t { Down = -1, None = 0, Up = 1 };

}  // namespace sauda::indicators
