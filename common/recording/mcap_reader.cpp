#include "common/recording/mcap_reader.h"

#include "common/recording/mcap_bytes.h"

#include <algorithm>

namespace sauda::recording {

using base::ErrorKind;
using base::Expected;
using base::fail;

namespace {

constexpr uint64_t kChunkBytesMax = uint64_t{256} << 20U;  // more is damage, not data

struct ChunkRecord {
    uint64_t start = 0;
    uint64_t end = 0;
    uint64_t uncompressed_size = 0;
    uint32_t crc = 0;
    std::string_view compression;
    std::string_view records;
};

bool decode_chunk(std::string_view content, ChunkRecord& chunk) {
    McapFields fields(content);
    chunk.start = fields.get<uint64_t>();
    chunk.end = fields.get<uint64_t>();
    chunk.uncompressed_size = fields.get<uint64_t>();
    chunk.crc = fields.get<uint32_t>();
    chunk.compression = fields.get_text();
    chunk.records = fields.get_raw(fields.get<uint64_t>());
    return fields.ok() && chunk.uncompressed_size <= kChunkBytesMax;
}

// Messages of a chunk's records; empty text when all of it made sense.
std::string split_messages(std::string_view records, std::vector<McapMessage>& messages) {
    messages.clear();
    Opcode opcode{};
    std::string_view content;
    McapMessage message;
    while (next_record(records, opcode, content)) {
        if (opcode != Opcode::Message) {
            continue;
        }
        if (!decode_message(content, message)) {
            return "a message in it is too short";
        }
        messages.push_back(message);
    }
    return records.empty() ? "" : "a record in it runs past its end";
}

}  // namespace

Expected<void> McapReader::read_chunk(std::size_t index, McapChunkData& out) {
    const auto& chunk = chunks_.at(index);
    out.messages.clear();
    const auto corrupt = [&](const std::string& what) {
        return fail(ErrorKind::Corrupt, path() + ": chunk " + std::to_string(index + 1) +
                                            " at byte " + std::to_string(chunk.offset) +
                                            " cannot be read: " + what);
    };
    auto& bytes = chunk.is_bare ? out.records : buffer_;
    if (auto done = file_.read(chunk.offset, chunk.length, bytes); !done) {
        return done;
    }
    if (bytes.size() != chunk.length) {
        return corrupt("the file ends inside it");
    }
    if (!chunk.is_bare) {
        ChunkRecord record;
        std::string_view rest = buffer_;
        std::string_view content;
        Opcode opcode{};
        if (!next_record(rest, opcode, content) || opcode != Opcode::Chunk ||
            !decode_chunk(content, record)) {
            return corrupt("it is not a chunk record");
        }
        auto done = compressor_.decompress(record.compression, record.records,
                                           record.uncompressed_size, out.records);
        if (!done) {
            return corrupt(done.error().text);
        }
        if (record.crc != 0 && crc32_of(out.records) != record.crc) {
            return corrupt("CRC mismatch");
        }
    }
    const auto wrong = split_messages(out.records, out.messages);
    if (!wrong.empty()) {
        out.messages.clear();
        return corrupt(wrong);
    }
    return {};
}

void McapReader::select(std::vector<uint16_t> channels) { selected_ = std::move(channels); }

void McapReader::rewind() {
    next_chunk_ = 0;
    next_message_ = 0;
    current_.messages.clear();
}

bool McapReader::is_selected(uint16_t channel) const {
    return !selected_ ||
           std::find(selected_->begin(), selected_->end(), channel) != selected_->end();
}

bool McapReader::has_selected(const McapChunk& chunk) const {
    return !selected_ || std::any_of(selected_->begin(), selected_->end(),
                                     [&](uint16_t id) { return chunk.counts.contains(id); });
}

Expected<bool> McapReader::next(McapMessage& out) {
    while (true) {
        while (next_message_ < current_.messages.size()) {
            const auto& message = current_.messages[next_message_++];
            if (is_selected(message.channel)) {
                out = message;
                return true;
            }
        }
        while (next_chunk_ < chunks_.size() && !has_selected(chunks_[next_chunk_])) {
            ++next_chunk_;
        }
        if (next_chunk_ >= chunks_.size()) {
            return false;
        }
        next_message_ = 0;
        if (auto done = read_chunk(next_chunk_++, current_); !done) {
            return std::unexpected(done.error());
        }
    }
}

std::optional<std::map<std::string, std::string>> McapReader::metadata(
    const std::string& name) const {
    const auto it = metadata_.find(name);
    return it == metadata_.end() ? std::nullopt : std::optional(it->second);
}

void McapReader::count_statistics() {
    statistics_ = {};
    for (const auto& chunk : chunks_) {
        for (const auto& [channel, count] : chunk.counts) {
            if (count > 0) {
                statistics_.counts[channel] += count;
            }
            const bool is_first = statistics_.messages == 0;
            statistics_.start = is_first ? chunk.start : std::min(statistics_.start, chunk.start);
            statistics_.end = std::max(statistics_.end, chunk.end);
            statistics_.messages += count;
        }
    }
}

OrdinalIndex::OrdinalIndex(const std::vector<McapChunk>& chunks,
                           const std::vector<uint16_t>& channels) {
    before_.reserve(chunks.size() + 1);
    before_.push_back(0);
    for (const auto& chunk : chunks) {
        uint64_t count = 0;
        for (const auto channel : channels) {
            const auto it = chunk.counts.find(channel);
            count += it == chunk.counts.end() ? 0 : it->second;
        }
        before_.push_back(before_.back() + count);
    }
}

std::optional<OrdinalIndex::Place> OrdinalIndex::find(uint64_t ordinal) const {
    if (ordinal >= total()) {
        return std::nullopt;
    }
    const auto after = std::upper_bound(before_.begin(), before_.end(), ordinal);
    const auto chunk = static_cast<std::size_t>(after - before_.begin()) - 1;
    return Place{chunk, ordinal - before_[chunk]};
}

}  // namespace sauda::recording
