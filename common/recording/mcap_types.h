#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sauda::recording {

// The MCAP container, version 0 of its public specification. Times are nanoseconds since 1970 UTC.

struct McapSchema {
    uint16_t id = 0;  // never 0
    std::string name;
    std::string encoding;
    std::string data;
    friend bool operator==(const McapSchema&, const McapSchema&) = default;
};

struct McapChannel {
    uint16_t id = 0;
    uint16_t schema = 0;  // 0: no schema
    std::string topic;
    std::string message_encoding;
    std::map<std::string, std::string> metadata;
    friend bool operator==(const McapChannel&, const McapChannel&) = default;
};

// data points into the chunk it was read from; its owner says how long it lives.
struct McapMessage {
    uint16_t channel = 0;
    uint32_t sequence = 0;
    uint64_t log_time = 0;
    uint64_t publish_time = 0;
    std::string_view data;
};

// Where one chunk lies and what is in it. A run of messages outside chunks counts as a chunk
// without a chunk record (is_bare); offset and length then name the run itself.
struct McapChunk {
    uint64_t start = 0;  // smallest log_time
    uint64_t end = 0;    // largest log_time
    uint64_t offset = 0;
    uint64_t length = 0;  // of the record with its 9 byte prefix
    std::string compression;
    uint64_t compressed_size = 0;
    uint64_t uncompressed_size = 0;
    bool is_bare = false;
    std::map<uint16_t, uint64_t> counts;  // messages per channel
};

struct McapStatistics {
    uint64_t messages = 0;
    uint64_t start = 0;  // smallest log_time, 0 without messages
    uint64_t end = 0;
    std::map<uint16_t, uint64_t> counts;  // messages per channel
};

}  // namespace sauda::recording
