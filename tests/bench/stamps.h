#pragma once

#include "common/bus/zmq_transport.h"

#include <time.h>

#include <cstdint>
#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace sauda::bench {

// CLOCK_MONOTONIC, the same for every process of the machine.
inline int64_t monotonic_ns() {
    timespec t{};
    ::clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1'000'000'000 + t.tv_nsec;
}

struct Stamp {
    uint64_t stream = 0;
    uint64_t seq = 0;
    int64_t at_ns = 0;
};
using StampMap = std::map<std::pair<uint64_t, uint64_t>, int64_t>;

inline void write_stamps(const std::string& path, const std::vector<Stamp>& stamps) {
    std::ofstream out(path, std::ios::binary);
    out.write(reinterpret_cast<const char*>(stamps.data()),
              static_cast<std::streamsize>(stamps.size() * sizeof(Stamp)));
}

inline StampMap read_stamps(const std::string& path) {
    StampMap map;
    std::ifstream in(path, std::ios::binary);
    Stamp stamp;
    while (in.read(reinterpret_cast<char*>(&stamp), sizeof(stamp))) {
        map.try_emplace({stamp.stream, stamp.seq}, stamp.at_ns);
    }
    return map;
}

// Notes when each frame is handed to the bus. Everything is passed on.
class StampingTransport : public bus::Transport {
 public:
    explicit StampingTransport(bus::Transport& inner) : inner_(inner) { stamps_.reserve(1 << 18); }
    void publish(const bus::Frame& frame) override {
        stamps_.push_back({static_cast<uint64_t>(frame.stream), frame.seq, monotonic_ns()});
        inner_.publish(frame);
    }
    void request(bus::Service upstream, const bus::Request& request) override {
        inner_.request(upstream, request);
    }
    void reply(const bus::ClientToken& client, const bus::Reply& reply) override {
        inner_.reply(client, reply);
    }
    void poll(std::vector<bus::Arrival>& arrivals, bus::Duration wait) override {
        inner_.poll(arrivals, wait);
    }
    void reconnect(bus::Service upstream) override { inner_.reconnect(upstream); }
    [[nodiscard]] const std::vector<Stamp>& stamps() const { return stamps_; }

 private:
    bus::Transport& inner_;
    std::vector<Stamp> stamps_;
};

}  // namespace sauda::bench
