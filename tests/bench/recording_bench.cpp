// Recordings: write and read, quotes/s and MB/s (of payload, before compression).

#include "tests/bench/session_file.h"

#include <benchmark/benchmark.h>

#include <filesystem>

namespace {

using namespace sauda;
using namespace sauda::bench;

std::string scratch_file() {
    const char* folder = std::getenv("SAUDA_BENCH_FOLDER");
    return std::string(folder == nullptr ? "/tmp" : folder) + "/bench_recording.mcap";
}

const std::vector<StoredBatch>& session() {
    static const auto batches = read_session(session_file());
    return batches;
}

void report(benchmark::State& state) {
    double bytes = 0;
    for (const auto& batch : session()) {
        bytes += static_cast<double>(batch.bytes.size());
    }
    const double passes = static_cast<double>(state.iterations());
    const auto rate = benchmark::Counter::kIsRate;
    state.counters["quotes/s"] =
        benchmark::Counter(static_cast<double>(quotes_of(session())) * passes, rate);
    state.counters["MB/s"] = benchmark::Counter(bytes * passes / 1e6, rate);
}

template <class Write>
void write_file(Write write) {
    static const auto source = recording::SourceRecording::open(session_file())->source();
    auto writer = recording::RecordingWriter::open(scratch_file(), source);
    uint64_t seq = 0;
    for (const auto& batch : session()) {
        write(*writer, batch, ++seq);
    }
    const auto done = writer->close();
    benchmark::DoNotOptimize(done.has_value());
}

// What the recorder does: the bytes as they came from the bus.
void write_bytes() {
    write_file([](auto& writer, const StoredBatch& batch, uint64_t seq) {
        const auto& meta = batch.message.meta;
        const auto quotes = std::get<domain::QuoteBatch>(batch.message.payload).quotes.size();
        (void)writer.write_raw({.stream = batch.message.stream,
                                .schema = 1,
                                .seq = seq,
                                .known_time = meta.known_time,
                                .event_time = meta.event_time,
                                .bytes = batch.bytes},
                               quotes);
    });
}

void write_as_recorder(benchmark::State& state) {
    for (auto _ : state) {
        write_bytes();
    }
    report(state);
}

// What the importer does: encodes as well.
void write_with_encoding(benchmark::State& state) {
    for (auto _ : state) {
        write_file([](auto& writer, const StoredBatch& batch, uint64_t seq) {
            domain::Message message = batch.message;
            message.seq = seq;
            (void)writer.write(message);
        });
    }
    report(state);
}

void read_bytes(benchmark::State& state) {
    write_bytes();
    for (auto _ : state) {
        auto reader = recording::RecordingReader::open(scratch_file());
        recording::RawMessage message;
        while (*reader->next(message)) {
            benchmark::DoNotOptimize(message.bytes.data());
        }
    }
    report(state);
}

// As the feed and the lab read: decoded and validated, in the order known.
void read_as_source(benchmark::State& state) {
    write_bytes();
    for (auto _ : state) {
        auto source = recording::SourceRecording::open(scratch_file());
        recording::SourceMessage message;
        while (*source->next(message)) {
            benchmark::DoNotOptimize(message.ordinal);
        }
    }
    report(state);
}

BENCHMARK(write_as_recorder)->Unit(benchmark::kMillisecond);
BENCHMARK(write_with_encoding)->Unit(benchmark::kMillisecond);
BENCHMARK(read_bytes)->Unit(benchmark::kMillisecond);
BENCHMARK(read_as_source)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
