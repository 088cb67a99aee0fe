#include "common/base/invariant.h"

#include <cstdio>
#include <cstdlib>

namespace sauda::base {

void invariant_failed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "INVARIANT broken: %s at %s:%d\n", condition, file, line);
    std::abort();
}

}  // namespace sauda::base
