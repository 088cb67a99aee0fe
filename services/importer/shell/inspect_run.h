#pragma once

#include "common/base/expected.h"
#include "common/recording/source_description.h"
#include "services/importer/core/cadence.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sauda::importer {

// What one topic of a recording holds. Times are known times.
struct TopicFacts {
    std::string topic;
    std::vector<std::string> schemas;
    uint64_t messages = 0;
    uint64_t payload_bytes = 0;
    base::Timestamp first;
    base::Timestamp last;
    // Of streams of ours:
    uint64_t first_seq = 0;
    uint64_t last_seq = 0;
    uint64_t missing = 0;  // numbers between first and last that are not there
    uint64_t refused = 0;  // messages or rows that do not pass validation
    // Of market data:
    uint64_t quotes = 0;
    uint64_t contracts = 0;
    std::vector<base::Date> expiries;
    std::optional<Cadence> cadence;
};

struct ChunkFacts {
    uint64_t chunks = 0;
    uint64_t stored_bytes = 0;
    uint64_t plain_bytes = 0;
    uint64_t largest_bytes = 0;  // uncompressed
    base::Duration longest;      // of known time
};

struct InspectResult {
    std::string path;
    uint64_t file_bytes = 0;
    bool is_indexed = false;
    std::vector<std::string> damage;  // empty: none
    std::optional<recording::SourceDescription> source;
    std::optional<uint64_t> computed_hash;  // absent where a chunk cannot be read
    std::map<std::string, std::map<std::string, std::string>> metadata;
    std::vector<TopicFacts> topics;            // by topic
    std::map<std::string, ChunkFacts> chunks;  // by compression, "none" for stored as is
};

// Reads a recording from end to end: an imported one, a recorder's archive, or any MCAP file.
base::Expected<InspectResult> inspect_file(const std::string& path);

std::string inspect_text(const InspectResult& result);
std::string inspect_json(const InspectResult& result);

}  // namespace sauda::importer
