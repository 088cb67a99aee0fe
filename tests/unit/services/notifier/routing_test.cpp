#include "services/notifier/core/notifier_core.h"
#include "tests/unit/services/feed/core_runner.h"

#include <catch2/catch.hpp>

using namespace sauda;
using namespace sauda::notifier;
using domain::Payload;
using domain::ReasonCode;
using domain::StreamId;
using sauda::test::CoreRunner;

namespace {

CoreRunner make_runner(std::vector<Channel> channels) {
    NotifierConfig config;
    config.channels = std::move(channels);
    return CoreRunner(domain::Service::Notifier, [config] {
        return std::make_unique<NotifierCore>(
            config, [](const Message& m) { return "event " + std::to_string(m.seq); });
    });
}

Timestamp at(int hour, int minute, int second = 0, int day = 29) {
    return base::ist(base::date_of(2025, 8, day),
                     base::seconds(hour * 3600 + minute * 60 + second));
}

Message message(StreamId stream, Payload payload, Timestamp when) {
    Message m;
    m.stream = stream;
    m.meta.event_time = when;
    m.meta.known_time = when;
    m.payload = std::move(payload);
    return m;
}

Message alert(Severity severity, const std::string& subject, Timestamp when) {
    return message(StreamId::ExecutionAlert,
                   domain::Alert{severity, {ReasonCode::ExitChasing, {}}, subject}, when);
}

Message order(domain::OrderEventKind kind, Timestamp when) {
    domain::OrderEvent event;
    event.kind = kind;
    event.bot = "straddle";
    event.child.group = 1;
    return message(StreamId::ExecutionReport, event, when);
}

Message signal(int64_t score, Timestamp when) {
    domain::Signal event;
    event.underlying = domain::Underlying::NIFTY;
    event.score = score;
    return message(StreamId::MlSignal, event, when);
}

Message run_end(Timestamp when) {
    domain::SessionEvent event;
    event.kind = domain::SessionKind::RunEnd;
    event.date = base::date_of(2025, 8, 29);
    return message(StreamId::FeedSession, event, when);
}

std::vector<Delivery> printed(const CoreRunner& runner) {
    auto found = runner.all<Delivery>();
    std::erase_if(found, [](const auto& delivery) { return delivery.grouped == 0; });
    return found;
}

std::vector<std::string> texts(const CoreRunner& runner) {
    std::vector<std::string> lines;
    for (const auto& delivery : printed(runner)) {
        lines.push_back(delivery.channel + ": " + delivery.text);
    }
    return lines;
}

Kinds only(Kind kind) { return Kinds().set(static_cast<std::size_t>(kind)); }

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a channel hears of its kinds, and of everything critical") {
    auto runner = make_runner({{.name = "trades", .kinds = only(Kind::Trade)}});
    domain::GroupEvent opened;
    opened.kind = domain::GroupEventKind::Opened;
    runner.input(message(StreamId::ExecutionReport, opened, at(10, 0)));
    runner.input(alert(Severity::Warning, "a", at(10, 1)));
    runner.input(alert(Severity::Critical, "b", at(10, 2)));
    runner.run_out();
    REQUIRE(printed(runner).size() == 2);
    CHECK(printed(runner)[0].stream == static_cast<uint16_t>(StreamId::ExecutionReport));
    CHECK(printed(runner)[1].severity == Severity::Critical);
}

TEST_CASE("orders and fills are told within seconds, those of one burst together") {
    auto runner = make_runner({{.name = "phone"}});
    runner.input(order(domain::OrderEventKind::Placed, at(9, 30, 0)));
    runner.input(order(domain::OrderEventKind::Placed, at(9, 30, 1)));
    runner.input(order(domain::OrderEventKind::Fill, at(9, 30, 2)));
    CHECK(printed(runner).empty());
    runner.advance_to(at(9, 30, 7));
    CHECK(texts(runner) == Lines{"phone: 2 orders of straddle placed, the last: at 09:30:01, "
                                 "event 2",
                                 "phone: at 09:30:02, event 3"});
}

TEST_CASE("a signal is told when it turns, not when it repeats") {
    auto runner = make_runner({{.name = "file"}});
    runner.input(signal(100, at(10, 0)));
    runner.input(signal(90, at(10, 1)));
    runner.input(signal(-5, at(10, 2)));
    runner.input(signal(-7, at(10, 3)));
    runner.input(signal(5, at(10, 4)));
    CHECK(texts(runner) == Lines{"file: event 1", "file: event 3", "file: event 5"});
    runner.check_recovery();
}

TEST_CASE("in quiet hours only what is critical is told, the rest is one message at their end") {
    auto runner =
        make_runner({{.name = "phone",
                      .quiet = QuietHours{base::seconds(22 * 3600), base::seconds(7 * 3600)}}});
    for (int i = 0; i < 30; ++i) {
        runner.input(alert(Severity::Warning, "s" + std::to_string(i), at(23, i)));
    }
    CHECK(printed(runner).empty());
    runner.input(alert(Severity::Critical, "account", at(23, 45)));
    CHECK(texts(runner) == Lines{"phone: event 31"});
    CHECK(runner.core().next_deadline() == at(7, 0, 0, 30));
    runner.advance_to(at(6, 59, 59, 30));
    CHECK(printed(runner).size() == 1);
    runner.advance_to(at(7, 0, 0, 30));
    CHECK(texts(runner).back() == "phone: 30 further messages, the last: at 23:29:00, event 30");
    CHECK(runner.core().next_deadline() == Timestamp::max());
    runner.check_recovery();
}

TEST_CASE("quiet hours may lie within a day or over midnight, and end when they say") {
    const QuietHours noon{base::seconds(12 * 3600), base::seconds(13 * 3600)};
    CHECK(quiet_until(noon, at(11, 59, 59)) == std::nullopt);
    CHECK(quiet_until(noon, at(12, 0)) == at(13, 0));
    CHECK(quiet_until(noon, at(13, 0)) == std::nullopt);
    const QuietHours night{base::seconds(22 * 3600), base::seconds(7 * 3600)};
    CHECK(quiet_until(night, at(23, 0)) == at(7, 0, 0, 30));
    CHECK(quiet_until(night, at(3, 0)) == at(7, 0));
    CHECK(quiet_until(night, at(7, 0)) == std::nullopt);
    CHECK(quiet_until(QuietHours{base::seconds(60), base::seconds(60)}, at(0, 1)) == std::nullopt);
    CHECK(quiet_until(std::nullopt, at(3, 0)) == std::nullopt);
}

TEST_CASE("when a run ends the channels that want it get the report of the day, once") {
    auto runner = make_runner(
        {{.name = "file"}, {.name = "email", .minimum = Severity::Warning, .has_report = true}});
    runner.input(run_end(at(15, 40)));
    runner.run_out();
    CHECK(texts(runner) == Lines{"file: event 1", "email: Report of 2025-08-29"});
    CHECK(printed(runner)[1].group == "report|2025-08-29|0");
    CHECK(kind_of(printed(runner)[1].group) == Kind::Day);
    CHECK(subject_of(printed(runner)[1].group) == "2025-08-29");
}

TEST_CASE("what a channel could not deliver is told by the other channels") {
    auto runner = make_runner({{.name = "telegram"}, {.name = "email"}});
    runner.input(message(
        domain::health_stream(domain::Service::Notifier),
        domain::Alert{Severity::Warning, {ReasonCode::ChannelGaveUp, {}}, "telegram"}, at(10, 0)));
    runner.run_out();
    CHECK(texts(runner) == Lines{"email: event 1"});
}

TEST_CASE("a service that died is told at once, each by its name") {
    auto runner = make_runner({{.name = "phone"}});
    for (const auto* service : {"risk", "execution", "risk"}) {
        runner.input(
            message(domain::health_stream(domain::Service::Notifier),
                    domain::Alert{Severity::Warning, {ReasonCode::ServiceRestarted, {}}, service},
                    at(10, 0)));
    }
    CHECK(texts(runner) == Lines{"phone: event 1", "phone: event 2"});
    runner.run_out();
    CHECK(printed(runner).size() == 3);
}

TEST_CASE("each kind has a name and is found by it") {
    for (std::size_t n = 0; n < kKinds; ++n) {
        const auto kind = static_cast<Kind>(n);
        CHECK(parse_kind(to_text(kind)) == kind);
    }
    CHECK(parse_kind("trades") == std::nullopt);
}
