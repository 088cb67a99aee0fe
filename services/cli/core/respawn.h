#pragma once

#include "common/base/timestamp.h"

#include <algorithm>

namespace sauda::cli {

// When a service that stopped is started again: at once, then with a growing pause, never giving
// up. A service that ran for a while starts from the beginning again. Pure.
class Respawn {
 public:
    void started(int64_t now_ns) { started_ns_ = now_ns; }
    // It stopped; returns when to start it again. is_refusal: it said it cannot run like this
    // (bad configuration, another copy), so hurrying is no use.
    int64_t stopped(int64_t now_ns, bool is_refusal) {
        if (now_ns - started_ns_ > kSettled.ns) {
            failures_ = 0;
        }
        const int shift = std::min(failures_, 6);
        ++failures_;
        ++restarts_;
        if (is_refusal) {
            return now_ns + base::seconds(5).ns;
        }
        return failures_ == 1 ? now_ns : now_ns + std::min(kFirst.ns << shift, kLongest.ns);
    }
    [[nodiscard]] int restarts() const { return restarts_; }

 private:
    static constexpr base::Duration kSettled = base::seconds(10);
    static constexpr base::Duration kFirst = base::milliseconds(50);
    static constexpr base::Duration kLongest = base::seconds(2);
    int64_t started_ns_ = 0;
    int failures_ = 0;
    int restarts_ = 0;
};

}  // namespace sauda::cli
