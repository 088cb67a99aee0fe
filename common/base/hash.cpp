#include "common/base/hash.h"

#include <array>
#include <cstring>

namespace sauda::base {

void Hash64::add_bytes(std::string_view bytes) {
    add(bytes.size());
    while (bytes.size() >= 8) {
        uint64_t word = 0;
        std::memcpy(&word, bytes.data(), 8);
        add(word);
        bytes.remove_prefix(8);
    }
    if (!bytes.empty()) {
        uint64_t word = 0;
        std::memcpy(&word, bytes.data(), bytes.size());
        add(word);
    }
}

uint64_t Hash64::value() const {
    uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
}

uint64_t hash_bytes(std::string_view bytes) {
    Hash64 h;
    h.add_bytes(bytes);
    return h.value();
}

std::string to_hex(uint64_t value) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text(16, '0');
    for (std::size_t i = 0; i < 16; ++i) {
        text[15 - i] = kDigits[(value >> (4 * i)) & 15U];
    }
    return text;
}

namespace {

using Tables = std::array<std::array<uint32_t, 256>, 8>;

// Slicing-by-8 tables for the reflected polynomial 0x82F63B78.
constexpr Tables make_tables() {
    Tables t{};
    for (uint32_t i = 0; i < 256; ++i) {
        uint32_t c = i;
        for (int k = 0; k < 8; ++k) {
            c = (c & 1U) != 0 ? (c >> 1U) ^ 0x82F63B78U : c >> 1U;
        }
        t[0][i] = c;
    }
    for (uint32_t i = 0; i < 256; ++i) {
        for (std::size_t s = 1; s < 8; ++s) {
            t[s][i] = (t[s - 1][i] >> 8U) ^ t[0][t[s - 1][i] & 255U];
        }
    }
    return t;
}
constexpr Tables kTables = make_tables();

}  // namespace

uint32_t crc32c(std::string_view bytes, uint32_t crc) {
    crc = ~crc;
    while (bytes.size() >= 8) {
        uint64_t w = 0;
        std::memcpy(&w, bytes.data(), 8);
        w ^= crc;
        crc = kTables[7][w & 255U] ^ kTables[6][(w >> 8U) & 255U] ^ kTables[5][(w >> 16U) & 255U] ^
              kTables[4][(w >> 24U) & 255U] ^ kTables[3][(w >> 32U) & 255U] ^
              kTables[2][(w >> 40U) & 255U] ^ kTables[1][(w >> 48U) & 255U] ^ kTables[0][w >> 56U];
        bytes.remove_prefix(8);
    }
    for (const char ch : bytes) {
        crc = (crc >> 8U) ^ kTables[0][(crc ^ static_cast<uint8_t>(ch)) & 255U];
    }
    return ~crc;
}

}  // namespace sauda::base
