#include "services/cli/shell/figure_text.h"

#include "common/wire/format.h"

#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace sauda::cli {

Paint Paint::of_terminal() {
    const char* refused = std::getenv("NO_COLOR");
    return Paint(::isatty(STDOUT_FILENO) == 1 && (refused == nullptr || *refused == '\0'));
}

std::string fixed_text(double value, int decimals) {
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%.*f", decimals, value);
    std::string text(buffer);
    // "-0.00" says nothing that "0.00" does not.
    return text.find_first_not_of("-0.") == std::string::npos && text[0] == '-' ? text.substr(1)
                                                                                : text;
}

std::string signed_text(double value, int decimals) {
    const auto text = fixed_text(value, decimals);
    return text[0] == '-' || text.find_first_not_of("0.") == std::string::npos ? text : "+" + text;
}

std::string points_text(double rupees) {
    return wire::price(base::Price::from_raw(std::llround(rupees * 10'000.0)));
}

std::string level_text(double rupees) {
    auto text = points_text(rupees);
    return text.ends_with(".00") ? text.substr(0, text.size() - 3) : text;
}

std::string percent_text(double fraction, int decimals) {
    return fixed_text(fraction * 100.0, decimals) + " %";
}

std::string short_money(double rupees) {
    if (std::abs(rupees) >= 1e9) {
        return whole_text(rupees / 1e7) + " crore";
    }
    return wire::short_rupees(base::Money::from_raw(std::llround(rupees) * 10'000));
}

std::string whole_text(double value) { return wire::grouped(std::llround(value)); }

std::string lakh_text(double value) {
    const double size = std::abs(value);
    const char* unit = size >= 9'999'500.0 ? "Cr" : "L";
    const double scaled = value / (size >= 9'999'500.0 ? 1e7 : 1e5);
    if (size < 99'999.5) {
        return whole_text(value);
    }
    return fixed_text(scaled, std::abs(scaled) < 9.995   ? 2
                              : std::abs(scaled) < 99.95 ? 1
                                                         : 0) +
           unit;
}

std::string left_text(double minutes) {
    const auto seconds = static_cast<int64_t>(minutes * 60.0 + 0.5);
    const auto part = [](int64_t n, const char* unit) { return std::to_string(n) + unit; };
    if (seconds < 600) {
        return part(seconds / 60, "m ") + part(seconds % 60, "s");
    }
    const auto whole = seconds / 60;
    std::string text = whole >= 1440 ? part(whole / 1440, "d ") : "";
    text += whole >= 60 ? part(whole / 60 % 24, "h ") : "";
    return text + part(whole % 60, "m");
}

std::string to_right(std::string text, std::size_t width) {
    return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
}

std::string to_left(std::string text, std::size_t width) {
    text.resize(std::max(width, text.size()), ' ');
    return text;
}

std::string to_middle(std::string text, std::size_t width) {
    return text.size() < width ? to_left(std::string((width - text.size()) / 2, ' ') + text, width)
                               : text;
}

}  // namespace sauda::cli
