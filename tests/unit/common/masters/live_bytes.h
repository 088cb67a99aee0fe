#pragma once

#include <cstddef>

namespace sauda::test {

// Bytes held through operator new now, and the most there were. A test may lower the peak.
extern std::size_t live_bytes;
extern std::size_t peak_bytes;

}  // namespace sauda::test
