#include "common/base/rng.h"
#include "tests/unit/common/service/host_bench.h"

using namespace sauda;
using namespace sauda::service;
using namespace sauda::service::test;

namespace {

// A life of `rounds` rounds: the feed and risk say something, timers fire in between.
void live(HostBench& bench, int rounds, uint64_t seed) {
    base::Rng rng(seed);
    for (int i = 1; i <= rounds; ++i) {
        const int64_t second = i * 2;
        if (rng.chance(0.7)) {
            bench.feed_says(second);
        }
        if (rng.chance(0.5)) {
            bench.risk_says(second);
        }
        bench.advance_to(static_cast<uint64_t>(i), 0, second);
        bench.cycle();
    }
}

}  // namespace

TEST_CASE(
    "a recovered host has the state it was killed with, from a late snapshot or an early one") {
    for (const auto every : {base::seconds(1), base::seconds(7), base::minutes(600)}) {
        HostBench bench;
        bench.snapshot_every = every;
        bench.start();
        live(bench, 40, 3);
        const auto state = bench.state();
        REQUIRE(bench.store.last_ordinal() > 40);
        bench.kill();
        bench.start();
        bench.cycle(20);
        REQUIRE(bench.host->is_ready());
        CHECK(bench.state() == state);
        // And it goes on as one that never died.
        HostBench other;
        other.snapshot_every = every;
        other.start();
        live(other, 40, 3);
        for (auto* b : {&bench, &other}) {
            b->feed_says(100);
            b->advance_to(100, 0, 100);
            b->cycle(20);
        }
        CHECK(bench.state() == other.state());
    }
}

TEST_CASE("a snapshot of another layout is not loaded: the journal is enough") {
    HostBench bench;
    bench.snapshot_every = base::seconds(1);
    bench.start();
    live(bench, 20, 5);
    const auto state = bench.state();
    bench.kill();
    bench.start("1");
    REQUIRE(bench.host->is_ready());
    CHECK(bench.pulls == 0);
    bench.kill();
    bench.start("2");
    bench.cycle(20);
    REQUIRE(bench.host->is_ready());
    CHECK(bench.pulls > 0);
    CHECK(bench.state() == state);
}

TEST_CASE("recovery asks for market-derived inputs only, and again when nobody answers") {
    HostBench bench;
    bench.snapshot_every = base::minutes(600);
    bench.start();
    live(bench, 10, 7);
    bench.kill();
    bench.are_pulls_answered = false;
    bench.start();
    bench.cycle(100);
    CHECK(bench.host->state() == bus::ServiceState::Recovering);
    CHECK(bench.pulls == 1);
    bench.cycle(150);
    CHECK(bench.pulls == 2);
    CHECK(bench.facts().size() == bench.store.all_outbox().begin()->second.size());
    bench.are_pulls_answered = true;
    bench.cycle(250);
    CHECK(bench.host->is_ready());
    CHECK(bench.facts().empty());  // recovery decides and sends nothing
}

TEST_CASE("while it recovers a host answers questions and obeys nobody") {
    HostBench bench;
    bench.snapshot_every = base::minutes(600);
    bench.start();
    live(bench, 3, 9);
    bench.kill();
    bench.are_pulls_answered = false;
    bench.start();
    CHECK(bench.ask("status").ok);
    CHECK_FALSE(bench.ask("halt").ok);
}

TEST_CASE("an orderly stop leaves a snapshot, so the next start replays nothing") {
    HostBench bench;
    bench.snapshot_every = base::minutes(600);
    bench.start();
    live(bench, 10, 11);
    const auto state = bench.state();
    bench.host->stop();
    bench.kill();
    bench.are_pulls_answered = false;
    bench.start();
    CHECK(bench.host->is_ready());
    CHECK(bench.state() == state);
    CHECK(bench.pulls == 0);
}

TEST_CASE("local inputs come back from the journal, with their own numbers") {
    HostBench bench;
    bench.snapshot_every = base::minutes(600);
    bench.start();
    live(bench, 5, 13);
    CHECK(bench.ask("halt").ok);
    CHECK(bench.ask("flatten").ok);
    const auto state = bench.state();
    bench.kill();
    bench.start();
    bench.cycle(20);
    CHECK(bench.state() == state);
    CHECK(bench.host->next_local_seq() == 3);
}
