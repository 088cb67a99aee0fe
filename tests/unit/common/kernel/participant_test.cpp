#include "common/kernel/participant.h"

#include "tests/support/scripted_core.h"
#include "tests/unit/common/base/abort_probe.h"

#include <catch2/catch.hpp>

using namespace sauda;
using namespace sauda::kernel;
using sauda::test::ScriptedCore;

namespace {

const auto kMarket = domain::market_data_stream(domain::Underlying::NIFTY);
constexpr auto kDecision = StreamId::RiskDecision;
constexpr auto kAlert = StreamId::StrategyAlert;

Message market(uint64_t seq, int64_t known) {
    return {.stream = kMarket,
            .seq = seq,
            .meta = {.event_time = {known}, .known_time = {known}, .causes = {}},
            .payload = domain::QuoteBatch{}};
}
Message decision(uint64_t seq) {
    return {.stream = kDecision, .seq = seq, .meta = {}, .payload = domain::Decision{}};
}

struct Bench {
    Bench() : participant(Service::Strategy, take(), 77) {}
    std::unique_ptr<domain::Core> take() {
        auto made = std::make_unique<ScriptedCore>();
        core = made.get();
        return made;
    }
    Round round(uint32_t number) const {
        return {
            .step = 3, .round = number, .window_start = {30}, .window_end = {40}, .expected = {}};
    }
    ScriptedCore* core = nullptr;
    Participant participant;
};

using Calls = std::vector<std::string>;

}  // namespace

TEST_CASE("round 0 goes by time: market data before a timer of the same instant") {
    Bench bench;
    bench.core->deadline = {34};
    bench.participant.run_round(bench.round(0), {market(2, 36), market(1, 34)});
    CHECK(bench.core->calls ==
          Calls{"observe J/feed/md/NIFTY/ 1 @34", "decide J/feed/md/NIFTY/ 1 @34", "wake @34",
                "observe J/feed/md/NIFTY/ 2 @36", "decide J/feed/md/NIFTY/ 2 @36"});
}

TEST_CASE("round 0 takes untimed messages first and fires timers up to the end of the window") {
    Bench bench;
    bench.core->deadline = {39};
    bench.participant.run_round(bench.round(0), {market(1, 31), decision(5), decision(4)});
    CHECK(bench.core->calls ==
          Calls{"decide D/risk/decision/ 4 @30", "decide D/risk/decision/ 5 @30",
                "observe J/feed/md/NIFTY/ 1 @31", "decide J/feed/md/NIFTY/ 1 @31", "wake @39"});
    bench.core->calls.clear();
    bench.core->deadline = {40};  // of the next window
    bench.participant.run_round(bench.round(0), {});
    CHECK(bench.core->calls.empty());
}

TEST_CASE("what was due before the window fires at its start") {
    Bench bench;
    bench.core->deadline = {12};
    bench.participant.run_round(bench.round(0), {});
    CHECK(bench.core->calls == Calls{"wake @30"});
}

TEST_CASE("later rounds are at the window's end and fire no timers") {
    Bench bench;
    bench.core->deadline = {35};
    const auto result = bench.participant.run_round(bench.round(1), {decision(2), decision(1)});
    CHECK(bench.core->calls ==
          Calls{"decide D/risk/decision/ 1 @40", "decide D/risk/decision/ 2 @40"});
    CHECK(result.next_deadline == Timestamp{35});
}

TEST_CASE("messages of one instant go by stream, then by sequence") {
    Bench bench;
    auto signal = market(7, 0);
    signal.stream = StreamId::MlSignal;
    bench.participant.run_round(bench.round(1), {decision(1), signal, decision(0)});
    CHECK(bench.core->calls ==
          Calls{"observe D/ml_signal/signal/ 7 @40", "decide D/ml_signal/signal/ 7 @40",
                "decide D/risk/decision/ 0 @40", "decide D/risk/decision/ 1 @40"});
}

TEST_CASE("an event knows its time, its causes, its step and its run, and is applied at once") {
    Bench bench;
    std::size_t applied_inside = 0;
    bench.core->on_decide = [&](const Message&, Timestamp, domain::Emitter& out) {
        out.emit(kAlert, domain::Alert{});
        applied_inside = bench.core->applied.size();
        out.emit(kAlert, domain::Alert{}, {{kDecision, 99}});
        out.emit(StreamId::StrategyBot, domain::BotEvent{});
    };
    const auto result = bench.participant.run_round(bench.round(0), {market(8, 33)});
    CHECK(applied_inside == 1);
    const auto outputs = bench.participant.take_outputs();
    REQUIRE(outputs.size() == 3);
    const auto& first = outputs[0].message;
    CHECK(first.meta.event_time == Timestamp{33});
    CHECK(first.meta.known_time == Timestamp{33});
    CHECK(first.meta.step == 3);
    CHECK(first.meta.round == 0);
    CHECK(first.meta.run == 77);
    CHECK(first.meta.causes == std::vector<domain::Cause>{{kMarket, 8}});
    CHECK(first.seq == 1);
    CHECK(outputs[1].message.seq == 2);
    CHECK(outputs[1].message.meta.causes ==
          std::vector<domain::Cause>{{kMarket, 8}, {kDecision, 99}});
    CHECK(outputs[2].message.seq == 1);  // another stream counts for itself
    CHECK(outputs[0].ordinal == 1);
    CHECK(bench.core->applied.size() == 3);
    CHECK(bench.core->applied[1] == outputs[1].message);
    CHECK(result.outputs.at(kAlert) == 2);
    CHECK(result.outputs.at(StreamId::StrategyBot) == 1);
    CHECK(result.outputs.at(StreamId::StrategyIntent) == 0);
}

TEST_CASE("what a timer leads to has no cause") {
    Bench bench;
    bench.core->deadline = {34};
    bench.core->on_wake = [](Timestamp, domain::Emitter& out) {
        out.emit(kAlert, domain::Alert{});
    };
    bench.participant.run_round(bench.round(0), {market(1, 32)});
    const auto outputs = bench.participant.take_outputs();
    REQUIRE(outputs.size() == 1);
    CHECK(outputs[0].message.meta.causes.empty());
    CHECK(outputs[0].ordinal == 2);
}

TEST_CASE("consumption is recorded in order and without holes") {
    Bench bench;
    bench.core->deadline = {34};
    bench.participant.run_round(bench.round(0), {market(1, 32), market(2, 35)});
    bench.participant.run_round(bench.round(1), {decision(1)});
    const auto consumed = bench.participant.take_consumed();
    REQUIRE(consumed.size() == 4);
    for (std::size_t i = 0; i < consumed.size(); ++i) {
        CHECK(consumed[i].ordinal == i + 1);
    }
    CHECK_FALSE(consumed[0].is_timer);
    CHECK(consumed[1].is_timer);
    CHECK(consumed[1].now == Timestamp{34});
    CHECK(consumed[3].stream == kDecision);
    CHECK(consumed[3].now == Timestamp{40});
    CHECK(bench.participant.take_consumed().empty());
}

TEST_CASE("now never goes back") {
    Bench bench;
    bench.participant.handle(market(1, 50), {50});
    bench.participant.handle(market(2, 20), {20});
    CHECK(bench.core->calls.back() == "decide J/feed/md/NIFTY/ 2 @50");
    CHECK(bench.participant.last_now() == Timestamp{50});
}

TEST_CASE("free running fires what is due up to and including now") {
    Bench bench;
    bench.core->deadline = {50};
    bench.participant.wake({49});
    CHECK(bench.core->calls.empty());
    bench.participant.wake({50});
    CHECK(bench.core->calls == Calls{"wake @50"});
}

TEST_CASE("a replayed participant stands where the first one stood and decides nothing") {
    Bench first;
    first.core->on_decide = [](const Message&, Timestamp, domain::Emitter& out) {
        out.emit(kAlert, domain::Alert{});
    };
    first.participant.run_round(first.round(0), {market(1, 32)});
    first.participant.run_round(first.round(1), {decision(1)});
    const auto outputs = first.participant.take_outputs();

    Bench second;
    second.participant.replay_input(1, market(1, 32), {32});
    second.participant.replay_output(outputs[0].message);
    second.participant.replay_silent(2, {40});
    second.participant.replay_output(outputs[1].message);
    CHECK(second.core->calls == Calls{"observe J/feed/md/NIFTY/ 1 @32"});
    CHECK(second.core->applied == first.core->applied);
    CHECK(second.participant.last_ordinal() == first.participant.last_ordinal());
    CHECK(second.participant.last_now() == first.participant.last_now());
    CHECK(second.participant.output_ends() == first.participant.output_ends());
    CHECK(second.participant.emitted_hash() == first.participant.emitted_hash());
    CHECK(second.participant.take_consumed().empty());
}

TEST_CASE("the hash of what was emitted tells one event from another") {
    const auto hash_with = [](const char* subject) {
        Bench bench;
        bench.core->on_decide = [subject](const Message&, Timestamp, domain::Emitter& out) {
            out.emit(kAlert, domain::Alert{.severity = {}, .reason = {}, .subject = subject});
        };
        return bench.participant.run_round(bench.round(0), {market(1, 32)}).state_hash;
    };
    CHECK(hash_with("a") == hash_with("a"));
    CHECK(hash_with("a") != hash_with("b"));
}

TEST_CASE("a core that writes to another's stream is a bug, so is a timer that stays due") {
    CHECK(aborts([] {
        Bench bench;
        bench.core->on_decide = [](const Message&, Timestamp, domain::Emitter& out) {
            out.emit(kDecision, domain::Decision{});
        };
        bench.participant.run_round(bench.round(0), {market(1, 32)});
    }));
    CHECK(aborts([] {
        Bench bench;
        bench.core->deadline = {31};
        bench.core->on_wake = [&bench](Timestamp, domain::Emitter&) {
            bench.core->deadline = {31};
        };
        bench.participant.run_round(bench.round(0), {});
    }));
}
