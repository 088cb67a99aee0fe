#include "common/bus/zmq_control_client.h"

#include "common/bus/endpoint.h"
#include "common/bus/zmq_socket.h"

#include <algorithm>
#include <chrono>

namespace sauda::bus {

namespace {

using Clock = std::chrono::steady_clock;

Duration left_until(Clock::time_point deadline) {
    const auto left = std::chrono::duration_cast<std::chrono::nanoseconds>(deadline - Clock::now());
    return {std::max<int64_t>(0, left.count())};
}

std::string in_milliseconds(Duration d) { return std::to_string(d.ns / 1'000'000) + " ms"; }

}  // namespace

base::Expected<Reply> ControlClient::ask(const std::string& endpoint, const Request& request,
                                         Duration timeout) {
    if (auto usable = check_endpoint(endpoint); !usable) {
        return std::unexpected(usable.error());
    }
    const auto deadline = Clock::now() + std::chrono::nanoseconds(timeout.ns);
    ZmqSocket socket(SocketKind::Dealer);
    if (auto done = socket.connect(endpoint); !done) {
        return std::unexpected(done.error());
    }
    ZmqPoller poller;
    poller.add_writable(socket);
    while (socket.send({"", encode(request)}) != SendResult::Sent) {
        if (left_until(deadline).ns == 0) {
            return base::fail(base::ErrorKind::Unavailable,
                              "nothing listens at " + endpoint + "; is the service running?");
        }
        poller.wait(left_until(deadline));
    }
    poller.clear();
    poller.add(socket);
    while (true) {
        for (auto parts = socket.receive(); !parts.empty(); parts = socket.receive()) {
            if (parts.size() != 2 || !parts[0].empty()) {
                continue;
            }
            auto reply = decode_reply(parts[1]);
            if (!reply || reply->id == request.id) {
                return reply;
            }
        }
        if (left_until(deadline).ns == 0) {
            return base::fail(base::ErrorKind::Unavailable,
                              "no answer from " + endpoint + " within " + in_milliseconds(timeout) +
                                  "; it may still have acted");
        }
        poller.wait(left_until(deadline));
    }
}

}  // namespace sauda::bus
