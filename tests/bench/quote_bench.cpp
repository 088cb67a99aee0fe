// What one quote costs in memory: encode, decode + validate, chain update.

#include "common/bus/frame.h"
#include "common/domain/chain.h"
#include "tests/bench/session_file.h"

#include <benchmark/benchmark.h>

namespace {

using namespace sauda;
using namespace sauda::bench;

const std::vector<StoredBatch>& session() {
    static const auto batches = read_session(session_file());
    return batches;
}

// Time is of one pass over the session; 1 / (quotes/s) is the time a quote.
void report(benchmark::State& state) {
    const auto quotes = static_cast<double>(quotes_of(session()));
    const auto passes = static_cast<double>(state.iterations());
    state.counters["quotes/s"] = benchmark::Counter(quotes * passes, benchmark::Counter::kIsRate);
}

void encode(benchmark::State& state) {
    std::string out;
    for (auto _ : state) {
        for (const auto& batch : session()) {
            wire::encode_to(batch.message.meta, batch.message.payload, out);
            benchmark::DoNotOptimize(out.data());
        }
    }
    report(state);
}

void decode_and_validate(benchmark::State& state) {
    wire::Decoded out;
    for (auto _ : state) {
        for (const auto& batch : session()) {
            const auto done = wire::decode_to(batch.message.stream, 1, batch.bytes, out);
            benchmark::DoNotOptimize(done.has_value());
        }
    }
    report(state);
}

void encode_decode_validate(benchmark::State& state) {
    std::string bytes;
    wire::Decoded out;
    for (auto _ : state) {
        for (const auto& batch : session()) {
            wire::encode_to(batch.message.meta, batch.message.payload, bytes);
            const auto done = wire::decode_to(batch.message.stream, 1, bytes, out);
            benchmark::DoNotOptimize(done.has_value());
        }
    }
    report(state);
}

void frame_header_and_crc(benchmark::State& state) {
    for (auto _ : state) {
        for (const auto& batch : session()) {
            bus::Frame frame{.stream = batch.message.stream,
                             .epoch = 1,
                             .seq = batch.message.seq,
                             .schema = 1,
                             .payload = batch.bytes};
            const auto decoded = bus::decode_frame(bus::encode_header(frame), frame.payload);
            benchmark::DoNotOptimize(decoded.has_value());
        }
    }
    report(state);
}

void chain_update(benchmark::State& state) {
    domain::Chain chain;
    for (auto _ : state) {
        for (const auto& batch : session()) {
            for (const auto& quote : std::get<domain::QuoteBatch>(batch.message.payload).quotes) {
                chain.update(quote);
            }
        }
        benchmark::DoNotOptimize(chain.size());
    }
    report(state);
}

BENCHMARK(encode)->Unit(benchmark::kMillisecond);
BENCHMARK(decode_and_validate)->Unit(benchmark::kMillisecond);
BENCHMARK(encode_decode_validate)->Unit(benchmark::kMillisecond);
BENCHMARK(frame_header_and_crc)->Unit(benchmark::kMillisecond);
BENCHMARK(chain_update)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
