#include "common/bus/control.h"

#include "common/base/rng.h"

#include "sauda/v1/control.pb.h"

#include <catch2/catch.hpp>

using namespace sauda;
using namespace sauda::bus;

namespace {

// Every field set to a value of its own, so that a forgotten one differs.
Heartbeat heartbeat() {
    Heartbeat h;
    h.service = Service::Risk;
    h.state = ServiceState::Degraded;
    h.epoch = 3;
    h.run = 0xF000000000000001ULL;
    h.pid = 4711;
    h.started_at = {11};
    h.now = {12};
    h.step = 13;
    h.database_id = "db";
    h.config_hash = 0xF000000000000002ULL;
    h.is_lockstep = true;
    h.wall_anchor = {14};
    h.event_anchor = {15};
    h.speed_permille = 16'000;
    h.streams = {{StreamId::RiskDecision, 1, 9, 0xF000000000000003ULL},
                 {StreamId::RiskState, 2, 8, 5}};
    h.cursors = {{StreamId::StrategyIntent, 7, StreamState::Following},
                 {StreamId::ExecutionReport, 6, StreamState::Poisoned}};
    h.metrics = {{"checks", -5, 2}, {"lag", 6, 9}};
    h.last_event = "denied";
    return h;
}
Advance advance() { return {21, 22, 23, {24}, {25}, {{StreamId::FeedBar, 26, StreamState::Cold}}}; }
Done done() {
    return {Service::Strategy,
            31,
            32,
            33,
            {{StreamId::StrategyIntent, 34, StreamState::Cold}},
            {35},
            36};
}
PullReply pull_reply() {
    PullReply reply{StreamId::RiskDecision, 5, 1, 9, 77, {}};
    for (const uint64_t seq : {5U, 6U, 7U}) {
        reply.frames.push_back(
            {StreamId::RiskDecision, 2, seq, 9, kReplayed, "payload " + std::to_string(seq)});
    }
    return reply;
}

std::string error_of(const base::Expected<Ephemeral>& decoded) {
    return decoded ? "" : decoded.error().text;
}
std::string error_of(const base::Expected<Reply>& decoded) {
    return decoded ? "" : decoded.error().text;
}

template <class T>
std::string refusal(T message, Service from) {
    return error_of(decode_ephemeral(encode(Ephemeral(message), from)));
}

}  // namespace

TEST_CASE("control: ephemeral messages come back equal, on the sender's stream", "[unit][bus]") {
    const auto check = [](const Ephemeral& message, Service from, StreamId stream, int schema) {
        const auto frame = encode(message, from);
        CHECK(frame.stream == stream);
        CHECK(frame.schema == schema);
        const auto back = decode_ephemeral(frame);
        REQUIRE(back);
        CHECK(*back == message);
    };
    check(heartbeat(), Service::Risk, domain::heartbeat_stream(Service::Risk), 0xE001);
    check(advance(), Service::Feed, domain::advance_stream(Service::Feed), 0xE002);
    check(done(), Service::Strategy, domain::done_stream(Service::Strategy), 0xE003);
    Heartbeat least;
    least.service = Service::Feed;
    check(least, Service::Feed, domain::heartbeat_stream(Service::Feed), 0xE001);
    CHECK(encode(heartbeat(), Service::Risk).epoch == 3);
}

TEST_CASE("control: what an ephemeral message may not say is refused by name", "[unit][bus]") {
    auto h = heartbeat();
    CHECK(refusal(h, Service::Feed) == "Heartbeat: 4 speaks on a stream of another");
    h.service = static_cast<Service>(10);
    CHECK(refusal(h, Service::Risk) == "Heartbeat.service: 10 is not a service");
    h = heartbeat();
    h.state = static_cast<ServiceState>(6);
    CHECK(refusal(h, Service::Risk) == "Heartbeat.state: 6 is not a state");
    h = heartbeat();
    h.streams[1].stream = static_cast<StreamId>(0x7777);
    CHECK(refusal(h, Service::Risk) == "StreamEnd.stream: 30583 is not a stream");
    h = heartbeat();
    h.cursors[0].state = static_cast<StreamState>(9);
    CHECK(refusal(h, Service::Risk) == "StreamCursor.state: 9 is not a state");
    h = heartbeat();
    h.metrics[0].unit = 200;
    CHECK(refusal(h, Service::Risk) == "NamedValue.unit: 200 is not a state");
    h = heartbeat();
    h.metrics.assign(4097, {"m", 1, 0});
    CHECK(refusal(h, Service::Risk) == "Heartbeat.metrics: 4097 is too many");
    auto frame = encode(advance(), Service::Feed);
    frame.stream = domain::heartbeat_stream(Service::Feed);
    CHECK(error_of(decode_ephemeral(frame)) == "Advance: 8193 is not a stream for it");
    frame.schema = 0xE004;
    CHECK(error_of(decode_ephemeral(frame)) == "schema 57348 is no ephemeral message");
    frame = encode(done(), Service::Strategy);
    frame.payload = "\xFF\xFF";
    CHECK(error_of(decode_ephemeral(frame)) ==
          "Done: the bytes are no protobuf message of this type");
}

TEST_CASE("control: requests come back equal", "[unit][bus]") {
    for (const auto& request :
         {Request{1, PullRequest{StreamId::FeedBar, 17, 300}},
          Request{2, Command{"play", {{"speed", "4"}, {"file", "a b"}, {"speed", "8"}}, "asha"}},
          Request{3, Command{}}}) {
        const auto back = decode_request(encode(request));
        REQUIRE(back);
        CHECK(*back == request);
    }
}

TEST_CASE("control: replies come back equal, with frames of any payload", "[unit][bus]") {
    auto pulled = pull_reply();
    pulled.frames[1].payload = std::string("\0\xFF\x80", 3);
    for (const auto& reply :
         {Reply{1, pulled}, Reply{2, PullReply{StreamId::FeedBar, 1, 0, 0, 0, {}}},
          Reply{3, CommandReply{true, R"({"ok": "हाँ"})"}}, Reply{4, CommandReply{}}}) {
        const auto back = decode_reply(encode(reply));
        REQUIRE(back);
        CHECK(*back == reply);
    }
}

TEST_CASE("control: a pull reply must hold the stream without holes", "[unit][bus]") {
    auto reply = pull_reply();
    reply.frames.erase(reply.frames.begin() + 1);
    CHECK(error_of(decode_reply(encode(Reply{1, reply}))) ==
          "Reply.pull.frames: sequence 7 of stream D/risk/decision/ where 6 of D/risk/decision/ "
          "was due");
    reply = pull_reply();
    reply.frames[2].stream = StreamId::RiskState;
    CHECK(error_of(decode_reply(encode(Reply{1, reply}))) ==
          "Reply.pull.frames: sequence 7 of stream D/risk/state/ where 7 of D/risk/decision/ was "
          "due");
}

TEST_CASE("control: a frame damaged within a pull reply is refused", "[unit][bus]") {
    v1::Reply proto;
    REQUIRE(proto.ParseFromString(encode(Reply{1, pull_reply()})));
    proto.mutable_pull()->mutable_frames(1)->mutable_payload()->at(0) = 'P';
    CHECK(error_of(decode_reply(proto.SerializeAsString())) ==
          "frame refused: checksum differs, bytes changed on the way");
}

TEST_CASE("control: requests and replies that say nothing are refused", "[unit][bus]") {
    CHECK(decode_request("").error().text == "Request: it asks for nothing");
    CHECK(decode_reply("").error().text == "Reply: it answers nothing");
    CHECK(decode_request("\xFF").error().text ==
          "Request: the bytes are no protobuf message of this type");
    CHECK(decode_reply("\xFF").error().text ==
          "Reply: the bytes are no protobuf message of this type");
    CHECK(decode_request(encode(Request{1, PullRequest{static_cast<StreamId>(0x7777), 1, 1}}))
              .error()
              .text == "Request.pull.stream: 30583 is not a stream");
}

TEST_CASE("control: 10,000 mutated messages are refused or decode", "[unit][bus]") {
    base::Rng rng(42);
    const auto frame = encode(heartbeat(), Service::Risk);
    const std::vector<std::string> samples{
        frame.payload, encode(Request{1, PullRequest{StreamId::FeedBar, 17, 300}}),
        encode(Request{2, Command{"play", {{"speed", "4"}}, "asha"}}),
        encode(Reply{1, pull_reply()}), encode(Reply{3, CommandReply{true, "{}"}})};
    int refused = 0;
    for (std::size_t i = 0; i < 10'000; ++i) {
        auto bytes = samples[i % samples.size()];
        for (uint64_t n = 1 + rng.below(4); n > 0; --n) {
            bytes[static_cast<std::size_t>(rng.below(bytes.size()))] =
                static_cast<char>(rng.below(256));
        }
        auto mutated = frame;
        mutated.payload = bytes;
        refused += decode_ephemeral(mutated) ? 0 : 1;
        refused += decode_request(bytes) ? 0 : 1;
        refused += decode_reply(bytes) ? 0 : 1;
    }
    CHECK(refused > 15'000);
    CHECK(refused < 30'000);
}
