#pragma once

#include "common/bus/zmq_transport.h"
#include "common/service/environment.h"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace sauda::cli {

// Listens to the heartbeats of an environment's services.
class Watch {
 public:
    static base::Expected<Watch> open(const service::Environment& environment);
    // Takes what has come, waiting at most `wait` for the first of it.
    void listen(base::Duration wait);
    // Listens for the whole of `time`.
    void listen_for(base::Duration time);
    // "80ms" since the last heartbeat heard; "-" if none was.
    [[nodiscard]] std::string heartbeat_age(domain::Service service) const;

    [[nodiscard]] const std::map<domain::Service, bus::Heartbeat>& beats() const { return beats_; }
    [[nodiscard]] bool are_all_ready() const;
    // Services not heard of, or not ready, with their state.
    [[nodiscard]] std::string not_ready() const;
    [[nodiscard]] int64_t metric(domain::Service service, std::string_view name) const;
    // Over all accounts: metrics whose name ends in suffix.
    [[nodiscard]] int64_t sum(domain::Service service, std::string_view suffix) const;
    // "10:42:17  P&L +1,234.50  open 1 trade  last: ..."
    [[nodiscard]] std::string live_line() const;

 private:
    explicit Watch(std::unique_ptr<bus::ZmqTransport> transport)
        : transport_(std::move(transport)) {}
    std::unique_ptr<bus::ZmqTransport> transport_;
    std::map<domain::Service, bus::Heartbeat> beats_;
    std::map<domain::Service, int64_t> heard_ns_;
    std::string last_event_;
};

}  // namespace sauda::cli
