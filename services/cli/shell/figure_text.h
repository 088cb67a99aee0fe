#pragma once

#include "common/base/timestamp.h"

#include <optional>
#include <string>
#include <string_view>

// Figures as the chain and the payoff print them. Unknown is "-".
namespace sauda::cli {

// Colours of a terminal, or nothing where the output is no terminal.
class Paint {
 public:
    explicit Paint(bool is_on) : is_on_(is_on) {}
    // Standard output is a terminal and NO_COLOR is not set.
    static Paint of_terminal();
    [[nodiscard]] std::string bold(const std::string& text) const { return in("1", text); }
    [[nodiscard]] std::string dim(const std::string& text) const { return in("2", text); }
    [[nodiscard]] std::string good(const std::string& text) const { return in("32", text); }
    [[nodiscard]] std::string bad(const std::string& text) const { return in("31", text); }
    [[nodiscard]] std::string marked(const std::string& text) const { return in("7", text); }
    [[nodiscard]] bool is_on() const { return is_on_; }

 private:
    [[nodiscard]] std::string in(const char* code, const std::string& text) const {
        return is_on_ ? "\x1b[" + std::string(code) + "m" + text + "\x1b[0m" : text;
    }
    bool is_on_;
};

std::string fixed_text(double value, int decimals);           // "-12.30"
std::string signed_text(double value, int decimals);          // "+12.30"
std::string points_text(double rupees);                       // "24,541.35"
std::string level_text(double rupees);                        // "24,550", "24,550.50"
std::string percent_text(double fraction, int decimals = 2);  // 0.0985 -> "9.85 %"
std::string short_money(double rupees);                       // "12.3 lakh"
std::string whole_text(double value);                         // "1,23,456"
std::string lakh_text(double value);    // "99,999", "1.23L", "1.23Cr": at most 6 characters
std::string left_text(double minutes);  // "4d 4h 30m", "45m", "3m 20s"

template <class T, class Text>
std::string or_dash(const std::optional<T>& value, Text text) {
    return value ? text(*value) : "-";
}

std::string to_right(std::string text, std::size_t width);
std::string to_left(std::string text, std::size_t width);
std::string to_middle(std::string text, std::size_t width);

}  // namespace sauda::cli
