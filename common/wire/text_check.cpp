#include "common/wire/text_check.h"

#include <cstdint>

namespace sauda::wire {

namespace {

// Length of the sequence a lead byte begins, 0 if it begins none.
std::size_t sequence_length(uint8_t lead) {
    if (lead < 0x80U) {
        return 1;
    }
    if (lead >= 0xC2U && lead <= 0xDFU) {
        return 2;
    }
    if (lead >= 0xE0U && lead <= 0xEFU) {
        return 3;
    }
    return lead >= 0xF0U && lead <= 0xF4U ? 4 : 0;
}

// The second byte also excludes overlong forms, surrogates and what lies beyond U+10FFFF.
bool is_second(uint8_t lead, uint8_t second) {
    const uint8_t low = lead == 0xE0U ? 0xA0U : lead == 0xF0U ? 0x90U : 0x80U;
    const uint8_t high = lead == 0xEDU ? 0x9FU : lead == 0xF4U ? 0x8FU : 0xBFU;
    return second >= low && second <= high;
}

}  // namespace

bool is_utf8(std::string_view bytes) {
    const auto at = [&](std::size_t i) { return static_cast<uint8_t>(bytes[i]); };
    for (std::size_t i = 0; i < bytes.size();) {
        const std::size_t length = sequence_length(at(i));
        if (length == 0 || length > bytes.size() - i ||
            (length > 1 && !is_second(at(i), at(i + 1)))) {
            return false;
        }
        for (std::size_t k = 2; k < length; ++k) {
            if ((at(i + k) & 0xC0U) != 0x80U) {
                return false;
            }
        }
        i += length;
    }
    return true;
}

}  // namespace sauda::wire
