#include "common/bus/frame.h"

#include "common/base/hash.h"

#include <catch2/catch.hpp>

#include <set>

using namespace sauda;
using namespace sauda::bus;

namespace {

Frame sample() {
    Frame frame;
    frame.stream = StreamId::RiskDecision;
    frame.epoch = 0x1122334455667788ULL;
    frame.seq = 0x0102030405060708ULL;
    frame.schema = 9;
    frame.flags = kReplayed | kFinal;
    frame.payload = "payload with a \0 zero";
    return frame;
}

void put(std::string& header, std::size_t at, uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) {
        header[at + i] = static_cast<char>((value >> (8 * i)) & 0xFFU);
    }
}

// The header with a field changed and its checksum made right again.
std::string resealed(std::size_t at, uint64_t value, std::size_t bytes) {
    std::string header = encode_header(sample());
    put(header, at, value, bytes);
    put(header, 36, 0, 4);
    put(header, 36, base::crc32c(sample().payload, base::crc32c(header)), 4);
    return header;
}

std::string refusal(std::string_view header, std::string_view payload) {
    const auto frame = decode_frame(header, payload);
    return frame ? "" : frame.error().text;
}

}  // namespace

TEST_CASE("frame: header and payload come back equal", "[unit][bus]") {
    const auto frame = sample();
    const auto header = encode_header(frame);
    REQUIRE(header.size() == kHeaderBytes);
    const auto back = decode_frame(header, frame.payload);
    REQUIRE(back);
    CHECK(*back == frame);
    Frame empty;
    empty.stream = domain::market_data_stream(domain::Underlying::NIFTY);
    const auto empty_back = decode_frame(encode_header(empty), "");
    REQUIRE(empty_back);
    CHECK(*empty_back == empty);
}

TEST_CASE("frame: the layout of the header is as documented", "[unit][bus]") {
    Frame frame = sample();
    frame.payload = "123456789";
    const auto header = encode_header(frame);
    std::string expected("SDA1", 4);
    expected += std::string("\x01\x00\x28\x00\x01\x04\x09\x00\x05\x00\x00\x00", 12);
    expected += std::string("\x88\x77\x66\x55\x44\x33\x22\x11", 8);
    expected += std::string("\x08\x07\x06\x05\x04\x03\x02\x01", 8);
    expected += std::string("\x09\x00\x00\x00", 4);
    CHECK(header.substr(0, 36) == expected);
    const auto crc = base::crc32c(expected + std::string(4, '\0') + frame.payload);
    std::string sealed(4, '\0');
    put(sealed, 0, crc, 4);
    CHECK(header.substr(36) == sealed);
}

TEST_CASE("frame: every flipped bit of header or payload is refused", "[unit][bus]") {
    const auto frame = sample();
    const auto header = encode_header(frame);
    int flips = 0;
    for (std::size_t i = 0; i < header.size() * 8; ++i, ++flips) {
        auto flipped = header;
        flipped[i / 8] = static_cast<char>(flipped[i / 8] ^ (1 << (i % 8)));
        REQUIRE_FALSE(decode_frame(flipped, frame.payload));
    }
    for (std::size_t i = 0; i < frame.payload.size() * 8; ++i, ++flips) {
        auto flipped = frame.payload;
        flipped[i / 8] = static_cast<char>(flipped[i / 8] ^ (1 << (i % 8)));
        REQUIRE_FALSE(decode_frame(header, flipped));
    }
    CHECK(flips == 8 * static_cast<int>(kHeaderBytes + frame.payload.size()));
}

TEST_CASE("frame: what is wrong is named", "[unit][bus]") {
    const auto frame = sample();
    const auto header = encode_header(frame);
    const auto& payload = frame.payload;
    CHECK(refusal("", payload) == "frame refused: header of 0 bytes instead of 40");
    CHECK(refusal(header + "x", payload) == "frame refused: header of 41 bytes instead of 40");
    CHECK(refusal(resealed(0, 'X', 1), payload) == "frame refused: it does not begin with SDA1");
    CHECK(refusal(resealed(4, 2, 2), payload) ==
          "frame refused: header version 2, this program reads 1");
    CHECK(refusal(resealed(6, 48, 2), payload) == "frame refused: header size field 48");
    CHECK(refusal(resealed(14, 1, 2), payload) == "frame refused: reserved field 1 is not zero");
    CHECK(refusal(resealed(8, 0x7777, 2), payload) == "frame refused: unknown stream 30583");
    CHECK(refusal(resealed(32, (4U << 20U) + 1, 4), payload) ==
          "frame refused: payload of 4194305 bytes is above the limit of 4194304");
    CHECK(refusal(header, payload.substr(1)) ==
          "frame refused: payload of " + std::to_string(payload.size() - 1) +
              " bytes, the header says " + std::to_string(payload.size()));
    CHECK(refusal(resealed(36, 0, 4), payload).empty());
    auto broken = header;
    put(broken, 36, 0, 4);
    CHECK(refusal(broken, payload) == "frame refused: checksum differs, bytes changed on the way");
}

TEST_CASE("frame: a payload of the largest size passes", "[unit][bus]") {
    auto frame = sample();
    frame.payload.assign(kPayloadBytesMax, 'x');
    const auto back = decode_frame(encode_header(frame), frame.payload);
    REQUIRE(back);
    CHECK(back->payload.size() == kPayloadBytesMax);
}

TEST_CASE("frame: the hash chain depends on all before, seq, schema and payload", "[unit][bus]") {
    std::set<uint64_t> seen;
    CHECK(seen.insert(next_chain_hash(0, 1, 1, "a")).second);
    CHECK(seen.insert(next_chain_hash(1, 1, 1, "a")).second);
    CHECK(seen.insert(next_chain_hash(0, 2, 1, "a")).second);
    CHECK(seen.insert(next_chain_hash(0, 1, 2, "a")).second);
    CHECK(seen.insert(next_chain_hash(0, 1, 1, "b")).second);
    CHECK(seen.insert(next_chain_hash(0, 1, 1, "")).second);
    CHECK(next_chain_hash(0, 1, 1, "a") == next_chain_hash(0, 1, 1, "a"));
}
