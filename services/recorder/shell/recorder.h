#pragma once

#include "common/service/inbox.h"
#include "common/service/program.h"
#include "services/recorder/shell/archive.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace sauda::recorder {

// Archives every stream and heals its gaps from their owners. Cursors are committed only after
// what they cover is on disk, so a kill costs nothing but a few repeated messages in the archive.
// When a session has ended and everything is here, writes the report. Blocks nobody.
class Recorder {
 public:
    explicit Recorder(service::Surroundings& around);

    int run();

 private:
    void cycle(base::Duration wait);
    void on_arrival(const bus::Arrival& arrival);
    void take();
    void flush_if_due(bool is_forced);
    void report_if_ended();
    [[nodiscard]] bool is_everything_here() const;
    bus::CommandReply answer(const bus::Command& command);
    [[nodiscard]] bus::Heartbeat heartbeat() const;
    void stop();

    service::Surroundings& around_;
    service::Inbox inbox_;
    Archive archive_;
    std::map<domain::Service, bus::Heartbeat> peers_;
    std::vector<bus::Arrival> arrivals_;
    std::string error_;
    uint64_t epoch_ = 0;
    uint64_t reports_ = 0;
    uint64_t request_id_ = 0;
    base::Timestamp started_at_;
    base::Timestamp event_time_;
    int64_t flushed_at_ns_ = 0;
    int64_t heartbeat_at_ns_ = 0;
    int64_t quiet_since_ns_ = 0;
    bool is_dirty_ = false;
};

}  // namespace sauda::recorder
