#include "common/settings/setting_text.h"

#include "common/base/decimal.h"

#include <array>
#include <charconv>

namespace sauda::settings {

namespace {

struct Unit {
    std::string_view name;
    int64_t ns;
    int decimals;  // of the unit in a nanosecond, as far as exact
};
constexpr std::array<Unit, 5> kUnits{{{"us", 1'000, 3},
                                      {"ms", 1'000'000, 6},
                                      {"s", 1'000'000'000, 9},
                                      {"min", 60'000'000'000, 9},
                                      {"h", 3'600'000'000'000, 9}}};

std::string_view without_spaces(std::string_view text) {
    while (!text.empty() && text.front() == ' ') {
        text.remove_prefix(1);
    }
    while (!text.empty() && text.back() == ' ') {
        text.remove_suffix(1);
    }
    return text;
}

std::string range(const std::string& low, const std::string& high) {
    if (low.empty() && high.empty()) {
        return "";
    }
    if (high.empty()) {
        return " of at least " + low;
    }
    return low.empty() ? " of at most " + high : " from " + low + " to " + high;
}

std::string decimal_text(int64_t raw, int decimals) {
    const bool negative = raw < 0;
    std::string digits = std::to_string(raw);
    digits.erase(0, negative ? 1 : 0);
    const auto places = static_cast<std::size_t>(decimals);
    if (digits.size() <= places) {
        digits.insert(0, places + 1 - digits.size(), '0');
    }
    std::string fraction = digits.substr(digits.size() - places);
    digits.erase(digits.size() - places);
    while (!fraction.empty() && fraction.back() == '0') {
        fraction.pop_back();
    }
    return (negative ? "-" : "") + digits + (fraction.empty() ? "" : "." + fraction);
}

std::string double_text(double value) {
    std::array<char, 40> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return {buffer.data(), end.ptr};
}

std::string duration_text(base::Duration duration) {
    const auto& unit = duration.ns < 1'000'000'000 ? kUnits[1] : kUnits[2];
    return decimal_text(duration.ns, unit.decimals) + " " + std::string(unit.name);
}

}  // namespace

std::optional<int64_t> decimal_of(std::string_view text, int decimals) {
    return base::parse_decimal(text, decimals);
}

std::optional<int64_t> percent_of(std::string_view text) {
    text = without_spaces(text);
    if (text.empty() || text.back() != '%') {
        return std::nullopt;
    }
    text.remove_suffix(1);
    return base::parse_decimal(without_spaces(text), 4);
}

std::optional<base::Duration> time_of(std::string_view text) {
    if ((text.size() != 5 && text.size() != 8) || text[2] != ':' ||
        (text.size() == 8 && text[5] != ':')) {
        return std::nullopt;
    }
    const auto part = [&](std::size_t at) -> std::optional<int64_t> {
        const auto digits = text.substr(at, 2);
        return digits[0] == '-' || digits[0] == '+' ? std::nullopt : decimal_of(digits, 0);
    };
    const auto hour = part(0);
    const auto minute = part(3);
    const auto second = text.size() == 8 ? part(6) : std::optional<int64_t>(0);
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) {
        return std::nullopt;
    }
    return base::seconds((*hour * 60 + *minute) * 60 + *second);
}

std::optional<base::Duration> duration_of(std::string_view text) {
    text = without_spaces(text);
    const auto split = text.find_first_not_of("0123456789.");
    if (split == std::string_view::npos) {
        return std::nullopt;
    }
    const auto number = without_spaces(text.substr(0, split));
    const auto name = without_spaces(text.substr(split));
    for (const auto& unit : kUnits) {
        if (unit.name != name) {
            continue;
        }
        int64_t scale = 1;
        for (int i = 0; i < unit.decimals; ++i) {
            scale *= 10;
        }
        const auto value = base::parse_decimal(number, unit.decimals);
        int64_t ns = 0;
        if (!value || __builtin_mul_overflow(*value, unit.ns / scale, &ns)) {
            return std::nullopt;
        }
        return base::Duration{ns};
    }
    return std::nullopt;
}

std::string describe(const TomlValue& value) {
    switch (value.kind) {
        case TomlKind::Table:
            return "a table";
        case TomlKind::TableList:
            return "a list of tables";
        case TomlKind::List:
            return "a list";
        case TomlKind::Text:
            return "\"" + value.text + "\"";
        case TomlKind::Integer:
        case TomlKind::Decimal:
        case TomlKind::Boolean:
        case TomlKind::Time:
        case TomlKind::Other:
            return value.text;
    }
    return value.text;
}

std::string range_text(int64_t min, int64_t max, int decimals) {
    return range(min == INT64_MIN ? "" : decimal_text(min, decimals),
                 max == INT64_MAX ? "" : decimal_text(max, decimals));
}

std::string range_text(double min, double max) {
    return range(min <= -1e300 ? "" : double_text(min), max >= 1e300 ? "" : double_text(max));
}

std::string duration_range_text(base::Duration min, base::Duration max) {
    return range(min.ns == 0 ? "" : duration_text(min),
                 max.ns == INT64_MAX ? "" : duration_text(max));
}

std::string quoted_list(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        text += (text.empty() ? "\"" : ", \"") + word + "\"";
    }
    return text;
}

}  // namespace sauda::settings
