#include "common/recording/mcap_bytes.h"

#include <vector>

namespace sauda::recording {

std::string encode_schema(const McapSchema& schema) {
    McapBytes content;
    content.put(schema.id);
    content.put_text(schema.name);
    content.put_text(schema.encoding);
    content.put_text(schema.data);
    return content.bytes();
}

std::string encode_channel(const McapChannel& channel) {
    McapBytes content;
    content.put(channel.id);
    content.put(channel.schema);
    content.put_text(channel.topic);
    content.put_text(channel.message_encoding);
    content.put_map(channel.metadata);
    return content.bytes();
}

std::string encode_chunk_index(const McapChunk& chunk, const std::map<uint16_t, uint64_t>& offsets,
                               uint64_t message_index_length) {
    McapBytes content;
    content.put(chunk.start);
    content.put(chunk.end);
    content.put(chunk.offset);
    content.put(chunk.length);
    content.put(static_cast<uint32_t>(offsets.size() * (sizeof(uint16_t) + sizeof(uint64_t))));
    for (const auto& [channel, offset] : offsets) {
        content.put(channel);
        content.put(offset);
    }
    content.put(message_index_length);
    content.put_text(chunk.compression);
    content.put(chunk.compressed_size);
    content.put(chunk.uncompressed_size);
    return content.bytes();
}

bool decode_schema(std::string_view content, McapSchema& schema) {
    McapFields fields(content);
    schema.id = fields.get<uint16_t>();
    schema.name = fields.get_text();
    schema.encoding = fields.get_text();
    schema.data = fields.get_text();
    return fields.ok() && schema.id != 0;
}

bool decode_channel(std::string_view content, McapChannel& channel) {
    McapFields fields(content);
    channel.id = fields.get<uint16_t>();
    channel.schema = fields.get<uint16_t>();
    channel.topic = fields.get_text();
    channel.message_encoding = fields.get_text();
    channel.metadata = fields.get_map();
    return fields.ok();
}

bool decode_message(std::string_view content, McapMessage& message) {
    McapFields fields(content);
    message.channel = fields.get<uint16_t>();
    message.sequence = fields.get<uint32_t>();
    message.log_time = fields.get<uint64_t>();
    message.publish_time = fields.get<uint64_t>();
    message.data = fields.rest();
    return fields.ok();
}

bool decode_chunk_index(std::string_view content, McapChunk& chunk) {
    McapFields fields(content);
    chunk.start = fields.get<uint64_t>();
    chunk.end = fields.get<uint64_t>();
    chunk.offset = fields.get<uint64_t>();
    chunk.length = fields.get<uint64_t>();
    McapFields pairs(fields.get_text());
    const auto message_index_length = fields.get<uint64_t>();
    chunk.compression = fields.get_text();
    chunk.compressed_size = fields.get<uint64_t>();
    chunk.uncompressed_size = fields.get<uint64_t>();
    std::map<uint64_t, uint16_t> by_offset;
    while (pairs.ok() && !pairs.rest().empty()) {
        const auto channel = pairs.get<uint16_t>();
        by_offset[pairs.get<uint64_t>()] = channel;
    }
    if (!fields.ok() || !pairs.ok()) {
        return false;
    }
    // The index records of a chunk lie one behind the other, so their lengths give the counts.
    constexpr uint64_t kFixed = kRecordPrefix + sizeof(uint16_t) + sizeof(uint32_t);
    uint64_t end = chunk.offset + chunk.length + message_index_length;
    for (auto it = by_offset.rbegin(); it != by_offset.rend(); ++it) {
        const uint64_t length = end - it->first;
        if (it->first > end || length < kFixed || (length - kFixed) % 16 != 0) {
            return false;
        }
        chunk.counts[it->second] = (length - kFixed) / 16;
        end = it->first;
    }
    return true;
}

bool next_record(std::string_view& rest, Opcode& opcode, std::string_view& content) {
    if (rest.size() < kRecordPrefix) {
        return false;
    }
    uint64_t length = 0;
    std::memcpy(&length, rest.data() + 1, sizeof(length));
    if (length > rest.size() - kRecordPrefix) {
        return false;
    }
    opcode = static_cast<Opcode>(static_cast<uint8_t>(rest[0]));
    content = rest.substr(kRecordPrefix, length);
    rest.remove_prefix(kRecordPrefix + length);
    return true;
}

}  // namespace sauda::recording
