#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sauda::base {

// "-12.5" with 4 decimals is -125,000. Exact: nullopt for anything but an optional sign, digits
// and at most one point with a digit on either side; for a non-zero digit beyond `decimals`; and
// for what does not fit 64 bits.
inline std::optional<int64_t> parse_decimal(std::string_view text, int decimals) {
    const bool negative = !text.empty() && text.front() == '-';
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        text.remove_prefix(1);
    }
    int64_t value = 0;
    int fraction = -1;  // digits after the point; -1 before it
    bool digit_before = false;
    for (const char c : text) {
        if (c == '.' && fraction < 0 && digit_before) {
            fraction = 0;
            digit_before = false;
            continue;
        }
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        digit_before = true;
        if (fraction == decimals) {
            if (c != '0') {
                return std::nullopt;
            }
            continue;
        }
        fraction += fraction >= 0 ? 1 : 0;
        if (__builtin_mul_overflow(value, int64_t{10}, &value) ||
            __builtin_add_overflow(value, int64_t{c - '0'}, &value)) {
            return std::nullopt;
        }
    }
    if (!digit_before) {
        return std::nullopt;
    }
    for (int i = fraction < 0 ? 0 : fraction; i < decimals; ++i) {
        if (__builtin_mul_overflow(value, int64_t{10}, &value)) {
            return std::nullopt;
        }
    }
    return negative ? -value : value;
}

}  // namespace sauda::base
