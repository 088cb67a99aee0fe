#pragma once

#include "common/base/expected.h"
#include "common/recording/compression.h"
#include "common/recording/file.h"
#include "common/recording/mcap_bytes.h"
#include "common/recording/mcap_types.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sauda::recording {

struct WriterOptions {
    uint64_t chunk_bytes_max = 1U << 20U;       // uncompressed; one larger message is alone
    int64_t chunk_span_max_ns = 2'000'000'000;  // of log time; 0 = no bound
    Compression compression = Compression::Zstd;
    int level = 1;
    std::string library = "sauda";
};

// Writes one MCAP file. What has been flushed survives a crash: a file without its end is readable
// up to the last complete chunk. Every error is an I/O error and final; it names the file.
// Single thread. Bound by log time only; a live caller calls flush_chunk() by the clock.
class McapWriter {
 public:
    // Creates or replaces `path`.
    static base::Expected<McapWriter> open(const std::string& path, WriterOptions options = {});
    McapWriter(McapWriter&& other) noexcept = default;
    McapWriter& operator=(McapWriter&& other) = delete;
    // Without close() the file has no summary; the open chunk is still flushed.
    ~McapWriter();

    // Returns the new schema's id. At most 65,535 schemas and channels each.
    base::Expected<uint16_t> add_schema(std::string_view name, std::string_view encoding,
                                        std::string_view data);
    // schema 0: none. Returns the new channel's id.
    base::Expected<uint16_t> add_channel(std::string_view topic, uint16_t schema,
                                         std::string_view message_encoding,
                                         std::map<std::string, std::string> metadata = {});
    base::Expected<void> write(uint16_t channel, uint32_t sequence, uint64_t log_time,
                               uint64_t publish_time, std::string_view data);
    base::Expected<void> write_metadata(std::string_view name,
                                        const std::map<std::string, std::string>& values);
    // Ends the open chunk, if it holds anything, and hands it to the operating system.
    base::Expected<void> flush_chunk();
    // flush_chunk() and fsync.
    base::Expected<void> sync();
    // Writes summary and footer and closes the file. Nothing may be called afterwards.
    base::Expected<void> close();

    [[nodiscard]] uint64_t bytes_written() const { return position_; }  // without the open chunk
    [[nodiscard]] uint64_t open_chunk_bytes() const { return chunk_.size(); }
    [[nodiscard]] const McapStatistics& statistics() const { return statistics_; }
    [[nodiscard]] const std::string& path() const { return file_.path(); }

 private:
    struct Entry {
        uint64_t log_time;
        uint64_t offset;
    };
    struct MetadataEntry {
        std::string name;
        uint64_t offset;
        uint64_t length;
    };
    struct ChunkEntry {
        McapChunk chunk;
        std::map<uint16_t, uint64_t> index_offsets;
        uint64_t index_length = 0;
    };
    McapWriter(File file, WriterOptions options);
    base::Expected<void> put(std::string_view bytes);
    std::string summary_section(uint64_t summary_start, uint64_t& offsets_start) const;

    File file_;
    WriterOptions options_;
    uint64_t position_ = 0;
    uint32_t data_crc_ = 0;
    std::vector<McapSchema> schemas_;    // id = index + 1
    std::vector<McapChannel> channels_;  // id = index
    std::vector<ChunkEntry> chunks_;
    std::vector<MetadataEntry> metadata_;
    McapStatistics statistics_;
    McapBytes chunk_;
    uint64_t chunk_start_ = 0;
    uint64_t chunk_end_ = 0;
    std::vector<std::vector<Entry>> index_;  // of the open chunk, by channel
    Compressor compressor_;
    std::string compressed_;
};

}  // namespace sauda::recording
