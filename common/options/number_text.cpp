#include "common/options/number_text.h"

#include <array>
#include <charconv>

namespace sauda::options {

std::string text_of(double value) {
    std::array<char, 40> buffer{};
    const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return {buffer.data(), written.ptr};
}

}  // namespace sauda::options
