#include "common/recording/mcap_writer.h"

#include "common/base/invariant.h"

#include <algorithm>
#include <utility>

namespace sauda::recording {

using base::ErrorKind;
using base::Expected;
using base::fail;

namespace {

constexpr std::size_t kNumbersMax = 65'535;
// As the reference writers: a small chunk, or one that gains nothing, is stored as it is.
constexpr std::size_t kCompressMin = 1024;

}  // namespace

Expected<McapWriter> McapWriter::open(const std::string& path, WriterOptions options) {
    auto file = File::create(path);
    if (!file) {
        return std::unexpected(file.error());
    }
    McapWriter writer(std::move(*file), std::move(options));
    McapBytes header;
    header.put_text("");
    header.put_text(writer.options_.library);
    auto done = writer.put(std::string(kMcapMagic) + mcap_record(Opcode::Header, header.bytes()));
    if (!done) {
        return std::unexpected(done.error());
    }
    return writer;
}

McapWriter::McapWriter(File file, WriterOptions options)
    : file_(std::move(file)), options_(std::move(options)) {}

McapWriter::~McapWriter() {
    if (file_.is_open()) {
        (void)flush_chunk();  // nobody is left to tell
    }
}

Expected<void> McapWriter::put(std::string_view bytes) {
    if (!file_.is_open()) {
        return fail(ErrorKind::Unavailable, path() + " is closed");
    }
    data_crc_ = crc32_of(bytes, data_crc_);
    position_ += bytes.size();
    return file_.append(bytes);
}

Expected<uint16_t> McapWriter::add_schema(std::string_view name, std::string_view encoding,
                                          std::string_view data) {
    if (schemas_.size() >= kNumbersMax) {
        return fail(ErrorKind::Exhausted, path() + " cannot take another schema");
    }
    const auto id = static_cast<uint16_t>(schemas_.size() + 1);
    schemas_.push_back({id, std::string(name), std::string(encoding), std::string(data)});
    // Outside the chunks, so that a damaged chunk never takes the schema with it.
    auto done = put(mcap_record(Opcode::Schema, encode_schema(schemas_.back())));
    if (!done) {
        return std::unexpected(done.error());
    }
    return id;
}

Expected<uint16_t> McapWriter::add_channel(std::string_view topic, uint16_t schema,
                                           std::string_view message_encoding,
                                           std::map<std::string, std::string> metadata) {
    INVARIANT(schema <= schemas_.size());
    if (channels_.size() >= kNumbersMax) {
        return fail(ErrorKind::Exhausted, path() + " cannot take another channel");
    }
    const auto id = static_cast<uint16_t>(channels_.size());
    channels_.push_back(
        {id, schema, std::string(topic), std::string(message_encoding), std::move(metadata)});
    index_.emplace_back();
    auto done = put(mcap_record(Opcode::Channel, encode_channel(channels_.back())));
    if (!done) {
        return std::unexpected(done.error());
    }
    return id;
}

Expected<void> McapWriter::write(uint16_t channel, uint32_t sequence, uint64_t log_time,
                                 uint64_t publish_time, std::string_view data) {
    INVARIANT(channel < channels_.size());
    const auto size = kRecordPrefix + kMessageFixedBytes + data.size();
    if (chunk_.size() > 0) {
        const auto low = std::min(chunk_start_, log_time);
        const auto high = std::max(chunk_end_, log_time);
        const bool is_long = options_.chunk_span_max_ns > 0 &&
                             high - low >= static_cast<uint64_t>(options_.chunk_span_max_ns);
        if (is_long || chunk_.size() + size > options_.chunk_bytes_max) {
            if (auto done = flush_chunk(); !done) {
                return done;
            }
        }
    }
    if (chunk_.size() == 0) {
        chunk_start_ = log_time;
        chunk_end_ = log_time;
    }
    chunk_start_ = std::min(chunk_start_, log_time);
    chunk_end_ = std::max(chunk_end_, log_time);
    index_[channel].push_back({log_time, chunk_.size()});
    chunk_.put(static_cast<uint8_t>(Opcode::Message));
    chunk_.put(static_cast<uint64_t>(kMessageFixedBytes + data.size()));
    chunk_.put(channel);
    chunk_.put(sequence);
    chunk_.put(log_time);
    chunk_.put(publish_time);
    chunk_.put_raw(data);
    const bool is_first = statistics_.messages == 0;
    statistics_.start = is_first ? log_time : std::min(statistics_.start, log_time);
    statistics_.end = std::max(statistics_.end, log_time);
    ++statistics_.messages;
    ++statistics_.counts[channel];
    return {};
}

Expected<void> McapWriter::flush_chunk() {
    if (chunk_.size() == 0) {
        return {};
    }
    const std::string& records = chunk_.bytes();
    std::string_view stored = records;
    Compression used = Compression::None;
    if (options_.compression != Compression::None && records.size() >= kCompressMin) {
        compressor_.compress(options_.compression, options_.level, records, compressed_);
        if (compressed_.size() < records.size() - records.size() / 50) {
            used = options_.compression;
            stored = compressed_;
        }
    }
    ChunkEntry entry;
    entry.chunk.start = chunk_start_;
    entry.chunk.end = chunk_end_;
    entry.chunk.offset = position_;
    entry.chunk.compression = to_text(used);
    entry.chunk.compressed_size = stored.size();
    entry.chunk.uncompressed_size = records.size();

    McapBytes out;
    const auto content_size =
        8 + 8 + 8 + 4 + 4 + entry.chunk.compression.size() + 8 + stored.size();
    entry.chunk.length = kRecordPrefix + content_size;
    out.put(static_cast<uint8_t>(Opcode::Chunk));
    out.put(static_cast<uint64_t>(content_size));
    out.put(chunk_start_);
    out.put(chunk_end_);
    out.put(static_cast<uint64_t>(records.size()));
    out.put(crc32_of(records));
    out.put_text(entry.chunk.compression);
    out.put(static_cast<uint64_t>(stored.size()));
    out.put_raw(stored);
    const auto chunk_length = out.size();
    for (std::size_t channel = 0; channel < index_.size(); ++channel) {
        auto& entries = index_[channel];
        if (entries.empty()) {
            continue;
        }
        entry.index_offsets[static_cast<uint16_t>(channel)] = position_ + out.size();
        out.put(static_cast<uint8_t>(Opcode::MessageIndex));
        out.put(static_cast<uint64_t>(2 + 4 + 16 * entries.size()));
        out.put(static_cast<uint16_t>(channel));
        out.put(static_cast<uint32_t>(16 * entries.size()));
        for (const auto& message : entries) {
            out.put(message.log_time);
            out.put(message.offset);
        }
        entries.clear();
    }
    entry.index_length = out.size() - chunk_length;
    chunk_.clear();
    chunks_.push_back(std::move(entry));
    return put(out.bytes());
}

Expected<void> McapWriter::write_metadata(std::string_view name,
                                          const std::map<std::string, std::string>& values) {
    McapBytes content;
    content.put_text(name);
    content.put_map(values);
    const auto record = mcap_record(Opcode::Metadata, content.bytes());
    metadata_.push_back({std::string(name), position_, record.size()});
    return put(record);
}

Expected<void> McapWriter::sync() {
    if (auto done = flush_chunk(); !done) {
        return done;
    }
    return file_.sync();
}

std::string McapWriter::summary_section(uint64_t summary_start, uint64_t& offsets_start) const {
    McapBytes out;
    McapBytes offsets;
    uint64_t group_start = 0;
    const auto end_group = [&](Opcode opcode) {
        if (out.size() > group_start) {
            McapBytes offset;
            offset.put(static_cast<uint8_t>(opcode));
            offset.put(summary_start + group_start);
            offset.put(static_cast<uint64_t>(out.size() - group_start));
            offsets.put_raw(mcap_record(Opcode::SummaryOffset, offset.bytes()));
            group_start = out.size();
        }
    };
    for (const auto& schema : schemas_) {
        out.put_raw(mcap_record(Opcode::Schema, encode_schema(schema)));
    }
    end_group(Opcode::Schema);
    for (const auto& channel : channels_) {
        out.put_raw(mcap_record(Opcode::Channel, encode_channel(channel)));
    }
    end_group(Opcode::Channel);
    McapBytes statistics;
    statistics.put(statistics_.messages);
    statistics.put(static_cast<uint16_t>(schemas_.size()));
    statistics.put(static_cast<uint32_t>(channels_.size()));
    statistics.put(uint32_t{0});
    statistics.put(static_cast<uint32_t>(metadata_.size()));
    statistics.put(static_cast<uint32_t>(chunks_.size()));
    statistics.put(statistics_.start);
    statistics.put(statistics_.end);
    statistics.put(static_cast<uint32_t>(statistics_.counts.size() * 10));
    for (const auto& [channel, count] : statistics_.counts) {
        statistics.put(channel);
        statistics.put(count);
    }
    out.put_raw(mcap_record(Opcode::Statistics, statistics.bytes()));
    end_group(Opcode::Statistics);
    for (const auto& entry : chunks_) {
        out.put_raw(
            mcap_record(Opcode::ChunkIndex,
                        encode_chunk_index(entry.chunk, entry.index_offsets, entry.index_length)));
    }
    end_group(Opcode::ChunkIndex);
    for (const auto& entry : metadata_) {
        McapBytes index;
        index.put(entry.offset);
        index.put(entry.length);
        index.put_text(entry.name);
        out.put_raw(mcap_record(Opcode::MetadataIndex, index.bytes()));
    }
    end_group(Opcode::MetadataIndex);
    offsets_start = summary_start + out.size();
    out.put_raw(offsets.bytes());
    return out.bytes();
}

Expected<void> McapWriter::close() {
    if (auto done = flush_chunk(); !done) {
        return done;
    }
    McapBytes data_end;
    data_end.put(data_crc_);
    if (auto done = put(mcap_record(Opcode::DataEnd, data_end.bytes())); !done) {
        return done;
    }
    const uint64_t summary_start = position_;
    uint64_t offsets_start = 0;
    McapBytes tail;
    tail.put_raw(summary_section(summary_start, offsets_start));
    tail.put(static_cast<uint8_t>(Opcode::Footer));
    tail.put(uint64_t{kFooterBytes});
    tail.put(summary_start);
    tail.put(offsets_start);
    tail.put(crc32_of(tail.bytes()));  // covers the footer up to here
    tail.put_raw(kMcapMagic);
    if (auto done = put(tail.bytes()); !done) {
        return done;
    }
    if (auto done = file_.sync(); !done) {
        return done;
    }
    return file_.close();
}

}  // namespace sauda::recording
