#include "common/bus/control.h"

#include "common/domain/reason.h"

#include "sauda/v1/control.pb.h"

#include <google/protobuf/stubs/logging.h>

namespace sauda::bus {

namespace {

constexpr uint16_t kHeartbeatSchema = 0xE001;
constexpr uint16_t kAdvanceSchema = 0xE002;
constexpr uint16_t kDoneSchema = 0xE003;
// A list longer than this is not one of ours.
constexpr int kListMax = 4096;

std::unexpected<base::Error> refuse(std::string text) {
    return base::fail(base::ErrorKind::Invalid, std::move(text));
}

// The library would write a line to stderr for each bad text a stranger sends; the error is ours to
// tell.
template <class Proto>
bool parse(Proto& proto, std::string_view bytes) {
    [[maybe_unused]] static const auto kQuiet = google::protobuf::SetLogHandler(nullptr);
    return bytes.size() <= INT32_MAX &&
           proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

// The first thing found wrong with a message, by the name of its field.
class Gate {
 public:
    StreamId stream(const char* field, uint32_t number) {
        const auto id = static_cast<StreamId>(number);
        require(number <= UINT16_MAX && domain::is_known(id), field, number, "is not a stream");
        return id;
    }
    Service service(const char* field, uint32_t number) {
        require(number > 0 && number <= static_cast<uint32_t>(Service::Operator), field, number,
                "is not a service");
        return static_cast<Service>(number);
    }
    template <class Enum>
    Enum state(const char* field, int number, Enum last) {
        require(number >= 0 && number <= static_cast<int>(last), field, number, "is not a state");
        return static_cast<Enum>(number);
    }
    void list(const char* field, int size) {
        require(size <= kListMax, field, size, "is too many");
    }
    void require(bool holds, const char* field, int64_t value, const char* what) {
        if (!holds && text_.empty()) {
            text_ = std::string(field) + ": " + std::to_string(value) + " " + what;
        }
    }
    [[nodiscard]] bool is_open() const { return text_.empty(); }
    [[nodiscard]] std::string text() const { return text_; }

 private:
    std::string text_;
};

void fill(const StreamEnd& from, v1::StreamEnd& to) {
    to.set_stream(static_cast<uint32_t>(from.stream));
    to.set_first_seq(from.first_seq);
    to.set_last_seq(from.last_seq);
    to.set_chain_hash(from.chain_hash);
}
StreamEnd read(const v1::StreamEnd& from, Gate& gate) {
    return {gate.stream("StreamEnd.stream", from.stream()), from.first_seq(), from.last_seq(),
            from.chain_hash()};
}

void fill(const StreamCursor& from, v1::StreamCursor& to) {
    to.set_stream(static_cast<uint32_t>(from.stream));
    to.set_seq(from.seq);
    to.set_state(static_cast<v1::StreamState>(from.state));
}
StreamCursor read(const v1::StreamCursor& from, Gate& gate) {
    return {gate.stream("StreamCursor.stream", from.stream()), from.seq(),
            gate.state("StreamCursor.state", from.state(), StreamState::Poisoned)};
}

void fill(const NamedValue& from, v1::NamedValue& to) {
    to.set_name(from.name);
    to.set_value(from.value);
    to.set_unit(static_cast<v1::Unit>(from.unit));
}
NamedValue read(const v1::NamedValue& from, Gate& gate) {
    const auto unit = gate.state("NamedValue.unit", from.unit(), domain::Unit::PricePoints);
    return {from.name(), from.value(), static_cast<uint8_t>(unit)};
}

template <class From, class To>
void fill_all(const std::vector<From>& from, To& to) {
    to.Reserve(static_cast<int>(from.size()));
    for (const auto& element : from) {
        fill(element, *to.Add());
    }
}
template <class From, class To>
void read_all(const char* field, const From& from, std::vector<To>& to, Gate& gate) {
    gate.list(field, from.size());
    if (!gate.is_open()) {
        return;
    }
    to.reserve(static_cast<std::size_t>(from.size()));
    for (const auto& element : from) {
        to.push_back(read(element, gate));
    }
}

void fill(const Heartbeat& from, v1::Heartbeat& to) {
    to.set_service(static_cast<uint32_t>(from.service));
    to.set_state(static_cast<v1::ServiceState>(from.state));
    to.set_epoch(from.epoch);
    to.set_run(from.run);
    to.set_pid(from.pid);
    to.set_started_at(from.started_at.ns);
    to.set_now(from.now.ns);
    to.set_step(from.step);
    to.set_database_id(from.database_id);
    to.set_config_hash(from.config_hash);
    to.set_is_lockstep(from.is_lockstep);
    to.set_wall_anchor(from.wall_anchor.ns);
    to.set_event_anchor(from.event_anchor.ns);
    to.set_speed_permille(from.speed_permille);
    fill_all(from.streams, *to.mutable_streams());
    fill_all(from.cursors, *to.mutable_cursors());
    fill_all(from.metrics, *to.mutable_metrics());
    to.set_last_event(from.last_event);
}
Heartbeat read(const v1::Heartbeat& from, Gate& gate) {
    Heartbeat to;
    to.service = gate.service("Heartbeat.service", from.service());
    to.state = gate.state("Heartbeat.state", from.state(), ServiceState::Draining);
    to.epoch = from.epoch();
    to.run = from.run();
    to.pid = from.pid();
    to.started_at = {from.started_at()};
    to.now = {from.now()};
    to.step = from.step();
    to.database_id = from.database_id();
    to.config_hash = from.config_hash();
    to.is_lockstep = from.is_lockstep();
    to.wall_anchor = {from.wall_anchor()};
    to.event_anchor = {from.event_anchor()};
    to.speed_permille = from.speed_permille();
    read_all("Heartbeat.streams", from.streams(), to.streams, gate);
    read_all("Heartbeat.cursors", from.cursors(), to.cursors, gate);
    read_all("Heartbeat.metrics", from.metrics(), to.metrics, gate);
    to.last_event = from.last_event();
    return to;
}

void fill(const Advance& from, v1::Advance& to) {
    to.set_run(from.run);
    to.set_step(from.step);
    to.set_round(from.round);
    to.set_window_start(from.window_start.ns);
    to.set_window_end(from.window_end.ns);
    fill_all(from.expected, *to.mutable_expected());
}
Advance read(const v1::Advance& from, Gate& gate) {
    Advance to{from.run(),          from.step(), from.round(), {from.window_start()},
               {from.window_end()}, {}};
    read_all("Advance.expected", from.expected(), to.expected, gate);
    return to;
}

void fill(const Done& from, v1::Done& to) {
    to.set_service(static_cast<uint32_t>(from.service));
    to.set_run(from.run);
    to.set_step(from.step);
    to.set_round(from.round);
    fill_all(from.outputs, *to.mutable_outputs());
    to.set_next_deadline(from.next_deadline.ns);
    to.set_state_hash(from.state_hash);
}
Done read(const v1::Done& from, Gate& gate) {
    Done to;
    to.service = gate.service("Done.service", from.service());
    to.run = from.run();
    to.step = from.step();
    to.round = from.round();
    read_all("Done.outputs", from.outputs(), to.outputs, gate);
    to.next_deadline = {from.next_deadline()};
    to.state_hash = from.state_hash();
    return to;
}

template <class Proto>
base::Expected<Ephemeral> decode_as(const char* name, const Frame& frame,
                                    StreamId (*stream_of)(Service)) {
    Proto proto;
    if (!parse(proto, frame.payload)) {
        return refuse(std::string(name) + ": the bytes are no protobuf message of this type");
    }
    Gate gate;
    auto message = read(proto, gate);
    gate.require(frame.stream == stream_of(domain::owner_of(frame.stream)), name,
                 static_cast<int64_t>(frame.stream), "is not a stream for it");
    if constexpr (requires { message.service; }) {
        gate.require(message.service == domain::owner_of(frame.stream), name,
                     static_cast<int64_t>(message.service), "speaks on a stream of another");
    }
    if (!gate.is_open()) {
        return refuse(gate.text());
    }
    return message;
}

}  // namespace

Frame encode(const Ephemeral& message, Service from) {
    Frame frame;
    if (const auto* heartbeat = std::get_if<Heartbeat>(&message)) {
        v1::Heartbeat proto;
        fill(*heartbeat, proto);
        proto.SerializeToString(&frame.payload);
        frame.stream = domain::heartbeat_stream(from);
        frame.epoch = heartbeat->epoch;
    } else if (const auto* advance = std::get_if<Advance>(&message)) {
        v1::Advance proto;
        fill(*advance, proto);
        proto.SerializeToString(&frame.payload);
        frame.stream = domain::advance_stream(from);
    } else {
        v1::Done proto;
        fill(std::get<Done>(message), proto);
        proto.SerializeToString(&frame.payload);
        frame.stream = domain::done_stream(from);
    }
    frame.schema = static_cast<uint16_t>(kHeartbeatSchema + message.index());
    return frame;
}

base::Expected<Ephemeral> decode_ephemeral(const Frame& frame) {
    switch (frame.schema) {
        case kHeartbeatSchema:
            return decode_as<v1::Heartbeat>("Heartbeat", frame, domain::heartbeat_stream);
        case kAdvanceSchema:
            return decode_as<v1::Advance>("Advance", frame, domain::advance_stream);
        case kDoneSchema:
            return decode_as<v1::Done>("Done", frame, domain::done_stream);
        default:
            return refuse("schema " + std::to_string(frame.schema) + " is no ephemeral message");
    }
}

std::string encode(const Request& request) {
    v1::Request proto;
    proto.set_id(request.id);
    if (const auto* pull = std::get_if<PullRequest>(&request.body)) {
        auto& to = *proto.mutable_pull();
        to.set_stream(static_cast<uint32_t>(pull->stream));
        to.set_from(pull->from);
        to.set_frames_max(pull->frames_max);
    } else {
        const auto& command = std::get<Command>(request.body);
        auto& to = *proto.mutable_command();
        to.set_verb(command.verb);
        for (const auto& [name, value] : command.arguments) {
            auto& argument = *to.add_arguments();
            argument.set_name(name);
            argument.set_value(value);
        }
        to.set_by(command.by);
    }
    return proto.SerializeAsString();
}

std::string encode(const Reply& reply) {
    v1::Reply proto;
    proto.set_id(reply.id);
    if (const auto* pull = std::get_if<PullReply>(&reply.body)) {
        auto& to = *proto.mutable_pull();
        to.set_stream(static_cast<uint32_t>(pull->stream));
        to.set_from(pull->from);
        to.set_first_seq(pull->first_seq);
        to.set_last_seq(pull->last_seq);
        to.set_chain_before(pull->chain_before);
        to.mutable_frames()->Reserve(static_cast<int>(pull->frames.size()));
        for (const auto& frame : pull->frames) {
            auto& record = *to.add_frames();
            record.set_header(encode_header(frame));
            record.set_payload(frame.payload);
        }
    } else {
        const auto& answer = std::get<CommandReply>(reply.body);
        proto.mutable_command()->set_ok(answer.ok);
        proto.mutable_command()->set_json(answer.json);
    }
    return proto.SerializeAsString();
}

base::Expected<Request> decode_request(std::string_view bytes) {
    v1::Request proto;
    if (!parse(proto, bytes)) {
        return refuse("Request: the bytes are no protobuf message of this type");
    }
    Request request{proto.id(), {}};
    Gate gate;
    if (proto.has_pull()) {
        const auto& pull = proto.pull();
        request.body = PullRequest{gate.stream("Request.pull.stream", pull.stream()), pull.from(),
                                   pull.frames_max()};
    } else if (proto.has_command()) {
        Command command{proto.command().verb(), {}, proto.command().by()};
        gate.list("Request.command.arguments", proto.command().arguments_size());
        for (const auto& argument : proto.command().arguments()) {
            command.arguments.emplace_back(argument.name(), argument.value());
        }
        request.body = std::move(command);
    } else {
        return refuse("Request: it asks for nothing");
    }
    if (!gate.is_open()) {
        return refuse(gate.text());
    }
    return request;
}

namespace {

base::Expected<PullReply> read_pull(const v1::PullReply& from) {
    Gate gate;
    PullReply to;
    to.stream = gate.stream("Reply.pull.stream", from.stream());
    to.from = from.from();
    to.first_seq = from.first_seq();
    to.last_seq = from.last_seq();
    to.chain_before = from.chain_before();
    gate.list("Reply.pull.frames", from.frames_size());
    if (!gate.is_open()) {
        return refuse(gate.text());
    }
    for (const auto& record : from.frames()) {
        auto frame = decode_frame(record.header(), record.payload());
        if (!frame) {
            return std::unexpected(frame.error());
        }
        if (frame->stream != to.stream || frame->seq != to.from + to.frames.size()) {
            return refuse("Reply.pull.frames: sequence " + std::to_string(frame->seq) +
                          " of stream " + domain::topic_of(frame->stream) + " where " +
                          std::to_string(to.from + to.frames.size()) + " of " +
                          domain::topic_of(to.stream) + " was due");
        }
        to.frames.push_back(std::move(*frame));
    }
    return to;
}

}  // namespace

base::Expected<Reply> decode_reply(std::string_view bytes) {
    v1::Reply proto;
    if (!parse(proto, bytes)) {
        return refuse("Reply: the bytes are no protobuf message of this type");
    }
    if (proto.has_pull()) {
        auto pull = read_pull(proto.pull());
        if (!pull) {
            return std::unexpected(pull.error());
        }
        return Reply{proto.id(), std::move(*pull)};
    }
    if (proto.has_command()) {
        return Reply{proto.id(), CommandReply{proto.command().ok(), proto.command().json()}};
    }
    return refuse("Reply: it answers nothing");
}

}  // namespace sauda::bus
