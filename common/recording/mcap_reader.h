#pragma once

#include "common/base/expected.h"
#include "common/recording/compression.h"
#include "common/recording/file.h"
#include "common/recording/mcap_types.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sauda::recording {

// The messages of one chunk in file order. Views point into records; reuse one object for speed.
struct McapChunkData {
    std::string records;
    std::vector<McapMessage> messages;
};

// Reads one MCAP file. Opens by the summary, else (torn file, or a writer that made none) by one
// scan of the whole file; a torn file gives everything up to its last complete chunk.
// Holds one chunk in memory. Single thread.
class McapReader {
 public:
    // NotFound, Unavailable (I/O) or Corrupt (not an MCAP file at all).
    static base::Expected<McapReader> open(const std::string& path);

    [[nodiscard]] const std::string& path() const { return file_.path(); }
    [[nodiscard]] uint64_t file_bytes() const { return file_bytes_; }
    // False: the file was not ended properly or a part of it cannot be read; damage() says what.
    [[nodiscard]] bool is_complete() const { return damage_.empty(); }
    [[nodiscard]] const std::string& damage() const { return damage_; }
    // False when the file had to be scanned.
    [[nodiscard]] bool is_indexed() const { return is_indexed_; }

    [[nodiscard]] const std::map<uint16_t, McapSchema>& schemas() const { return schemas_; }
    [[nodiscard]] const std::map<uint16_t, McapChannel>& channels() const { return channels_; }
    [[nodiscard]] const std::vector<McapChunk>& chunks() const { return chunks_; }  // file order
    [[nodiscard]] const McapStatistics& statistics() const { return statistics_; }
    // The last record of that name; nullopt if there is none.
    [[nodiscard]] std::optional<std::map<std::string, std::string>> metadata(
        const std::string& name) const;
    [[nodiscard]] const std::map<std::string, std::map<std::string, std::string>>& all_metadata()
        const {
        return metadata_;
    }

    // Random access. Corrupt names file, chunk, offset and what is wrong (CRC, size, record).
    base::Expected<void> read_chunk(std::size_t index, McapChunkData& out);

    // File order. select(): only these channels from now on, chunks without them are not read.
    void select(std::vector<uint16_t> channels);
    void rewind();
    // False at the end. The message is valid until the next call. After an error the iteration
    // goes on behind the chunk that cannot be read.
    base::Expected<bool> next(McapMessage& out);

 private:
    explicit McapReader(File file) : file_(std::move(file)) {}
    base::Expected<bool> read_summary();
    bool take_summary_record(uint8_t opcode, std::string_view content);
    base::Expected<void> scan();
    base::Expected<bool> scan_record(uint64_t offset, uint8_t opcode, uint64_t length);
    bool read_metadata(uint64_t offset, uint64_t length);
    void add_bare(uint64_t offset, uint64_t length, const McapMessage& message);
    void count_statistics();
    [[nodiscard]] bool is_selected(uint16_t channel) const;
    [[nodiscard]] bool has_selected(const McapChunk& chunk) const;

    File file_;
    uint64_t file_bytes_ = 0;
    std::string damage_;
    bool is_indexed_ = false;
    std::map<uint16_t, McapSchema> schemas_;
    std::map<uint16_t, McapChannel> channels_;
    std::vector<McapChunk> chunks_;
    std::map<std::string, std::map<std::string, std::string>> metadata_;
    McapStatistics statistics_;
    Compressor compressor_;
    std::string buffer_;

    std::optional<std::vector<uint16_t>> selected_;
    std::size_t next_chunk_ = 0;
    std::size_t next_message_ = 0;
    McapChunkData current_;
};

// Finds the n-th message of a set of channels without reading the messages before it.
class OrdinalIndex {
 public:
    OrdinalIndex() = default;
    OrdinalIndex(const std::vector<McapChunk>& chunks, const std::vector<uint16_t>& channels);
    struct Place {
        std::size_t chunk;
        uint64_t skip;  // messages of the set in that chunk before the one asked for
    };
    [[nodiscard]] uint64_t total() const { return before_.empty() ? 0 : before_.back(); }
    // Messages of the set in the chunks before `chunk`.
    [[nodiscard]] uint64_t before(std::size_t chunk) const { return before_.at(chunk); }
    // ordinal counts from 0 over the file; nullopt from total() on.
    [[nodiscard]] std::optional<Place> find(uint64_t ordinal) const;

 private:
    std::vector<uint64_t>
        before_;  // [i]: messages of the set in chunks 0..i-1; one more than chunks
};

}  // namespace sauda::recording
