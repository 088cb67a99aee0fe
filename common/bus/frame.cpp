#include "common/bus/frame.h"

#include "common/base/hash.h"
#include "common/base/invariant.h"

#include <array>
#include <cstring>

namespace sauda::bus {

namespace {

constexpr uint32_t kMagic = 0x31414453;  // "SDA1" read little endian
constexpr uint16_t kVersion = 1;
constexpr std::size_t kCrcOffset = 36;

using Header = std::array<char, kHeaderBytes>;

// Positions of the fields; see the table in frame.h. Written byte by byte so that the layout does
// not depend on the machine.
template <class T>
void put(Header& header, std::size_t at, T value) {
    for (std::size_t i = 0; i < sizeof(T); ++i) {
        header[at + i] = static_cast<char>((static_cast<uint64_t>(value) >> (8 * i)) & 0xFFU);
    }
}

template <class T>
T get(std::string_view header, std::size_t at) {
    uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) {
        value |= static_cast<uint64_t>(static_cast<uint8_t>(header[at + i])) << (8 * i);
    }
    return static_cast<T>(value);
}

std::unexpected<base::Error> corrupt(std::string text) {
    return base::fail(base::ErrorKind::Corrupt, "frame refused: " + std::move(text));
}

std::string number(uint64_t n) { return std::to_string(n); }

}  // namespace

std::string encode_header(const Frame& frame) {
    INVARIANT(frame.payload.size() <= kPayloadBytesMax);
    Header header{};
    put<uint32_t>(header, 0, kMagic);
    put<uint16_t>(header, 4, kVersion);
    put<uint16_t>(header, 6, kHeaderBytes);
    put<uint16_t>(header, 8, static_cast<uint16_t>(frame.stream));
    put<uint16_t>(header, 10, frame.schema);
    put<uint16_t>(header, 12, frame.flags);
    put<uint64_t>(header, 16, frame.epoch);
    put<uint64_t>(header, 24, frame.seq);
    put<uint32_t>(header, 32, static_cast<uint32_t>(frame.payload.size()));
    const uint32_t crc = base::crc32c(frame.payload, base::crc32c({header.data(), header.size()}));
    put<uint32_t>(header, kCrcOffset, crc);
    return {header.data(), header.size()};
}

base::Expected<Frame> decode_frame(std::string_view header, std::string_view payload) {
    if (header.size() != kHeaderBytes) {
        return corrupt("header of " + number(header.size()) + " bytes instead of " +
                       number(kHeaderBytes));
    }
    if (get<uint32_t>(header, 0) != kMagic) {
        return corrupt("it does not begin with SDA1");
    }
    if (const auto version = get<uint16_t>(header, 4); version != kVersion) {
        return corrupt("header version " + number(version) + ", this program reads " +
                       number(kVersion));
    }
    if (const auto size = get<uint16_t>(header, 6); size != kHeaderBytes) {
        return corrupt("header size field " + number(size));
    }
    if (const auto reserved = get<uint16_t>(header, 14); reserved != 0) {
        return corrupt("reserved field " + number(reserved) + " is not zero");
    }
    const auto size = get<uint32_t>(header, 32);
    if (size > kPayloadBytesMax) {
        return corrupt("payload of " + number(size) + " bytes is above the limit of " +
                       number(kPayloadBytesMax));
    }
    if (size != payload.size()) {
        return corrupt("payload of " + number(payload.size()) + " bytes, the header says " +
                       number(size));
    }
    Header blank{};
    std::memcpy(blank.data(), header.data(), kHeaderBytes);
    put<uint32_t>(blank, kCrcOffset, 0);
    const uint32_t crc = base::crc32c(payload, base::crc32c({blank.data(), blank.size()}));
    if (crc != get<uint32_t>(header, kCrcOffset)) {
        return corrupt("checksum differs, bytes changed on the way");
    }
    Frame frame;
    frame.stream = static_cast<StreamId>(get<uint16_t>(header, 8));
    if (!domain::is_known(frame.stream)) {
        return corrupt("unknown stream " + number(get<uint16_t>(header, 8)));
    }
    frame.schema = get<uint16_t>(header, 10);
    frame.flags = get<uint16_t>(header, 12);
    frame.epoch = get<uint64_t>(header, 16);
    frame.seq = get<uint64_t>(header, 24);
    frame.payload = payload;
    return frame;
}

uint64_t next_chain_hash(uint64_t previous, uint64_t seq, uint16_t schema,
                         std::string_view payload) {
    base::Hash64 hash;
    hash.add(previous);
    hash.add(seq);
    hash.add(schema);
    hash.add_bytes(payload);
    return hash.value();
}

}  // namespace sauda::bus
