#pragma once

#include "common/bus/zmq_transport.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace sauda::bus::test {

// A folder for one test, removed with it.
class Folder {
 public:
    Folder() {
        std::string name = "/tmp/sauda_bus_XXXXXX";
        path_ = mkdtemp(name.data());
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string file(std::string_view name) const {
        return path_ + "/" + std::string(name);
    }

 private:
    std::string path_;
};

// A bound no healthy run comes near; the condition decides, not the time.
inline bool until(const std::function<bool()>& condition, int seconds_max = 10) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds_max);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
    }
    return true;
}

// One transport with what it has received so far.
struct Peer {
    explicit Peer(ZmqConfig config) {
        auto opened = ZmqTransport::open(std::move(config));
        if (!opened) {
            throw std::runtime_error(opened.error().text);
        }
        transport = std::move(*opened);
    }
    void poll(int64_t wait_ms = 1) {
        std::vector<Arrival> arrivals;
        transport->poll(arrivals, base::milliseconds(wait_ms));
        largest_poll = std::max(largest_poll, arrivals.size());
        for (auto& arrival : arrivals) {
            if (auto* frame = std::get_if<FrameArrived>(&arrival)) {
                frames.push_back(std::move(frame->frame));
            } else if (auto* request = std::get_if<RequestArrived>(&arrival)) {
                requests.push_back(std::move(*request));
            } else if (auto* reply = std::get_if<ReplyArrived>(&arrival)) {
                replies.push_back(std::move(*reply));
            } else if (auto* bad = std::get_if<Malformed>(&arrival)) {
                malformed.push_back(std::move(*bad));
            }
        }
    }
    [[nodiscard]] std::size_t count(StreamId stream) const {
        return static_cast<std::size_t>(std::ranges::count(frames, stream, &Frame::stream));
    }
    std::unique_ptr<ZmqTransport> transport;
    std::vector<Frame> frames;
    std::vector<RequestArrived> requests;
    std::vector<ReplyArrived> replies;
    std::vector<Malformed> malformed;
    std::size_t largest_poll = 0;
};

inline Frame frame_of(StreamId stream, uint64_t seq, std::string payload = "payload") {
    return {.stream = stream,
            .epoch = 1,
            .seq = seq,
            .schema = 1,
            .flags = 0,
            .payload = std::move(payload)};
}
inline Request command(uint64_t id, std::string verb = "status") {
    return {id, Command{std::move(verb), {}, "test"}};
}
inline Reply answer(uint64_t id, std::string json = "{}") {
    return {id, CommandReply{true, std::move(json)}};
}

inline ZmqConfig server(const Folder& folder, Service self) {
    ZmqConfig config;
    config.self = self;
    config.directory = folder.path();
    return config;
}
inline ZmqConfig listener(const Folder& folder, Service upstream, std::vector<StreamId> streams) {
    ZmqConfig config;
    config.self = Service::Operator;
    config.directory = folder.path();
    config.upstreams = {upstream};
    config.subscriptions[upstream] = std::move(streams);
    config.binds = false;
    return config;
}

// Publishes on `stream` until `to` has heard it: the join of PUB and SUB has no other sign.
inline bool join(Peer& from, Peer& to, StreamId stream) {
    const auto before = to.count(stream);
    const bool joined = until([&] {
        from.transport->publish(frame_of(stream, 0, "join"));
        to.poll();
        return to.count(stream) > before;
    });
    // What is still on its way would be counted into the test.
    for (int quiet = 0; quiet < 20;) {
        const auto heard = to.frames.size();
        to.poll();
        quiet = to.frames.size() == heard ? quiet + 1 : 0;
    }
    to.frames.clear();
    return joined;
}

}  // namespace sauda::bus::test
