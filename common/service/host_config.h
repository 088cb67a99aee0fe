#pragma once

#include "common/base/timestamp.h"
#include "common/domain/streams.h"

#include <string>
#include <vector>

namespace sauda::service {

struct HostConfig {
    domain::Service self = domain::Service::Unspecified;
    std::vector<domain::StreamId> inputs;  // consumed streams; each subscribed whole
    uint64_t run = 0;                      // run identity; messages of another run are refused
    std::string database_id;
    uint64_t config_hash = 0;
    std::string layout;         // of snapshots; another layout is not loaded
    bool is_lockstep = true;    // rounds opened by the driver; else arrival order
    bool is_power_safe = true;  // Full commits where it matters
    base::Duration snapshot_every = base::seconds(5);         // event time
    base::Duration snapshot_pause = base::milliseconds(250);  // wall time between two at least
    base::Duration heartbeat_every = base::milliseconds(100);
    // Free running: recover without market data when the upstream is silent for this long.
    base::Duration recovery_patience = base::seconds(3);
};

}  // namespace sauda::service
