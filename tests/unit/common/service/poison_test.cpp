#include "tests/unit/common/service/host_bench.h"

using namespace sauda;
using namespace sauda::service;
using namespace sauda::service::test;

namespace {

constexpr auto kSkipFeed = "D/feed/session/";

// Bytes of the feed's message `seq` that decode to nothing, as they stand in its outbox.
void spoil(HostBench& bench, uint64_t seq) {
    bench.said[StreamId::FeedSession][seq - 1].payload = "\xFF\xFF";
}

// Feed 1 and 3 are sound, 2 is not; risk has said something too.
uint64_t poisoned_round(HostBench& bench) {
    bench.start();
    for (int i = 1; i <= 3; ++i) {
        bench.feed_says(i, true);
    }
    spoil(bench, 2);
    bench.risk_says(3);
    bench.advance_to(300, 0, 3);
    bench.cycle(30);
    return bench.pulls;
}

}  // namespace

TEST_CASE("a fact that cannot be read stops its stream and is named") {
    HostBench bench;
    poisoned_round(bench);
    CHECK(bench.dones().empty());
    CHECK_FALSE(bench.host->is_ready());
    const auto status = bench.ask("status").json;
    CHECK(status.find("message 2 of D/feed/session/ cannot be read") != std::string::npos);
    REQUIRE(bench.log.errors.size() == 1);
    CHECK(bench.log.errors[0].find("D/feed/session/ stopped at 2") != std::string::npos);
    CHECK(bench.store.last_ordinal() == 0);
}

TEST_CASE("skipped with a reason, the round goes on with every other input") {
    HostBench bench;
    poisoned_round(bench);
    CHECK_FALSE(bench.ask("skip", {{"stream", kSkipFeed}}).ok);
    CHECK(bench.ask("skip", {{"stream", kSkipFeed}, {"reason", "looked at it"}}).ok);
    bench.cycle();
    CHECK(bench.host->is_ready());
    CHECK(bench.dones().size() == 1);
    CHECK(bench.facts().size() == 3);
    CHECK_FALSE(bench.ask("skip", {{"stream", kSkipFeed}, {"reason", "once more"}}).ok);
}

TEST_CASE("what waits beside a poisoned message is not consumed by an operator act") {
    HostBench bench;
    bench.start();
    bench.feed_says(1);
    bench.advance_to(100, 0, 1);
    bench.cycle();
    bench.feed_says(2);
    bench.feed_says(3, true);
    spoil(bench, 3);
    bench.risk_says(3);
    const auto advance = bench.advance_to(300, 0, 3);
    bench.cycle(30);
    CHECK(bench.ask("halt").ok);
    for (const auto& cursor : bench.store.cursors()) {
        CHECK(cursor.seq ==
              (cursor.stream == static_cast<uint16_t>(StreamId::FeedSession) ? 1 : 0));
    }
    bench.kill();
    bench.start();
    bench.send(advance);
    bench.cycle(300);
    CHECK(bench.ask("skip", {{"stream", kSkipFeed}, {"reason", "looked at it"}}).ok);
    bench.cycle();
    (void)bench.dones();
    CHECK(bench.store.last_ordinal() == 4);  // 1, the act, 2 and risk's
}

TEST_CASE("other streams go on beside a poisoned one when running free") {
    SilentLog log;
    Inbox inbox({StreamId::FeedSession, StreamId::RiskState}, kRun, log);
    HostBench bench;
    bench.feed_says(1, true);
    spoil(bench, 1);
    bench.risk_says(1, true);
    inbox.offer(bus::FrameArrived{Service::Feed, bench.said[StreamId::FeedSession][0]});
    inbox.offer(bus::FrameArrived{Service::Risk, bench.said[StreamId::RiskState][0]});
    const auto taken = inbox.take_ready(10);
    REQUIRE(taken.size() == 1);
    CHECK(taken[0].stream == StreamId::RiskState);
    CHECK(inbox.trouble().has_value());
    CHECK(inbox.refused() == 1);
}
