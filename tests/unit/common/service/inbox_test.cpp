#include "tests/unit/common/service/host_bench.h"

using namespace sauda;
using namespace sauda::service;
using namespace sauda::service::test;

namespace {

const auto kMarket = domain::market_data_stream(domain::Underlying::NIFTY);

bus::Frame market(uint64_t seq, int64_t second, uint64_t epoch = 1) {
    domain::Meta meta;
    meta.event_time = meta.known_time = HostBench::at(second);
    const domain::QuoteBatch batch{.underlying = domain::Underlying::NIFTY, .quotes = {}};
    return {.stream = kMarket,
            .epoch = epoch,
            .seq = seq,
            .schema = wire::schema_of(batch),
            .flags = 0,
            .payload = wire::encode(meta, batch)};
}

struct Bench {
    SilentLog log;
    Inbox inbox{{kMarket}, kRun, log};
    void offer(const bus::Frame& frame) { inbox.offer(bus::FrameArrived{Service::Feed, frame}); }
};

}  // namespace

TEST_CASE("market data that cannot be read is counted and passed over") {
    Bench bench;
    bench.offer(market(1, 1));
    auto bad = market(2, 2);
    bad.payload = "\xFF\xFF";
    bench.offer(bad);
    bench.offer(market(3, 3));
    CHECK(bench.inbox.take_ready(10).size() == 2);
    CHECK(bench.inbox.refused() == 1);
    CHECK_FALSE(bench.inbox.trouble().has_value());
    CHECK(bench.inbox.cursors()[0].seq == 3);
}

TEST_CASE("time that runs backwards in a stream is refused") {
    Bench bench;
    bench.offer(market(1, 5));
    bench.offer(market(2, 4));
    bench.offer(market(3, 5));
    CHECK(bench.inbox.take_ready(10).size() == 2);
    CHECK(bench.inbox.refusals().at("time backwards") == 1);
}

TEST_CASE("a frame of an older epoch is refused: its sender should be dead") {
    Bench bench;
    bench.offer(market(1, 1, 7));
    bench.offer(market(2, 2, 6));
    CHECK(bench.inbox.take_ready(10).size() == 1);
    CHECK(bench.inbox.refused() == 1);
    auto replayed = market(2, 2, 6);  // out of the journal: written then, sent now
    replayed.flags = bus::kReplayed;
    bench.offer(replayed);
    CHECK(bench.inbox.take_ready(10).size() == 1);
}

TEST_CASE("a heartbeat raises the epoch, one of a dead process says nothing") {
    Bench bench;
    auto beat = beat_of(Service::Feed, 5);
    bench.inbox.note(beat);
    bench.offer(market(1, 1, 4));
    CHECK(bench.inbox.take_ready(10).empty());
    beat.epoch = 4;
    beat.streams = {{.stream = kMarket, .first_seq = 1, .last_seq = 9, .chain_hash = 0}};
    bench.inbox.note(beat);
    CHECK(bench.inbox.is_caught_up());
    beat.epoch = 5;
    bench.inbox.note(beat);
    CHECK_FALSE(bench.inbox.is_caught_up());
    beat.run = kRun + 1;
    beat.epoch = 99;
    bench.inbox.note(beat);
    bench.offer(market(1, 1, 5));
    CHECK(bench.inbox.take_ready(10).size() == 1);
}

TEST_CASE("the epoch last heard survives a restart") {
    Bench bench;
    bench.offer(market(1, 1, 7));
    (void)bench.inbox.take_ready(10);
    const auto cursors = bench.inbox.take_moved_cursors();
    REQUIRE(cursors.size() == 1);
    CHECK(cursors[0].epoch == 7);
    Bench again;
    again.inbox.restore(cursors);
    again.offer(market(2, 2, 6));
    CHECK(again.inbox.take_ready(10).empty());
    again.offer(market(2, 2, 7));
    CHECK(again.inbox.take_ready(10).size() == 1);
}

TEST_CASE("cursors are told once after they moved") {
    Bench bench;
    CHECK(bench.inbox.take_moved_cursors().empty());
    bench.offer(market(1, 1));
    CHECK(bench.inbox.take_moved_cursors().empty());  // here, not taken
    (void)bench.inbox.take_ready(10);
    CHECK(bench.inbox.take_moved_cursors().size() == 1);
    CHECK(bench.inbox.take_moved_cursors().empty());
}

TEST_CASE("only what the round names is taken, and what is not ours is never missing") {
    Bench bench;
    for (uint64_t seq = 1; seq <= 4; ++seq) {
        bench.offer(market(seq, static_cast<int64_t>(seq)));
    }
    CHECK(bench.inbox.has_until({{kMarket, 4}, {StreamId::RiskPosition, 100}}));
    CHECK_FALSE(bench.inbox.has_until({{kMarket, 5}}));
    CHECK(bench.inbox.take_until({{kMarket, 3}}, SIZE_MAX).size() == 3);
    CHECK(bench.inbox.take_until({{kMarket, 3}}, SIZE_MAX).empty());
    CHECK(bench.inbox.cursors()[0].seq == 3);
}
