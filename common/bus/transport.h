#pragma once

#include "common/bus/control.h"
#include "common/bus/frame.h"

#include <string>
#include <variant>
#include <vector>

namespace sauda::bus {

// Opaque return address of a request.
using ClientToken = std::string;

struct FrameArrived {
    Service from = Service::Unspecified;
    Frame frame;
};
struct RequestArrived {
    ClientToken client;
    Request request;
};
struct ReplyArrived {
    Service from = Service::Unspecified;
    Reply reply;
};
// Bytes that did not decode: counted, never passed on.
struct Malformed {
    Service from = Service::Unspecified;
    std::string what;
};
using Arrival = std::variant<FrameArrived, RequestArrived, ReplyArrived, Malformed>;

// One service's place on the bus. Owned by one thread. ZeroMQ implements it (zmq_transport.h);
// tests/support implements it in memory. It may lose, delay or repeat frames; hosts heal that.
class Transport {
 public:
    virtual ~Transport() = default;
    virtual void publish(const Frame& frame) = 0;
    // Ask an upstream; a lost request or reply is the asker's to repeat.
    virtual void request(Service upstream, const Request& request) = 0;
    virtual void reply(const ClientToken& client, const Reply& reply) = 0;
    // Appends what has arrived, waiting at most `wait` if nothing has. At most 256 per call.
    virtual void poll(std::vector<Arrival>& arrivals, Duration wait) = 0;
    // Tear down and rebuild the connections to an upstream that has gone silent.
    virtual void reconnect(Service upstream) = 0;
};

}  // namespace sauda::bus
