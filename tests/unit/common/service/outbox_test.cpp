#include "common/service/outbox.h"

#include "tests/unit/common/base/abort_probe.h"
#include "tests/unit/common/service/host_bench.h"

using namespace sauda;
using namespace sauda::service;
using namespace sauda::service::test;

namespace {

kernel::Output alert(uint64_t seq, domain::Severity severity = domain::Severity::Info) {
    domain::Message message{
        .stream = StreamId::StrategyAlert,
        .seq = seq,
        .meta = {},
        .payload = domain::Alert{
            .severity = severity, .reason = {}, .subject = "n" + std::to_string(seq)}};
    message.meta.event_time = message.meta.known_time = HostBench::at(1);
    return {.ordinal = seq * 10, .message = std::move(message)};
}

}  // namespace

TEST_CASE("staged rows carry the chain and are sent only when told, once") {
    HostBench bench;
    Outbox outbox(6);
    store::Batch batch;
    outbox.stage({alert(1), alert(2)}, batch);
    bench.heard_now();
    CHECK(bench.facts().empty());
    REQUIRE(batch.outbox.size() == 2);
    const auto& row = batch.outbox[1];
    CHECK(row.epoch == 6);
    CHECK(row.seq == 2);
    CHECK(row.ordinal == 20);
    const uint64_t first =
        bus::next_chain_hash(0, 1, batch.outbox[0].schema, batch.outbox[0].payload);
    CHECK(batch.outbox[0].chain_hash == first);
    CHECK(row.chain_hash == bus::next_chain_hash(first, 2, row.schema, row.payload));
    outbox.send(bench.transport);
    outbox.send(bench.transport);
    bench.heard_now();
    const auto sent = bench.facts();
    REQUIRE(sent.size() == 2);
    CHECK(sent[1].payload == row.payload);
    CHECK(sent[1].epoch == 6);
}

TEST_CASE("a restored outbox goes on where the stream ended") {
    Outbox outbox(7);
    outbox.restore(StreamId::StrategyAlert, 1, 4, 99);
    CHECK(outbox.last_seq(StreamId::StrategyAlert) == 4);
    store::Batch batch;
    outbox.stage({alert(5)}, batch);
    CHECK(batch.outbox[0].chain_hash ==
          bus::next_chain_hash(99, 5, batch.outbox[0].schema, batch.outbox[0].payload));
    REQUIRE(outbox.ends().size() == 1);
    CHECK(outbox.ends()[0].first_seq == 1);
    CHECK(outbox.ends()[0].last_seq == 5);
}

TEST_CASE("a hole in the numbers, or a message our own gate would refuse, is a bug") {
    CHECK(aborts([] {
        Outbox outbox(1);
        store::Batch batch;
        outbox.stage({alert(2)}, batch);
    }));
    CHECK(aborts([] {
        Outbox outbox(1);
        store::Batch batch;
        outbox.stage({alert(1, domain::Severity::Unspecified)}, batch);
    }));
}
