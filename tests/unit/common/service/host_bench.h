#pragma once

#include "common/service/host.h"
#include "common/service/wiring.h"
#include "tests/support/memory_network.h"
#include "tests/unit/common/service/tally_core.h"

#include <catch2/catch.hpp>

namespace sauda::service::test {

using domain::Service;
using domain::StreamId;
using domain::Timestamp;
using sauda::test::Crash;
using sauda::test::FaultRates;
using sauda::test::ManualClock;
using sauda::test::MemoryNetwork;
using sauda::test::MemoryStore;
using sauda::test::MemoryTransport;
using sauda::test::SilentLog;

inline constexpr uint64_t kRun = 42;
inline constexpr int64_t kMs = 1'000'000;

inline bus::Heartbeat beat_of(Service service, uint64_t epoch, uint64_t run = kRun) {
    bus::Heartbeat beat;
    beat.service = service;
    beat.state = bus::ServiceState::Ready;
    beat.epoch = epoch;
    beat.run = run;
    return beat;
}

// One host as the strategy, with the test as everybody else: feed (and driver), risk, and a
// recorder that hears whatever the host publishes.
class HostBench {
 public:
    HostBench() : network(1, FaultRates{}), clock(network) {
        network.subscribe(
            Service::Strategy,
            {StreamId::FeedSession, StreamId::RiskState, domain::advance_stream(Service::Feed),
             domain::heartbeat_stream(Service::Feed), domain::heartbeat_stream(Service::Risk)});
        network.subscribe(Service::Recorder,
                          {StreamId::StrategyAlert, domain::done_stream(Service::Strategy),
                           domain::heartbeat_stream(Service::Strategy)});
    }

    // Starts a process on the store as it is, and runs it until it is ready (or would wait).
    void start(const std::string& layout = "1") {
        HostConfig config;
        config.self = Service::Strategy;
        config.inputs = {StreamId::FeedSession, StreamId::RiskState};
        config.run = kRun;
        config.layout = layout;
        config.snapshot_every = snapshot_every;
        config.snapshot_pause = {};
        host = std::make_unique<Host>(config, std::make_unique<TallyCore>(), transport, store,
                                      clock, log, extension);
        REQUIRE(host->start().has_value());
        cycle();
    }
    void kill() { host.reset(); }
    void cycle(int times = 2) {
        for (int i = 0; i < times; ++i) {
            network.now_ns += kMs;
            host->cycle({});
            answer_pulls();
            heard_now();
        }
    }

    // The feed says something at an event time of `second`; returns its sequence.
    uint64_t feed_says(int64_t second, bool is_lost = false) {
        domain::SessionEvent event;
        event.kind = domain::SessionKind::Open;
        event.exchange = domain::Exchange::NSE;
        event.date = base::date_of(2025, 8, 29);
        return say(Service::Feed, StreamId::FeedSession, event, second, is_lost);
    }
    uint64_t risk_says(int64_t second, bool is_lost = false) {
        domain::TradingStateEvent event;
        event.state = domain::TradingState::Halted;
        event.by = "risk";
        return say(Service::Risk, StreamId::RiskState, event, second, is_lost);
    }
    static Timestamp at(int64_t second) {
        return base::ist(base::date_of(2025, 8, 29), base::seconds(9 * 3600 + second));
    }

    // The driver opens a round with everything said so far.
    bus::Advance advance_to(uint64_t step, uint32_t round, int64_t second) {
        bus::Advance advance{.run = kRun,
                             .step = step,
                             .round = round,
                             .window_start = at(second),
                             .window_end = at(second) + base::milliseconds(10),
                             .expected = {}};
        for (const auto& [stream, frames] : said) {
            advance.expected.push_back({.stream = stream, .seq = frames.size(), .state = {}});
        }
        send(advance);
        return advance;
    }
    void send(const bus::Ephemeral& message, Service from = Service::Feed) {
        network.publish(from, bus::encode(message, from));
    }
    void send_frame(Service from, const bus::Frame& frame) { network.publish(from, frame); }
    bus::CommandReply ask(const std::string& verb,
                          std::vector<std::pair<std::string, std::string>> arguments = {}) {
        const std::string client(1, static_cast<char>(Service::Operator));
        network.send(
            Service::Strategy,
            bus::RequestArrived{
                client,
                {.id = 9,
                 .body = bus::Command{.verb = verb, .arguments = arguments, .by = "owner"}}},
            false);
        cycle();
        std::vector<bus::Arrival> arrivals;
        network.receive(Service::Operator, arrivals);
        for (const auto& arrival : arrivals) {
            if (const auto* reply = std::get_if<bus::ReplyArrived>(&arrival)) {
                return std::get<bus::CommandReply>(reply->reply.body);
            }
        }
        return {.ok = false, .json = "no reply"};
    }

    // What the host published since the last call.
    std::vector<bus::Frame> facts() { return std::exchange(facts_, {}); }
    std::vector<bus::Done> dones() { return std::exchange(dones_, {}); }
    std::string state() { return pack_snapshot(host->participant()); }
    void heard_now() {
        std::vector<bus::Arrival> arrivals;
        network.receive(Service::Recorder, arrivals);
        for (const auto& arrival : arrivals) {
            const auto& frame = std::get<bus::FrameArrived>(arrival).frame;
            if (frame.stream == StreamId::StrategyAlert) {
                facts_.push_back(frame);
            } else if (auto message = bus::decode_ephemeral(frame)) {
                if (const auto* done = std::get_if<bus::Done>(&*message)) {
                    dones_.push_back(*done);
                }
            }
        }
    }

    MemoryNetwork network;
    ManualClock clock;
    SilentLog log;
    MemoryStore store;
    MemoryTransport transport{network, Service::Strategy};
    Extension extension;
    std::unique_ptr<Host> host;
    std::map<StreamId, std::vector<bus::Frame>> said;
    bool are_pulls_answered = true;
    uint64_t pulls = 0;
    uint64_t epoch = 1;  // of feed and risk
    base::Duration snapshot_every = base::seconds(5);

 private:
    uint64_t say(Service from, StreamId stream, const domain::Payload& payload, int64_t second,
                 bool is_lost) {
        domain::Meta meta;
        meta.event_time = meta.known_time = at(second);
        meta.run = kRun;
        auto& frames = said[stream];
        frames.push_back({.stream = stream,
                          .epoch = epoch,
                          .seq = frames.size() + 1,
                          .schema = wire::schema_of(payload),
                          .flags = 0,
                          .payload = wire::encode(meta, payload)});
        if (!is_lost) {
            network.publish(from, frames.back());
        }
        return frames.size();
    }
    void answer_pulls() {
        for (const auto owner : {Service::Feed, Service::Risk}) {
            std::vector<bus::Arrival> arrivals;
            network.receive(owner, arrivals);
            for (const auto& arrival : arrivals) {
                const auto* request = std::get_if<bus::RequestArrived>(&arrival);
                const auto* pull = request != nullptr
                                       ? std::get_if<bus::PullRequest>(&request->request.body)
                                       : nullptr;
                pulls += pull != nullptr ? 1 : 0;
                if (pull != nullptr && are_pulls_answered) {
                    network.send(Service::Strategy,
                                 bus::ReplyArrived{
                                     owner, {.id = request->request.id, .body = reply_to(*pull)}},
                                 false);
                }
            }
        }
    }
    bus::PullReply reply_to(const bus::PullRequest& pull) {
        const auto& frames = said[pull.stream];
        bus::PullReply reply{.stream = pull.stream,
                             .from = pull.from,
                             .first_seq = frames.empty() ? uint64_t{0} : uint64_t{1},
                             .last_seq = frames.size(),
                             .chain_before = 0,
                             .frames = {}};
        for (const auto& frame : frames) {
            if (frame.seq < pull.from) {
                reply.chain_before = bus::next_chain_hash(reply.chain_before, frame.seq,
                                                          frame.schema, frame.payload);
            } else if (reply.frames.size() < pull.frames_max) {
                reply.frames.push_back(frame);
                reply.frames.back().flags = bus::kReplayed;
            }
        }
        return reply;
    }

    std::vector<bus::Frame> facts_;
    std::vector<bus::Done> dones_;
};

}  // namespace sauda::service::test
