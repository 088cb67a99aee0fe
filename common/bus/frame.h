#pragma once

#include "common/base/expected.h"
#include "common/domain/streams.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sauda::bus {

using domain::Service;
using domain::StreamId;

enum FrameFlags : uint16_t { kReplayed = 1, kConflated = 2, kFinal = 4 };

// One message as it travels: topic frame, header frame, payload frame. One message = one seq.
// schema = index of the payload in domain::Payload + 1; for ephemeral streams a ControlSchema.
// The payload's bytes are the same on the wire, in the outbox and in a recording.
struct Frame {
    StreamId stream = StreamId::None;
    uint64_t epoch = 0;
    uint64_t seq = 0;
    uint16_t schema = 0;
    uint16_t flags = 0;
    std::string payload;
    friend bool operator==(const Frame&, const Frame&) = default;
};

// Header, 40 bytes little endian: magic "SDA1" u32, version u16 (=1), header size u16 (=40),
// stream u16, schema u16, flags u16, reserved u16 (=0), epoch u64, seq u64, payload size u32,
// crc32c u32 of header (crc field zero) and payload.
inline constexpr std::size_t kHeaderBytes = 40;
inline constexpr std::size_t kPayloadBytesMax = 4U << 20U;

std::string encode_header(const Frame& frame);
// Checks magic, version, sizes, known stream and crc; names what is wrong.
base::Expected<Frame> decode_frame(std::string_view header, std::string_view payload);

// Hash chain of a durable stream: chain(n) = H(chain(n-1), seq, schema, payload). Not the epoch.
uint64_t next_chain_hash(uint64_t previous, uint64_t seq, uint16_t schema,
                         std::string_view payload);

}  // namespace sauda::bus
