#pragma once

#include "common/bus/control.h"
#include "common/domain/alert.h"

#include <map>
#include <vector>

namespace sauda::notifier {

// Hears the heartbeats of the other services and says when one died, came back, or fell silent.
// Times are of the monotonic clock.
class HealthWatch {
 public:
    static constexpr int64_t kSilenceNs = 3'000'000'000;

    // A service that counts another start than before was started again.
    std::vector<domain::Alert> heard(const bus::Heartbeat& beat, int64_t now_ns);
    // Those that were heard once and are silent now; each once. One that said it stops is not
    // missed.
    std::vector<domain::Alert> missed(int64_t now_ns);

 private:
    struct Peer {
        uint64_t epoch = 0;
        int64_t heard_at_ns = 0;
        bool is_missed = false;
        bool is_stopping = false;
    };
    std::map<domain::Service, Peer> peers_;
};

}  // namespace sauda::notifier
