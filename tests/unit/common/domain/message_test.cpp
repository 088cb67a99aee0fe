#include "common/domain/message.h"

#include <catch2/catch.hpp>

using namespace sauda::domain;

namespace {
Message alert(uint64_t seq) {
    Message message;
    message.stream = StreamId::RiskAlert;
    message.seq = seq;
    message.meta.event_time = {100};
    message.meta.known_time = {200};
    message.meta.causes = {{StreamId::FeedBar, 7}};
    message.meta.step = 3;
    message.meta.round = 1;
    message.meta.run = 99;
    message.payload = Alert{Severity::Warning, {ReasonCode::FeedSilent, {}}, "NIFTY"};
    return message;
}
}  // namespace

TEST_CASE("message: the content hash covers what the run hash promises and no more",
          "[unit][domain]") {
    const auto base = content_hash(alert(1));
    const auto after = [](auto change) {
        auto message = alert(1);
        change(message);
        return content_hash(message);
    };
    CHECK(after([](Message& m) { m.seq = 2; }) == base);
    CHECK(after([](Message& m) { m.meta.run = 1; }) == base);
    CHECK(after([](Message& m) { m.stream = StreamId::FeedAlert; }) != base);
    CHECK(after([](Message& m) { m.meta.event_time = {101}; }) != base);
    CHECK(after([](Message& m) { m.meta.known_time = {201}; }) != base);
    CHECK(after([](Message& m) { m.meta.causes[0].seq = 8; }) != base);
    CHECK(after([](Message& m) { m.meta.step = 4; }) != base);
    CHECK(after([](Message& m) { m.meta.round = 2; }) != base);
    CHECK(after([](Message& m) { std::get<Alert>(m.payload).subject = "x"; }) != base);
    CHECK(after([](Message& m) { m.payload = Delivery{}; }) != base);
}

TEST_CASE("message: the run hash follows the order within a stream and not across streams",
          "[unit][domain]") {
    auto a = alert(1);
    auto b = alert(2);
    b.meta.step = 9;
    auto c = alert(1);
    c.stream = StreamId::FeedAlert;
    const auto hash = [](std::vector<Message> messages) {
        RunHash run;
        for (const auto& message : messages) {
            run.add(message);
        }
        return run.value();
    };
    CHECK(hash({a, b, c}) == hash({c, a, b}));
    CHECK(hash({a, b, c}) == hash({a, c, b}));
    CHECK(hash({a, b, c}) != hash({b, a, c}));
    CHECK(hash({a, b}) != hash({a, b, b}));
    RunHash run;
    run.add(a);
    run.add(c);
    CHECK(run.messages() == 2);
    CHECK(run.streams().size() == 2);
}

TEST_CASE("message: a saved run hash goes on as if it had not been saved", "[unit][domain]") {
    RunHash whole;
    RunHash first;
    whole.add(alert(1));
    first.add(alert(1));
    RunHash second;
    const auto bytes = sauda::base::save_to_bytes(first);
    sauda::base::BinaryReader reader(bytes);
    reader.read(second);
    REQUIRE(reader.ok());
    whole.add(alert(2));
    second.add(alert(2));
    CHECK(second.value() == whole.value());
}
