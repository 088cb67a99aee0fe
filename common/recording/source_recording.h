#pragma once

#include "common/recording/session_recording.h"
#include "common/wire/codec.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace sauda::recording {

// One market data message of a recording. Reuse one object: it keeps its capacity.
struct SourceMessage {
    domain::StreamId stream = domain::StreamId::None;
    uint16_t schema = 0;
    uint64_t ordinal = 0;          // 1-based, of this stream over the whole recording
    domain::Timestamp known_time;  // never before that of the message before it
    domain::Timestamp event_time;
    std::string_view bytes;  // until the next call of next()
    wire::Decoded decoded;   // validated; refused rows are in its refusals
    std::string refused;     // not empty: the message did not decode, and why
};

// A stored message as a range request is answered with it.
struct StoredMessage {
    uint64_t ordinal = 0;
    uint16_t schema = 0;
    domain::Timestamp known_time;
    domain::Timestamp event_time;
    std::string bytes;
};

// A recording as the feed's source: its market data streams in the order they became known, and
// any stretch of a stream by ordinal. Holds a few chunks in memory. Single thread.
class SourceRecording {
 public:
    // Invalid: no market data inside, or nothing tells what it is a recording of.
    static base::Expected<SourceRecording> open(const std::string& path);

    // From "sauda.source"; from the recorded SourceInfo in an archive of a recorder.
    [[nodiscard]] const SourceDescription& source() const { return source_; }
    [[nodiscard]] const RecordingReader& reader() const { return reader_; }
    [[nodiscard]] bool is_complete() const { return reader_.file().is_complete(); }
    [[nodiscard]] const std::string& damage() const { return reader_.file().damage(); }
    // Market data streams, ascending, and how many messages each has.
    [[nodiscard]] const std::vector<domain::StreamId>& streams() const { return streams_; }
    [[nodiscard]] uint64_t count(domain::StreamId stream) const;

    // False at the end. Corrupt: a chunk cannot be read; the next call goes on behind it.
    base::Expected<bool> next(SourceMessage& out);
    // next() goes on with the first message known at `from` or later.
    void seek(domain::Timestamp from);

    // Messages first .. first + count - 1 of a stream; fewer at its end. first is 1-based.
    base::Expected<std::vector<StoredMessage>> range(domain::StreamId stream, uint64_t first,
                                                     uint64_t count);
    // Reads everything; equals source().content_hash unless the file was changed.
    base::Expected<uint64_t> compute_content_hash();

 private:
    struct StreamState {
        std::vector<uint16_t> channels;
        OrdinalIndex index;
        int64_t latest_ns = INT64_MIN;  // largest known time so far
    };
    struct Pending {
        int64_t known_ns;
        domain::StreamId stream;
        uint64_t ordinal;
        McapMessage message;
        std::size_t slot;
        // Greater: comes later; the heap gives the earliest.
        friend bool operator<(const Pending& a, const Pending& b) {
            return std::tie(a.known_ns, a.stream, a.ordinal) >
                   std::tie(b.known_ns, b.stream, b.ordinal);
        }
    };
    struct Slot {
        McapChunkData data;
        std::size_t pending = 0;
    };
    explicit SourceRecording(RecordingReader reader);
    base::Expected<void> find_source();
    base::Expected<void> load_chunk();
    [[nodiscard]] bool must_load() const;
    std::size_t free_slot();

    RecordingReader reader_;
    SourceDescription source_;
    std::vector<domain::StreamId> streams_;
    std::map<domain::StreamId, StreamState> states_;
    std::map<uint16_t, std::pair<domain::StreamId, uint16_t>> channels_;  // stream and schema
    std::vector<std::size_t> chunks_;    // those with market data, file order
    std::vector<uint64_t> start_after_;  // [i]: smallest start of chunks_[i] and those behind it
    std::size_t next_chunk_ = 0;
    int64_t from_ns_ = INT64_MIN;
    int64_t given_ns_ = INT64_MIN;
    std::vector<Pending> heap_;
    std::vector<std::unique_ptr<Slot>> slots_;
    std::size_t used_slot_ = SIZE_MAX;  // of the message given last
    McapChunkData range_chunk_;
    std::size_t range_chunk_index_ = SIZE_MAX;
};

}  // namespace sauda::recording
