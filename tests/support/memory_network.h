#pragma once

#include "common/base/clock.h"
#include "common/base/rng.h"
#include "common/bus/transport.h"
#include "common/service/log.h"
#include "tests/support/memory_store.h"

#include <deque>
#include <functional>
#include <map>
#include <set>

namespace sauda::test {

struct FaultRates {
    double drop = 0;
    double duplicate = 0;
    double delay = 0;  // by up to delay_max_ns
    int64_t delay_max_ns = 30'000'000;
};

// A bus in memory with seeded faults, on virtual time. Order between two services is kept except
// where a delay holds a message back, so that later ones overtake it.
class MemoryNetwork {
 public:
    MemoryNetwork(uint64_t seed, FaultRates rates) : rng_(seed), rates_(rates) {}

    int64_t now_ns = 1'000'000'000;
    std::map<std::string, uint64_t> faults;
    uint64_t messages = 0;

    void subscribe(domain::Service who, const std::vector<domain::StreamId>& streams) {
        subscribers_[who] = {streams.begin(), streams.end()};
    }
    // A process died: what was on its way to it is gone.
    void forget(domain::Service who) { queues_[who].clear(); }
    // From now on every message arrives, once and in order.
    void heal() { rates_ = {}; }
    // When the next message for `who` is due; INT64_MAX if none is under way.
    [[nodiscard]] int64_t next_due(domain::Service who) const {
        const auto it = queues_.find(who);
        return it == queues_.end() || it->second.empty() ? INT64_MAX : it->second.begin()->first;
    }

    void publish(domain::Service from, const bus::Frame& frame) {
        for (const auto& [who, streams] : subscribers_) {
            if (streams.contains(frame.stream)) {
                send(who, bus::FrameArrived{from, frame}, true);
            }
        }
    }
    void send(domain::Service to, bus::Arrival arrival, bool may_fault) {
        int64_t due = now_ns;
        ++messages;
        if (may_fault && rng_.chance(rates_.drop)) {
            ++faults["drop"];
            return;
        }
        if (may_fault && rng_.chance(rates_.delay)) {
            ++faults["delay"];
            due += rng_.between(0, rates_.delay_max_ns);
        }
        if (may_fault && rng_.chance(rates_.duplicate)) {
            ++faults["duplicate"];
            queues_[to].emplace(due + rng_.between(0, rates_.delay_max_ns), arrival);
        }
        queues_[to].emplace(due, std::move(arrival));
    }
    void receive(domain::Service who, std::vector<bus::Arrival>& arrivals) {
        auto& queue = queues_[who];
        while (!queue.empty() && queue.begin()->first <= now_ns && arrivals.size() < 256) {
            arrivals.push_back(std::move(queue.begin()->second));
            queue.erase(queue.begin());
        }
    }

 private:
    base::Rng rng_;
    FaultRates rates_;
    std::map<domain::Service, std::set<domain::StreamId>> subscribers_;
    std::map<domain::Service, std::multimap<int64_t, bus::Arrival>> queues_;
};

// One service's place on the network. Each send is a crash point.
class MemoryTransport : public bus::Transport {
 public:
    MemoryTransport(MemoryNetwork& network, domain::Service self)
        : network_(network), self_(self) {}
    std::function<void(const char* where)> crash_point = [](const char*) {};

    void publish(const bus::Frame& frame) override {
        const bool is_fact = domain::class_of(frame.stream) == domain::StreamClass::Durable;
        if (is_fact) {
            crash_point("before send");
        }
        network_.publish(self_, frame);
        if (is_fact) {
            crash_point("after send");
        }
    }
    void request(domain::Service upstream, const bus::Request& request) override {
        network_.send(upstream,
                      bus::RequestArrived{std::string(1, static_cast<char>(self_)), request}, true);
    }
    void reply(const bus::ClientToken& client, const bus::Reply& reply) override {
        network_.send(static_cast<domain::Service>(client[0]), bus::ReplyArrived{self_, reply},
                      true);
    }
    void poll(std::vector<bus::Arrival>& arrivals, bus::Duration) override {
        network_.receive(self_, arrivals);
    }
    void reconnect(domain::Service) override {}

 private:
    MemoryNetwork& network_;
    domain::Service self_;
};

class ManualClock : public base::Clock {
 public:
    explicit ManualClock(MemoryNetwork& network) : network_(network) {}
    base::Timestamp now() override { return {network_.now_ns}; }
    int64_t monotonic_ns() override { return network_.now_ns; }

 private:
    MemoryNetwork& network_;
};

class SilentLog : public service::Log {
 public:
    void write(service::LogLevel level, std::string_view, std::string_view text) override {
        if (level == service::LogLevel::Error) {
            errors.emplace_back(text);
        }
    }
    std::vector<std::string> errors;
};

}  // namespace sauda::test
