#include "common/base/rng.h"
#include "services/notifier/core/notifier_core.h"
#include "tests/unit/services/feed/core_runner.h"

#include <catch2/catch.hpp>

#include <set>

using namespace sauda;
using namespace sauda::notifier;
using domain::Payload;
using domain::ReasonCode;
using domain::StreamId;
using sauda::test::CoreRunner;

namespace {

CoreRunner make_runner(NotifierConfig config = {}) {
    return CoreRunner(domain::Service::Notifier, [config] {
        return std::make_unique<NotifierCore>(
            config, [](const Message& m) { return "event " + std::to_string(m.seq); });
    });
}

NotifierConfig one_channel(uint32_t per_minute = 20) {
    return {.channels = {{.name = "console"}}, .per_minute = per_minute};
}

Timestamp second(int64_t s) {
    return base::ist(base::date_of(2025, 8, 29), base::seconds(10 * 3600 + s));
}

Message message(StreamId stream, Payload payload, Timestamp at) {
    Message m;
    m.stream = stream;
    m.meta.event_time = at;
    m.meta.known_time = at;
    m.payload = std::move(payload);
    return m;
}

Message denied(const std::string& bot, ReasonCode code, Timestamp at) {
    domain::Decision decision;
    decision.verdict = domain::Verdict::Denied;
    decision.intent.bot = bot;
    decision.reason.code = code;
    return message(StreamId::RiskDecision, decision, at);
}

Message alert(Severity severity, const std::string& subject, Timestamp at) {
    return message(StreamId::ExecutionAlert,
                   domain::Alert{severity, {ReasonCode::ExitChasing, {}}, subject}, at);
}

// What a shell would print.
std::vector<Delivery> printed(const CoreRunner& runner) {
    auto found = runner.all<Delivery>();
    std::erase_if(found, [](const auto& delivery) { return delivery.grouped == 0; });
    return found;
}

}  // namespace

TEST_CASE("denials of one bot for one reason within a minute are one message") {
    auto runner = make_runner(one_channel());
    for (int i = 0; i < 5; ++i) {
        runner.input(denied("straddle1", ReasonCode::PositionCap, second(10 * i)));
    }
    runner.input(denied("straddle1", ReasonCode::DailyLoss, second(45)));
    CHECK(printed(runner).empty());
    runner.advance_to(second(60));
    const auto lines = printed(runner);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].text == "5 intents of straddle1 denied, the last: at 10:00:40, event 5");
    CHECK(lines[0].grouped == 5);
    CHECK(lines[0].stream == static_cast<uint16_t>(StreamId::RiskDecision));
    CHECK(lines[0].seq == 5);
    runner.advance_to(second(200));
    REQUIRE(printed(runner).size() == 2);
    CHECK(printed(runner)[1].text == "at 10:00:45, event 6");
}

TEST_CASE("a critical alert is told at once even when the minute is full") {
    auto runner = make_runner(one_channel(3));
    for (int i = 0; i < 10; ++i) {
        runner.input(alert(Severity::Warning, "order " + std::to_string(i), second(i)));
    }
    CHECK(printed(runner).size() == 3);
    runner.input(alert(Severity::Critical, "account", second(11)));
    REQUIRE(printed(runner).size() == 4);
    CHECK(printed(runner)[3].severity == Severity::Critical);
    // What did not fit is one line when the minute is over.
    runner.advance_to(second(60));
    REQUIRE(printed(runner).size() == 5);
    CHECK(printed(runner)[4].grouped == 7);
    CHECK(printed(runner)[4].text == "7 further messages, the last: at 10:00:09, event 10");
    CHECK(runner.core().next_deadline() == Timestamp::max());
}

TEST_CASE("the first warning is told at once and its repeats together") {
    auto runner = make_runner(one_channel());
    for (int i = 0; i < 4; ++i) {
        runner.input(alert(Severity::Warning, "G12", second(i)));
    }
    REQUIRE(printed(runner).size() == 1);
    CHECK(printed(runner)[0].text == "event 1");
    runner.advance_to(second(60));
    REQUIRE(printed(runner).size() == 2);
    CHECK(printed(runner)[1].text == "3 alerts about G12, the last: at 10:00:03, event 4");
}

TEST_CASE("no storm of events makes a storm of messages") {
    base::Rng rng(7);
    NotifierConfig config = one_channel(10);
    config.critical_per_minute = 15;
    auto runner = make_runner(config);
    for (int i = 0; i < 3'000; ++i) {
        const auto at = second(0) + base::milliseconds(i * 60);
        const auto subject = "s" + std::to_string(rng.below(400));
        if (rng.chance(0.5)) {
            runner.input(alert(static_cast<Severity>(rng.between(1, 3)), subject, at));
        } else {
            runner.input(denied(subject, ReasonCode::DataStale, at));
        }
    }
    runner.run_out();
    std::map<int64_t, int> per_minute;
    for (const auto& event : runner.events()) {
        if (std::get<Delivery>(event.payload).grouped > 0) {
            ++per_minute[event.meta.event_time.ns / base::minutes(1).ns];
        }
    }
    CHECK(per_minute.size() >= 3);
    for (const auto& [minute, n] : per_minute) {
        CHECK(n <= 16);  // the critical bound and one summary
    }
}

TEST_CASE("each channel hears what it asked for") {
    NotifierConfig config;
    config.channels = {{.name = "console", .minimum = Severity::Warning}, {.name = "file"}};
    auto runner = make_runner(config);
    runner.input(alert(Severity::Critical, "a", second(0)));
    runner.input(denied("b", ReasonCode::DataStale, second(1)));
    runner.run_out();
    std::vector<std::string> channels;
    for (const auto& delivery : printed(runner)) {
        channels.push_back(delivery.channel);
    }
    CHECK(channels == std::vector<std::string>{"console", "file", "file"});
}

TEST_CASE("routine events are not told, and the end of a run tells what waits") {
    auto runner = make_runner(one_channel());
    domain::Decision approved;
    approved.verdict = domain::Verdict::Approved;
    runner.input(message(StreamId::RiskDecision, approved, second(0)));
    domain::OrderEvent accepted;
    accepted.kind = domain::OrderEventKind::Accepted;
    runner.input(message(StreamId::ExecutionReport, accepted, second(1)));
    CHECK(runner.events().empty());
    runner.input(denied("b", ReasonCode::DataStale, second(2)));
    CHECK(printed(runner).empty());
    domain::SessionEvent end;
    end.kind = domain::SessionKind::RunEnd;
    runner.input(message(StreamId::FeedSession, end, second(3)));
    CHECK(printed(runner).size() == 2);
    CHECK(runner.core().next_deadline() == Timestamp::max());
}

TEST_CASE("a recovered notifier has the same state and tells no event twice") {
    for (uint64_t seed = 1; seed <= 5; ++seed) {
        base::Rng rng(seed);
        auto runner = make_runner(one_channel(6));
        for (int i = 0; i < 600; ++i) {
            const auto at = second(0) + base::milliseconds(i * 700);
            const auto subject = "s" + std::to_string(rng.below(8));
            if (rng.chance(0.3)) {
                runner.input(alert(static_cast<Severity>(rng.between(1, 3)), subject, at));
            } else {
                runner.input(denied(subject, ReasonCode::DataStale, at));
            }
        }
        runner.run_out();
        runner.check_recovery();
        std::set<std::tuple<std::string, uint16_t, uint64_t, bool>> told;
        for (const auto& delivery : printed(runner)) {
            CHECK(told.emplace(delivery.channel, delivery.stream, delivery.seq,
                               delivery.group == NotifierCore::kOverflow)
                      .second);
        }
    }
}
