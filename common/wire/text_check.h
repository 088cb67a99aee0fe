#pragma once

#include <string_view>

namespace sauda::wire {

// Well-formed UTF-8 without overlong forms and surrogates, as proto3 asks of every string.
bool is_utf8(std::string_view bytes);

}  // namespace sauda::wire
