#pragma once

#include "common/bus/endpoint.h"
#include "common/bus/transport.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace sauda::bus {

struct ZmqConfig {
    Service self = Service::Unspecified;
    std::string directory;  // of the environment's sockets and locks
    std::vector<Service> upstreams;
    std::map<Service, std::vector<StreamId>> subscriptions;  // whole streams, by upstream
    bool binds = true;                                       // false: only listens and asks
    // Messages kept for a subscriber that does not read; then it loses the newest, which the host
    // heals. 0 = no limit (lockstep).
    int publish_queue_max = 100'000;
    std::map<Service, Endpoints> elsewhere;  // services that do not listen in `directory`
};

struct ZmqCounters {
    uint64_t malformed = 0;
    uint64_t requests_dropped = 0;  // upstream not connected, or busy
    uint64_t replies_dropped = 0;   // asker gone, or not reading
    uint64_t rebinds = 0;           // socket file had vanished
    uint64_t rebind_failures = 0;
    uint64_t reconnects = 0;
};

// Transport over ZeroMQ: binds <svc>.pub and <svc>.ctl, one SUB and one DEALER per upstream.
// One thread owns it; only wake() may be called from others. Destroying it waits up to 1 s for
// subscribers to take what is queued. No fork while it lives.
class ZmqTransport : public Transport {
 public:
    // Takes the service's LockFile unless this process holds it. Conflict when another process
    // does; Invalid for an endpoint that cannot work; Unavailable when binding fails.
    static base::Expected<std::unique_ptr<ZmqTransport>> open(ZmqConfig config);
    ~ZmqTransport() override;

    void publish(const Frame& frame) override;
    void request(Service upstream, const Request& request) override;
    void reply(const ClientToken& client, const Reply& reply) override;
    void poll(std::vector<Arrival>& arrivals, Duration wait) override;
    void reconnect(Service upstream) override;

    // Ends a wait in poll() now, or the next one. From any thread.
    void wake();
    // The eventfd behind wake(): writing 8 bytes of a number > 0 to it does the same.
    [[nodiscard]] int wake_fd() const;
    // poll() also returns when fd becomes readable (signalfd, timerfd ...); the caller reads it.
    void watch(int fd);
    void unwatch(int fd);

    [[nodiscard]] const ZmqCounters& counters() const;

 private:
    struct Impl;
    explicit ZmqTransport(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace sauda::bus
