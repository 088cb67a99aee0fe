// How McapReader finds out what is in a file: by its summary, or by scanning it.
#include "common/recording/mcap_bytes.h"
#include "common/recording/mcap_reader.h"

#include <algorithm>

namespace sauda::recording {

using base::ErrorKind;
using base::Expected;
using base::fail;

namespace {

constexpr uint64_t kTailBytes = kRecordPrefix + kFooterBytes + kMcapMagic.size();
constexpr uint64_t kBareBytesMax = 1U << 20U;

}  // namespace

Expected<McapReader> McapReader::open(const std::string& path) {
    auto file = File::open(path);
    if (!file) {
        return std::unexpected(file.error());
    }
    const auto size = file->size();
    if (!size) {
        return std::unexpected(size.error());
    }
    McapReader reader(std::move(*file));
    reader.file_bytes_ = *size;
    if (auto done = reader.file_.read(0, kMcapMagic.size(), reader.buffer_); !done) {
        return std::unexpected(done.error());
    }
    if (reader.buffer_ != kMcapMagic) {
        return fail(ErrorKind::Corrupt, path + " is not an MCAP recording");
    }
    const auto by_summary = reader.read_summary();
    if (!by_summary) {
        return std::unexpected(by_summary.error());
    }
    reader.is_indexed_ = *by_summary;
    if (!*by_summary) {
        reader.schemas_.clear();
        reader.channels_.clear();
        reader.chunks_.clear();
        reader.metadata_.clear();
        if (auto done = reader.scan(); !done) {
            return std::unexpected(done.error());
        }
    }
    reader.count_statistics();
    return reader;
}

// False: there is no usable summary; damage_ says so where the file should have had one.
Expected<bool> McapReader::read_summary() {
    if (file_bytes_ < kMcapMagic.size() + kTailBytes) {
        damage_ = "the file was not ended";
        return false;
    }
    std::string tail;
    if (auto done = file_.read(file_bytes_ - kTailBytes, kTailBytes, tail); !done) {
        return std::unexpected(done.error());
    }
    std::string_view rest = tail;
    std::string_view content;
    Opcode opcode{};
    if (!tail.ends_with(kMcapMagic) || !next_record(rest, opcode, content) ||
        opcode != Opcode::Footer || content.size() != kFooterBytes) {
        damage_ = "the file was not ended";
        return false;
    }
    McapFields footer(content);
    const auto summary_start = footer.get<uint64_t>();
    footer.get<uint64_t>();
    const auto crc = footer.get<uint32_t>();
    if (summary_start == 0) {
        return false;  // allowed: the file has no summary
    }
    const uint64_t summary_end = file_bytes_ - kTailBytes;
    std::string summary;
    if (summary_start <= summary_end) {
        if (auto done = file_.read(summary_start, summary_end - summary_start, summary); !done) {
            return std::unexpected(done.error());
        }
    }
    const auto covered = std::string_view(tail).substr(0, kRecordPrefix + 16);
    if (summary_start > summary_end || (crc != 0 && crc32_of(covered, crc32_of(summary)) != crc)) {
        damage_ = "CRC mismatch in the summary";
        return false;
    }
    rest = summary;
    uint64_t messages_told = 0;
    while (next_record(rest, opcode, content)) {
        if (opcode == Opcode::Statistics) {
            messages_told = McapFields(content).get<uint64_t>();
        } else if (!take_summary_record(static_cast<uint8_t>(opcode), content)) {
            return false;  // the scan will tell whether the file is damaged or only its index
        }
    }
    std::sort(chunks_.begin(), chunks_.end(),
              [](const McapChunk& a, const McapChunk& b) { return a.offset < b.offset; });
    count_statistics();
    // A writer may leave the message indexes out, or write messages outside chunks; then scan.
    return rest.empty() && statistics_.messages == messages_told && !channels_.empty();
}

bool McapReader::take_summary_record(uint8_t opcode, std::string_view content) {
    switch (static_cast<Opcode>(opcode)) {
        case Opcode::Schema: {
            McapSchema schema;
            const bool is_good = decode_schema(content, schema);
            schemas_[schema.id] = std::move(schema);
            return is_good;
        }
        case Opcode::Channel: {
            McapChannel channel;
            const bool is_good = decode_channel(content, channel);
            channels_[channel.id] = std::move(channel);
            return is_good;
        }
        case Opcode::ChunkIndex: {
            McapChunk chunk;
            const bool is_good = decode_chunk_index(content, chunk);
            const bool is_inside =
                chunk.offset <= file_bytes_ && chunk.length <= file_bytes_ - chunk.offset;
            chunks_.push_back(std::move(chunk));
            return is_good && is_inside;
        }
        case Opcode::MetadataIndex: {
            McapFields fields(content);
            const auto offset = fields.get<uint64_t>();
            const auto length = fields.get<uint64_t>();
            return fields.ok() && read_metadata(offset, length);
        }
        case Opcode::Header:
        case Opcode::Footer:
        case Opcode::Message:
        case Opcode::Chunk:
        case Opcode::MessageIndex:
        case Opcode::Attachment:
        case Opcode::AttachmentIndex:
        case Opcode::Statistics:
        case Opcode::Metadata:
        case Opcode::SummaryOffset:
        case Opcode::DataEnd:
            return true;
    }
    return true;  // an opcode of a later version of the format
}

bool McapReader::read_metadata(uint64_t offset, uint64_t length) {
    if (offset > file_bytes_ || length > file_bytes_ - offset ||
        !file_.read(offset, length, buffer_)) {
        return false;
    }
    std::string_view rest = buffer_;
    std::string_view content;
    Opcode opcode{};
    if (!next_record(rest, opcode, content) || opcode != Opcode::Metadata) {
        return false;
    }
    McapFields fields(content);
    const std::string name(fields.get_text());
    auto values = fields.get_map();
    if (fields.ok()) {
        metadata_[name] = std::move(values);
    }
    return fields.ok();
}

Expected<void> McapReader::scan() {
    const auto note = [&](uint64_t offset) {
        damage_ += (damage_.empty() ? "" : "; ") + std::string("readable up to byte ") +
                   std::to_string(offset) + " of " + std::to_string(file_bytes_);
    };
    const bool was_damaged = !damage_.empty();
    uint64_t offset = kMcapMagic.size();
    std::string prefix;
    while (true) {
        if (auto done = file_.read(offset, kRecordPrefix, prefix); !done) {
            return done;
        }
        McapFields fields(prefix);
        const auto opcode = fields.get<uint8_t>();
        const auto length = fields.get<uint64_t>();
        if (!fields.ok() || length > file_bytes_ - offset - kRecordPrefix) {
            note(offset);
            return {};
        }
        if (static_cast<Opcode>(opcode) == Opcode::DataEnd) {
            if (was_damaged) {
                note(file_bytes_);
            }
            return {};
        }
        const auto is_read = scan_record(offset, opcode, kRecordPrefix + length);
        if (!is_read) {
            return std::unexpected(is_read.error());
        }
        if (!*is_read) {
            note(offset);
            return {};
        }
        offset += kRecordPrefix + length;
    }
}

// False: the record makes no sense, and so nothing behind it can be trusted.
Expected<bool> McapReader::scan_record(uint64_t offset, uint8_t opcode, uint64_t length) {
    const auto kind = static_cast<Opcode>(opcode);
    if (kind == Opcode::Chunk) {
        McapChunk chunk;
        chunk.offset = offset;
        chunk.length = length;
        chunks_.push_back(chunk);
        McapChunkData data;
        const auto done = read_chunk(chunks_.size() - 1, data);
        if (!done) {
            chunks_.pop_back();
            if (done.error().kind != ErrorKind::Corrupt) {
                return std::unexpected(done.error());
            }
            damage_ += (damage_.empty() ? "" : "; ") + done.error().text;
            return true;  // its length was good: what follows is still readable
        }
        auto& found = chunks_.back();
        McapFields fields(std::string_view(buffer_).substr(kRecordPrefix));
        found.start = fields.get<uint64_t>();
        found.end = fields.get<uint64_t>();
        found.uncompressed_size = fields.get<uint64_t>();
        fields.get<uint32_t>();
        found.compression = fields.get_text();
        found.compressed_size = fields.get<uint64_t>();
        for (const auto& message : data.messages) {
            ++found.counts[message.channel];
        }
        std::string_view rest = data.records;
        std::string_view content;
        Opcode inner{};
        while (next_record(rest, inner, content)) {
            if (inner == Opcode::Schema || inner == Opcode::Channel) {
                take_summary_record(static_cast<uint8_t>(inner), content);
            }
        }
        return true;
    }
    if (kind == Opcode::Metadata) {
        return read_metadata(offset, length);
    }
    if (kind != Opcode::Schema && kind != Opcode::Channel && kind != Opcode::Message) {
        return opcode != 0;  // zeros are what a lost page looks like
    }
    std::string record;
    if (auto done = file_.read(offset, length, record); !done) {
        return std::unexpected(done.error());
    }
    const auto content = std::string_view(record).substr(kRecordPrefix);
    if (kind != Opcode::Message) {
        return take_summary_record(opcode, content);
    }
    McapMessage message;
    if (!decode_message(content, message)) {
        return false;
    }
    add_bare(offset, length, message);
    return true;
}

void McapReader::add_bare(uint64_t offset, uint64_t length, const McapMessage& message) {
    const bool continues = !chunks_.empty() && chunks_.back().is_bare &&
                           chunks_.back().offset + chunks_.back().length == offset &&
                           chunks_.back().length < kBareBytesMax;
    if (!continues) {
        McapChunk run;
        run.is_bare = true;
        run.offset = offset;
        run.start = message.log_time;
        chunks_.push_back(std::move(run));
    }
    auto& run = chunks_.back();
    run.length += length;
    run.compressed_size = run.length;
    run.uncompressed_size = run.length;
    run.start = std::min(run.start, message.log_time);
    run.end = std::max(run.end, message.log_time);
    ++run.counts[message.channel];
}

}  // namespace sauda::recording
