#include "tests/unit/common/service/host_bench.h"

using namespace sauda;
using namespace sauda::service;
using namespace sauda::service::test;

TEST_CASE("a round takes what the Advance names, commits it, then sends it and says Done") {
    HostBench bench;
    bench.start();
    CHECK(bench.host->is_ready());
    bench.feed_says(1);
    bench.risk_says(1);
    bench.cycle();
    CHECK(bench.facts().empty());  // nothing before its round
    const auto advance = bench.advance_to(100, 0, 1);
    bench.cycle();
    const auto facts = bench.facts();
    REQUIRE(facts.size() == 2);
    CHECK(facts[0].seq == 1);
    const auto dones = bench.dones();
    REQUIRE(dones.size() == 1);
    CHECK(dones[0].step == advance.step);
    CHECK(dones[0].next_deadline == HostBench::at(4));
    CHECK(bench.store.all_outbox().at(static_cast<uint16_t>(StreamId::StrategyAlert)).size() == 2);
    CHECK(bench.store.cursors().size() == 2);
    CHECK(bench.store.last_ordinal() == 2);
}

TEST_CASE("a repeated Advance gets the same answer and is not run again") {
    HostBench bench;
    bench.start();
    bench.feed_says(1);
    const auto advance = bench.advance_to(100, 0, 1);
    bench.cycle();
    const auto first = bench.dones();
    REQUIRE(first.size() == 1);
    (void)bench.facts();
    const auto state = bench.state();
    bench.send(advance);
    bench.send(advance);
    bench.cycle();
    CHECK(bench.dones() == std::vector<bus::Done>{first[0], first[0]});
    CHECK(bench.facts().empty());
    CHECK(bench.state() == state);

    bench.kill();
    bench.start();
    bench.send(advance);  // the driver did not hear the answer and we died meanwhile
    bench.cycle();
    CHECK(bench.dones() == first);
    CHECK(bench.facts().empty());
    CHECK(bench.state() == state);

    auto older = advance;
    older.step = 99;
    bench.send(older);
    bench.cycle();
    CHECK(bench.dones().empty());
}

TEST_CASE("an Advance of another run moves nothing") {
    HostBench bench;
    bench.start();
    bench.feed_says(1);
    bus::Advance other{.run = kRun + 1,
                       .step = 100,
                       .round = 0,
                       .window_start = HostBench::at(1),
                       .window_end = HostBench::at(2),
                       .expected = {}};
    bench.send(other);
    bench.cycle();
    CHECK(bench.dones().empty());
    CHECK(bench.store.last_ordinal() == 0);
}

TEST_CASE("a round waits for a lost message and pulls it") {
    HostBench bench;
    bench.start();
    bench.feed_says(1, true);
    bench.feed_says(2);
    bench.risk_says(2, true);  // a lost tail: only the Advance tells of it
    bench.advance_to(200, 0, 2);
    bench.cycle();
    CHECK(bench.dones().empty());
    bench.cycle(20);
    CHECK(bench.pulls == 2);
    CHECK(bench.dones().size() == 1);
    CHECK(bench.facts().size() == 3);
}

TEST_CASE("a failed commit is tried again, and nothing is sent before it holds") {
    HostBench bench;
    bench.start();
    bench.feed_says(1);
    bench.advance_to(100, 0, 1);
    int failures = 0;
    bool was_anything_sent = false;
    bench.store.is_full = [&] {
        bench.heard_now();
        was_anything_sent = was_anything_sent || !bench.facts().empty() || !bench.dones().empty();
        return ++failures <= 3;
    };
    bench.cycle();
    CHECK(failures == 4);
    CHECK_FALSE(was_anything_sent);
    CHECK(bench.facts().size() == 1);
    CHECK(bench.dones().size() == 1);
    CHECK(bench.host->is_ready());
    CHECK(bench.store.last_ordinal() == 1);
}

TEST_CASE("an operator act meets a full disk and is done once") {
    HostBench bench;
    bench.start();
    bench.feed_says(1);
    bench.advance_to(100, 0, 1);
    bench.cycle();
    (void)bench.facts();
    int failures = 0;
    bench.store.is_full = [&] { return ++failures <= 2; };
    CHECK(bench.ask("halt").ok);
    CHECK(bench.facts().size() == 1);
    CHECK(bench.store.last_ordinal() == 2);
}

TEST_CASE("a process that dies before the commit has done nothing, after it everything") {
    for (const bool is_before : {true, false}) {
        HostBench bench;
        bench.start();
        bench.feed_says(1);
        const auto advance = bench.advance_to(100, 0, 1);
        const std::string fatal = is_before ? "before commit" : "after commit";
        bench.store.crash_point = [&](const char* where) {
            if (where == fatal) {
                throw Crash{};
            }
        };
        CHECK_THROWS_AS(bench.cycle(), Crash);
        bench.store.crash_point = [](const char*) {};
        bench.kill();
        CHECK(bench.store.last_ordinal() == (is_before ? 0 : 1));
        bench.heard_now();
        CHECK(bench.facts().empty());
        bench.start();
        bench.send(advance);
        bench.cycle(30);
        CHECK(bench.dones().size() == 1);
        CHECK(bench.store.last_ordinal() == 1);
        const auto rows =
            bench.store.all_outbox().at(static_cast<uint16_t>(StreamId::StrategyAlert));
        CHECK(rows.size() == 1);
    }
}

TEST_CASE("a host that is behind what a peer has seen of it has diverged: it sends nothing more") {
    HostBench bench;
    bench.start();
    bench.feed_says(1);
    bench.advance_to(100, 0, 1);
    bench.cycle();
    (void)bench.facts();
    (void)bench.dones();
    auto beat = beat_of(Service::Risk, 1);
    beat.cursors = {{.stream = StreamId::StrategyAlert, .seq = 1, .state = {}}};
    bench.send(beat, Service::Risk);
    bench.cycle();
    CHECK(bench.host->is_ready());  // equal is fine
    beat.cursors[0].seq = 2;
    bench.send(beat, Service::Risk);
    bench.cycle();
    CHECK_FALSE(bench.host->is_ready());
    CHECK(bench.ask("status").json.find("risk has seen 2 messages") != std::string::npos);
    CHECK(bench.log.errors.size() == 1);

    bench.feed_says(2);
    bench.advance_to(200, 0, 2);
    bench.cycle();
    CHECK(bench.dones().empty());
    CHECK_FALSE(bench.ask("halt").ok);
    CHECK(bench.facts().empty());
    CHECK(bench.store.last_ordinal() == 1);
}

TEST_CASE("a heartbeat of another run says nothing about us") {
    HostBench bench;
    bench.start();
    auto beat = beat_of(Service::Risk, 1, kRun + 1);
    beat.cursors = {{.stream = StreamId::StrategyAlert, .seq = 5, .state = {}}};
    bench.send(beat, Service::Risk);
    bench.cycle();
    CHECK(bench.host->is_ready());
}

TEST_CASE("before the first session an operator act has no time to be done at") {
    HostBench bench;
    bench.start();
    const auto reply = bench.ask("halt");
    CHECK_FALSE(reply.ok);
    CHECK(reply.json.find("no session has begun yet") != std::string::npos);
    CHECK(bench.store.last_ordinal() == 0);
}

TEST_CASE("what was missed is served from the outbox, with the hash before it") {
    HostBench bench;
    bench.start();
    for (int i = 1; i <= 3; ++i) {
        bench.feed_says(i);
    }
    bench.advance_to(300, 0, 3);
    bench.cycle();
    const auto facts = bench.facts();
    REQUIRE(facts.size() == 3);
    const std::string client(1, static_cast<char>(Service::Operator));
    bench.network.send(
        Service::Strategy,
        bus::RequestArrived{client,
                            {.id = 5,
                             .body = bus::PullRequest{.stream = StreamId::StrategyAlert,
                                                      .from = 2,
                                                      .frames_max = 512}}},
        false);
    bench.cycle();
    std::vector<bus::Arrival> arrivals;
    bench.network.receive(Service::Operator, arrivals);
    REQUIRE(arrivals.size() == 1);
    const auto& reply = std::get<bus::ReplyArrived>(arrivals[0]).reply;
    CHECK(reply.id == 5);
    const auto& pull = std::get<bus::PullReply>(reply.body);
    CHECK(pull.first_seq == 1);
    CHECK(pull.last_seq == 3);
    REQUIRE(pull.frames.size() == 2);
    CHECK(pull.frames[0].payload == facts[1].payload);
    CHECK(pull.frames[0].flags == bus::kReplayed);
    CHECK(pull.chain_before == bus::next_chain_hash(0, 1, facts[0].schema, facts[0].payload));
}
