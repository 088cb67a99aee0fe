#include "common/service/system_clock.h"

#include <algorithm>
#include <ctime>

namespace sauda::service {

namespace {
int64_t read(clockid_t clock) {
    timespec t{};
    ::clock_gettime(clock, &t);
    return static_cast<int64_t>(t.tv_sec) * 1'000'000'000 + t.tv_nsec;
}
}  // namespace

base::Timestamp SystemClock::now() {
    last_ = std::max(last_, base::Timestamp{read(CLOCK_REALTIME)});
    return last_;
}

int64_t SystemClock::monotonic_ns() { return read(CLOCK_MONOTONIC); }

}  // namespace sauda::service
