#pragma once

#include "common/recording/mcap_types.h"

#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <string_view>

namespace sauda::recording {

inline constexpr std::string_view kMcapMagic{"\x89MCAP0\r\n", 8};
inline constexpr std::size_t kRecordPrefix = 9;  // opcode, then length as u64
inline constexpr std::size_t kFooterBytes = 20;
inline constexpr std::size_t kMessageFixedBytes = 22;

enum class Opcode : uint8_t {
    Header = 0x01,
    Footer = 0x02,
    Schema = 0x03,
    Channel = 0x04,
    Message = 0x05,
    Chunk = 0x06,
    MessageIndex = 0x07,
    ChunkIndex = 0x08,
    Attachment = 0x09,
    AttachmentIndex = 0x0A,
    Statistics = 0x0B,
    Metadata = 0x0C,
    MetadataIndex = 0x0D,
    SummaryOffset = 0x0E,
    DataEnd = 0x0F,
};

// Little endian fields appended to a string.
class McapBytes {
 public:
    template <class T>
    void put(T value) {
        char buffer[sizeof(T)];
        std::memcpy(buffer, &value, sizeof(T));
        bytes_.append(buffer, sizeof(T));
    }
    void put_raw(std::string_view raw) { bytes_.append(raw); }
    void put_text(std::string_view text) {
        put(static_cast<uint32_t>(text.size()));
        bytes_.append(text);
    }
    void put_map(const std::map<std::string, std::string>& map) {
        McapBytes inner;
        for (const auto& [key, value] : map) {
            inner.put_text(key);
            inner.put_text(value);
        }
        put_text(inner.bytes());
    }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }
    [[nodiscard]] std::size_t size() const { return bytes_.size(); }
    void clear() { bytes_.clear(); }

 private:
    std::string bytes_;
};

// One record: prefix and content.
inline std::string mcap_record(Opcode opcode, std::string_view content) {
    McapBytes record;
    record.put(static_cast<uint8_t>(opcode));
    record.put(static_cast<uint64_t>(content.size()));
    record.put_raw(content);
    return std::string(record.bytes());
}

// Takes fields off the front. After an overrun ok() is false and every further value is empty.
class McapFields {
 public:
    explicit McapFields(std::string_view bytes) : rest_(bytes) {}
    template <class T>
    T get() {
        T value{};
        if (rest_.size() < sizeof(T)) {
            fail();
            return value;
        }
        std::memcpy(&value, rest_.data(), sizeof(T));
        rest_.remove_prefix(sizeof(T));
        return value;
    }
    std::string_view get_raw(uint64_t size) {
        if (size > rest_.size()) {
            fail();
            return {};
        }
        const auto raw = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return raw;
    }
    std::string_view get_text() { return get_raw(get<uint32_t>()); }
    std::map<std::string, std::string> get_map() {
        std::map<std::string, std::string> map;
        McapFields inner(get_text());
        while (inner.ok() && !inner.rest().empty()) {
            std::string key(inner.get_text());
            map[std::move(key)] = inner.get_text();
        }
        if (!inner.ok()) {
            fail();
        }
        return map;
    }
    [[nodiscard]] std::string_view rest() const { return rest_; }
    [[nodiscard]] bool ok() const { return ok_; }

 private:
    void fail() {
        ok_ = false;
        rest_ = {};
    }
    std::string_view rest_;
    bool ok_ = true;
};

// Content of records, without prefix.
std::string encode_schema(const McapSchema& schema);
std::string encode_channel(const McapChannel& channel);
std::string encode_chunk_index(const McapChunk& chunk, const std::map<uint16_t, uint64_t>& offsets,
                               uint64_t message_index_length);
bool decode_schema(std::string_view content, McapSchema& schema);
bool decode_channel(std::string_view content, McapChannel& channel);
bool decode_message(std::string_view content, McapMessage& message);
// Fills everything, counts from the lengths of the message index records.
bool decode_chunk_index(std::string_view content, McapChunk& chunk);

// Splits "opcode, length, content" records off the front. False at the end or on a cut record;
// rest is then what could not be read.
bool next_record(std::string_view& rest, Opcode& opcode, std::string_view& content);

}  // namespace sauda::recording
