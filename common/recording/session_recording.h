#pragma once

#include "common/base/expected.h"
#include "common/domain/message.h"
#include "common/recording/mcap_reader.h"
#include "common/recording/mcap_writer.h"
#include "common/recording/source_description.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Sauda's conventions on top of MCAP. One channel per (stream, schema): topic = bus topic,
// schema = sauda.v1.<Message> with its file descriptor set, sequence = low 32 bits of seq,
// log_time = known time, publish_time = event time, data = the payload's bytes as on the bus.
namespace sauda::recording {

// One message as it is stored. bytes belong to the caller (writing) or the reader (reading).
struct RawMessage {
    domain::StreamId stream = domain::StreamId::None;
    uint16_t schema = 0;  // index of the payload + 1; 0: not a message of ours
    uint64_t seq = 0;
    domain::Timestamp known_time;
    domain::Timestamp event_time;
    std::string_view bytes;
};

// Writes one recording. Errors are I/O errors and final. Single thread.
class RecordingWriter {
 public:
    // Writes a first "sauda.source", so that a torn recording still says what it is.
    static base::Expected<RecordingWriter> open(const std::string& path, SourceDescription source,
                                                WriterOptions options = {});
    // encodes the message; counts quotes, first and last known time of market data.
    base::Expected<void> write(const domain::Message& message);
    // Bytes as they came. quotes: how many a market data message holds.
    base::Expected<void> write_raw(const RawMessage& message, uint64_t quotes = 0);
    base::Expected<void> flush() { return file_.flush_chunk(); }
    base::Expected<void> sync() { return file_.sync(); }
    // Writes the final "sauda.source" with content hash, quotes and times, and ends the file.
    base::Expected<void> close();

    // May be completed until close(); quotes, first, last and content_hash are the writer's own.
    [[nodiscard]] SourceDescription& source() { return source_; }
    [[nodiscard]] uint64_t content_hash() const { return hash_.value(); }
    [[nodiscard]] const McapWriter& file() const { return file_; }

 private:
    RecordingWriter(McapWriter file, SourceDescription source)
        : file_(std::move(file)), source_(std::move(source)) {}
    base::Expected<uint16_t> channel_of(domain::StreamId stream, uint16_t schema, uint64_t seq);

    McapWriter file_;
    SourceDescription source_;
    std::map<uint16_t, uint16_t> schemas_;  // ours to the file's
    std::map<std::pair<domain::StreamId, uint16_t>, uint16_t> channels_;
    base::Hash64 hash_;
    std::string bytes_;
};

// Reads any recording whose topics are bus topics, in file order. Single thread.
class RecordingReader {
 public:
    static base::Expected<RecordingReader> open(const std::string& path);

    [[nodiscard]] McapReader& file() { return file_; }
    [[nodiscard]] const McapReader& file() const { return file_; }
    // nullopt: no or an unreadable "sauda.source" (a recorder archive).
    [[nodiscard]] const std::optional<SourceDescription>& source() const { return source_; }
    // Streams with at least one message, ascending.
    [[nodiscard]] std::vector<domain::StreamId> streams() const;
    [[nodiscard]] std::vector<uint16_t> channels_of(domain::StreamId stream) const;

    void select(const std::vector<domain::StreamId>& streams);
    void rewind();
    // False at the end. Valid until the next call. Messages of foreign topics are passed over.
    base::Expected<bool> next(RawMessage& out);
    // nullopt: the message is on a foreign topic. Call in file order only: seq is unwrapped.
    std::optional<RawMessage> interpret(const McapMessage& message);

 private:
    struct ChannelMeaning {
        domain::StreamId stream = domain::StreamId::None;
        uint16_t schema = 0;
        std::optional<uint64_t> first_seq;  // not told by other writers
    };
    explicit RecordingReader(McapReader file);

    McapReader file_;
    std::optional<SourceDescription> source_;
    std::map<uint16_t, ChannelMeaning> meanings_;
    std::map<domain::StreamId, uint64_t> last_seq_;
};

// The hash that names a recording: stream, schema, seq and bytes of every message in file order.
void add_to_content_hash(base::Hash64& hash, const RawMessage& message);

}  // namespace sauda::recording
