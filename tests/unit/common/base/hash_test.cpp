#include "common/base/hash.h"

#include <catch2/catch.hpp>

#include <set>

using namespace sauda::base;

namespace {

// Bit by bit, as the definition reads.
uint32_t slow_crc32c(std::string_view bytes) {
    uint32_t crc = 0xFFFFFFFFU;
    for (const char ch : bytes) {
        crc ^= static_cast<uint8_t>(ch);
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc & 1U) != 0 ? (crc >> 1U) ^ 0x82F63B78U : crc >> 1U;
        }
    }
    return ~crc;
}

}  // namespace

TEST_CASE("hash: crc32c gives the published check values", "[unit][base]") {
    CHECK(crc32c("") == 0);
    CHECK(crc32c("123456789") == 0xE3069283U);
    // RFC 3720, appendix B.4.
    CHECK(crc32c(std::string(32, '\0')) == 0x8A9136AAU);
    CHECK(crc32c(std::string(32, '\xFF')) == 0x62A8AB43U);
    std::string rising;
    std::string falling;
    for (int i = 0; i < 32; ++i) {
        rising += static_cast<char>(i);
        falling += static_cast<char>(31 - i);
    }
    CHECK(crc32c(rising) == 0x46DD794EU);
    CHECK(crc32c(falling) == 0x113FDB5CU);
}

TEST_CASE("hash: crc32c equals its definition at every length and can be continued",
          "[unit][base]") {
    std::string bytes;
    for (int i = 0; i < 100; ++i) {
        REQUIRE(crc32c(bytes) == slow_crc32c(bytes));
        const std::string_view all = bytes;
        REQUIRE(crc32c(all.substr(all.size() / 3), crc32c(all.substr(0, all.size() / 3))) ==
                crc32c(all));
        bytes += static_cast<char>(i * 37 + 11);
    }
}

TEST_CASE("hash: bytes hash by content and length", "[unit][base]") {
    std::set<uint64_t> seen;
    std::string bytes;
    for (int i = 0; i < 64; ++i) {
        CHECK(seen.insert(hash_bytes(bytes)).second);
        bytes += '\0';
    }
    CHECK(hash_bytes("abc") == hash_bytes(std::string("abc")));
    CHECK(hash_bytes("abc") != hash_bytes("abd"));
}

TEST_CASE("hash: the order of words matters", "[unit][base]") {
    Hash64 a;
    a.add(1);
    a.add(2);
    Hash64 b;
    b.add(2);
    b.add(1);
    CHECK(a.value() != b.value());
}

TEST_CASE("hash: hexadecimal has 16 lower-case digits", "[unit][base]") {
    CHECK(to_hex(0) == "0000000000000000");
    CHECK(to_hex(0x0123456789ABCDEF) == "0123456789abcdef");
}
