#pragma once

#include "common/bus/frame.h"
#include "services/feed/shell/source.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace sauda::feed {

// The recordings an environment has played, in order: together they are the feed's journal. The
// sequence of a market-data stream runs on from one recording to the next.
struct PlayedFile {
    std::string path;
    uint64_t content_hash = 0;
    std::map<domain::StreamId, uint64_t> base;   // seq before its first message
    std::map<domain::StreamId, uint64_t> count;  // messages played so far
    SAUDA_FIELDS(path, content_hash, base, count)
};

// Opens a recording and checks that it is the expected one (hash 0 = any).
using OpenSource = std::function<base::Expected<std::unique_ptr<Source>>(const std::string& path,
                                                                         uint64_t expected_hash)>;

// Finds a message of the journal by stream and seq, reopening files as needed.
class JournalRange {
 public:
    explicit JournalRange(OpenSource open) : open_source_(std::move(open)) {}
    base::Expected<std::vector<bus::Frame>> read(const std::vector<PlayedFile>& files,
                                                 domain::StreamId stream, uint64_t from,
                                                 uint32_t frames_max, uint64_t epoch);

 private:
    base::Expected<Source*> open(const PlayedFile& file);
    OpenSource open_source_;
    std::map<std::string, std::unique_ptr<Source>> open_;
};

// The OpenSource of real recordings.
base::Expected<std::unique_ptr<Source>> open_source(const std::string& path,
                                                    uint64_t expected_hash);

// The same; a recording that is gone from where it was played is looked for in the environment's
// folder of sessions, where a restored backup puts it: under its own name, or under its hash.
OpenSource open_source_in(const std::string& environment_folder);
// Name in that folder of a recording that was played from elsewhere.
std::string kept_name(uint64_t content_hash);

}  // namespace sauda::feed
