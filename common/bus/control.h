#pragma once

#include "common/base/expected.h"
#include "common/base/timestamp.h"
#include "common/bus/frame.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// What hosts say to each other beside the facts: ephemeral messages on PUB, requests and replies on
// the control socket. As protobuf on the wire (proto/sauda/v1/control.proto).
namespace sauda::bus {

using base::Duration;
using base::Timestamp;

enum class ServiceState : uint8_t {
    Unspecified = 0,
    Starting = 1,
    Recovering = 2,
    Ready = 3,
    Degraded = 4,
    Draining = 5,
};
enum class StreamState : uint8_t {
    Unspecified = 0,
    Cold = 1,
    Replaying = 2,
    Following = 3,
    Diverged = 4,
    Poisoned = 5,
};

struct StreamEnd {
    StreamId stream = StreamId::None;
    uint64_t first_seq = 0;  // earliest still served; 0 = nothing yet
    uint64_t last_seq = 0;
    uint64_t chain_hash = 0;  // at last_seq (durable streams)
    friend bool operator==(const StreamEnd&, const StreamEnd&) = default;
};
struct StreamCursor {
    StreamId stream = StreamId::None;
    uint64_t seq = 0;
    StreamState state = StreamState::Unspecified;
    friend bool operator==(const StreamCursor&, const StreamCursor&) = default;
};
struct NamedValue {
    std::string name;
    int64_t value = 0;
    uint8_t unit = 0;  // a domain::Unit
    friend bool operator==(const NamedValue&, const NamedValue&) = default;
};

// Every 100 ms from the core loop; the watermark that reveals a lost tail.
struct Heartbeat {
    Service service = Service::Unspecified;
    ServiceState state = ServiceState::Unspecified;
    uint64_t epoch = 0;  // counts starts; persisted
    uint64_t run = 0;
    int64_t pid = 0;
    Timestamp started_at;  // wall clock
    Timestamp now;         // the service's event time
    uint64_t step = 0;
    std::string database_id;
    uint64_t config_hash = 0;
    bool is_lockstep = false;
    // Pace of a paced replay: event time = event_anchor + (wall - wall_anchor) x
    // speed_permille/1000.
    Timestamp wall_anchor;
    Timestamp event_anchor;
    int64_t speed_permille = 0;
    std::vector<StreamEnd> streams;     // owned
    std::vector<StreamCursor> cursors;  // consumed
    std::vector<NamedValue> metrics;
    std::string last_event;  // one line for the live view
    friend bool operator==(const Heartbeat&, const Heartbeat&) = default;
};

// The driver opens a round: everything up to `expected` is its input (design 5).
struct Advance {
    uint64_t run = 0;
    uint64_t step = 0;
    uint32_t round = 0;
    Timestamp window_start;
    Timestamp window_end;
    std::vector<StreamCursor> expected;  // last seq per stream as of the end of round - 1
    friend bool operator==(const Advance&, const Advance&) = default;
};
struct Done {
    Service service = Service::Unspecified;
    uint64_t run = 0;
    uint64_t step = 0;
    uint32_t round = 0;
    std::vector<StreamCursor> outputs;  // last seq per owned durable stream
    Timestamp next_deadline;
    uint64_t state_hash = 0;
    friend bool operator==(const Done&, const Done&) = default;
};

// Asks an owner for frames of a stream from seq `from` on. chain_hash: the asker's at from - 1.
struct PullRequest {
    StreamId stream = StreamId::None;
    uint64_t from = 0;
    uint32_t frames_max = 512;
    friend bool operator==(const PullRequest&, const PullRequest&) = default;
};
struct PullReply {
    StreamId stream = StreamId::None;
    uint64_t from = 0;
    uint64_t first_seq = 0;
    uint64_t last_seq = 0;
    uint64_t chain_before = 0;  // the owner's chain hash at from - 1
    std::vector<Frame> frames;  // contiguous from `from`, flagged kReplayed; empty = none
    friend bool operator==(const PullReply&, const PullReply&) = default;
};
// Anything a person or a program asks. verb: "status", "halt", "play", "query" ...; arguments by
// name. The reply is a JSON text.
struct Command {
    std::string verb;
    std::vector<std::pair<std::string, std::string>> arguments;
    std::string by;
    friend bool operator==(const Command&, const Command&) = default;
};
struct CommandReply {
    bool ok = false;
    std::string json;  // {"error": "..."} when not ok
    friend bool operator==(const CommandReply&, const CommandReply&) = default;
};

using Ephemeral = std::variant<Heartbeat, Advance, Done>;
// Schema numbers of ephemeral frames: 0xE001 + index in Ephemeral.
Frame encode(const Ephemeral& message, Service from);
base::Expected<Ephemeral> decode_ephemeral(const Frame& frame);

struct Request {
    uint64_t id = 0;  // chosen by the asker
    std::variant<PullRequest, Command> body;
    friend bool operator==(const Request&, const Request&) = default;
};
struct Reply {
    uint64_t id = 0;
    std::variant<PullReply, CommandReply> body;
    friend bool operator==(const Reply&, const Reply&) = default;
};
std::string encode(const Request& request);
std::string encode(const Reply& reply);
base::Expected<Request> decode_request(std::string_view bytes);
base::Expected<Reply> decode_reply(std::string_view bytes);

}  // namespace sauda::bus
