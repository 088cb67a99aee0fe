#pragma once

#include "common/recording/source_recording.h"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace sauda::bench {

// The recording the benchmarks work on: SAUDA_BENCH_RECORDING, made by deploy/bench.
inline std::string session_file() {
    const char* path = std::getenv("SAUDA_BENCH_RECORDING");
    if (path == nullptr) {
        std::fprintf(stderr, "name a recording in SAUDA_BENCH_RECORDING; deploy/bench does\n");
        std::exit(64);
    }
    return path;
}

struct StoredBatch {
    domain::Message message;
    std::string bytes;
};

// Every market data message of the recording, decoded and as bytes.
inline std::vector<StoredBatch> read_session(const std::string& path) {
    std::vector<StoredBatch> batches;
    auto file = recording::SourceRecording::open(path);
    recording::SourceMessage next;
    while (file) {
        const auto more = file->next(next);
        if (!more || !*more) {
            break;
        }
        StoredBatch batch;
        batch.message.stream = next.stream;
        batch.message.seq = next.ordinal;
        batch.message.meta = next.decoded.meta;
        batch.message.payload = next.decoded.payload;
        batch.bytes = std::string(next.bytes);
        batches.push_back(std::move(batch));
    }
    return batches;
}

inline uint64_t quotes_of(const std::vector<StoredBatch>& batches) {
    uint64_t quotes = 0;
    for (const auto& batch : batches) {
        quotes += std::get<domain::QuoteBatch>(batch.message.payload).quotes.size();
    }
    return quotes;
}

}  // namespace sauda::bench
