#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sauda::base {

// A 64-bit running hash (FNV-1a over words with a final avalanche). It detects accidents and
// differences between runs, not attackers.
class Hash64 {
 public:
    void add(uint64_t word) {
        state_ = (state_ ^ word) * 0x100000001B3ULL;
        state_ ^= state_ >> 29U;
        state_ *= 0x9E3779B97F4A7C15ULL;
    }
    void add_bytes(std::string_view bytes);
    [[nodiscard]] uint64_t value() const;

 private:
    uint64_t state_ = 0xCBF29CE484222325ULL;
};

uint64_t hash_bytes(std::string_view bytes);

// 16 lower-case hexadecimal digits.
std::string to_hex(uint64_t value);

// CRC-32C (Castagnoli), as in RFC 3720; "123456789" gives 0xE3069283.
uint32_t crc32c(std::string_view bytes, uint32_t crc = 0);

}  // namespace sauda::base
