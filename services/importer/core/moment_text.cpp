#include "services/importer/core/moment_text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace sauda::importer {

namespace {

// `count` digits at `at`; -1 if they are not there or not all digits.
int digits(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size()) {
        return -1;
    }
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

int month_of(std::string_view name) {
    constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                       "jul", "aug", "sep", "oct", "nov", "dec"};
    for (std::size_t i = 0; i < kMonths.size(); ++i) {
        if (std::equal(name.begin(), name.end(), kMonths[i].begin(), kMonths[i].end(),
                       [](char a, char b) { return lower(a) == b; })) {
            return static_cast<int>(i) + 1;
        }
    }
    return -1;
}

std::optional<Date> civil(int year, int month, int day) {
    if (year <= 2000 || year > 2088 || month < 1 || month > 12 || day < 1) {
        return std::nullopt;
    }
    const auto date = base::date_of(year, month, day);
    const auto back = base::civil_of(date);
    return back.day == day && back.month == month ? std::optional(date) : std::nullopt;
}

bool is_dash(char c) { return c == '-' || c == '/' || c == '.'; }

// "3-4-2026", "03/04/2026": three numbers, the last of four digits. False: not of that shape.
bool three_numbers(std::string_view text, int& first, int& second, int& year) {
    const auto one = std::find_if(text.begin(), text.end(), is_dash);
    const auto a = static_cast<std::size_t>(one - text.begin());
    if (a == 0 || a > 2 || a == text.size()) {
        return false;
    }
    const auto rest = text.substr(a + 1);
    const auto two = std::find_if(rest.begin(), rest.end(), is_dash);
    const auto b = static_cast<std::size_t>(two - rest.begin());
    if (b == 0 || b > 2 || rest.size() != b + 5) {
        return false;
    }
    first = digits(text, 0, a);
    second = digits(rest, 0, b);
    year = digits(rest, b + 1, 4);
    return first >= 0 && second >= 0 && year >= 0;
}

// How many characters of `text` are its date; 0 if it begins with none.
std::size_t date_length(std::string_view text, DateForm form) {
    if (form == DateForm::DayFirst || form == DateForm::MonthFirst) {
        return std::min(text.find_first_of(" T_"), text.size());
    }
    if (digits(text, 0, 8) >= 0) {
        return 8;
    }
    if (text.size() >= 10 && digits(text, 0, 4) >= 0) {
        return 10;
    }
    return text.size() >= 11 && month_of(text.substr(3, 3)) > 0 ? 11 : 0;
}

std::optional<Timestamp> epoch(std::string_view text, int64_t unit) {
    int64_t value = 0;
    const char* last = text.data() + text.size();
    const auto [end, error] = std::from_chars(text.data(), last, value);
    constexpr int64_t kYear2001 = 978'307'200;
    constexpr int64_t kYear2089 = 3'755'289'600;
    const auto scale = 1'000'000'000 / unit;  // ticks a second
    if (error != std::errc{} || end != last || value / scale < kYear2001 ||
        value / scale >= kYear2089) {
        return std::nullopt;
    }
    return Timestamp{value * unit};
}

// Cuts "Z", "+05:30", "+0530" or "+00" off the end. nullopt: none is there.
std::optional<Duration> cut_offset(std::string_view& time) {
    if (time.ends_with('Z')) {
        time.remove_suffix(1);
        return Duration{};
    }
    const auto sign = time.find_first_of("+-");
    if (sign == std::string_view::npos) {
        return std::nullopt;
    }
    const auto zone = time.substr(sign + 1);
    const int hours = digits(zone, 0, 2);
    const int minutes = zone.size() == 2                     ? 0
                        : zone.size() == 4                   ? digits(zone, 2, 2)
                        : zone.size() == 5 && zone[2] == ':' ? digits(zone, 3, 2)
                                                             : -1;
    if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) {
        return std::nullopt;
    }
    const auto span = base::minutes(hours * 60 + minutes);
    const bool is_west = time[sign] == '-';
    time = time.substr(0, sign);
    return is_west ? Duration{-span.ns} : span;
}

// "0931" and "093145", as behind a compact date.
std::optional<Duration> compact_time(std::string_view text) {
    const int hour = digits(text, 0, 2);
    const int minute = digits(text, 2, 2);
    const int second = text.size() == 6 ? digits(text, 4, 2) : 0;
    if ((text.size() != 4 && text.size() != 6) || hour < 0 || hour > 23 || minute < 0 ||
        minute > 59 || second < 0 || second > 59) {
        return std::nullopt;
    }
    return base::seconds(hour * 3600 + minute * 60 + second);
}

}  // namespace

bool is_ambiguous_date(std::string_view text) {
    int first = 0;
    int second = 0;
    int year = 0;
    return three_numbers(text.substr(0, text.find_first_of(" T_")), first, second, year);
}

std::optional<Date> read_date(std::string_view text, DateForm form) {
    if (form == DateForm::DayFirst || form == DateForm::MonthFirst) {
        int first = 0;
        int second = 0;
        int year = 0;
        if (!three_numbers(text, first, second, year)) {
            return std::nullopt;
        }
        const bool is_day_first = form == DateForm::DayFirst;
        return civil(year, is_day_first ? second : first, is_day_first ? first : second);
    }
    if (text.size() == 8 && digits(text, 0, 8) >= 0) {
        return civil(digits(text, 0, 4), digits(text, 4, 2), digits(text, 6, 2));
    }
    if (text.size() == 10 && is_dash(text[4]) && text[7] == text[4]) {
        return civil(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
    }
    if (text.size() == 11 && (is_dash(text[2]) || text[2] == ' ') && text[6] == text[2]) {
        return civil(digits(text, 7, 4), month_of(text.substr(3, 3)), digits(text, 0, 2));
    }
    return std::nullopt;
}

std::optional<Duration> read_time(std::string_view text) {
    const int hour = digits(text, 0, 2);
    const int minute = digits(text, 3, 2);
    if (text.size() < 5 || text[2] != ':' || hour < 0 || hour > 23 || minute < 0 || minute > 59) {
        return std::nullopt;
    }
    int64_t ns = (int64_t{hour} * 60 + minute) * 60'000'000'000;
    if (text.size() == 5) {
        return Duration{ns};
    }
    const int second = digits(text, 6, 2);
    if (text[5] != ':' || second < 0 || second > 59) {
        return std::nullopt;
    }
    ns += int64_t{second} * 1'000'000'000;
    if (text.size() > 8) {
        int64_t unit = 100'000'000;
        if (text[8] != '.' || text.size() == 9 || text.size() > 18) {
            return std::nullopt;
        }
        for (const char c : text.substr(9)) {
            if (c < '0' || c > '9') {
                return std::nullopt;
            }
            ns += (c - '0') * unit;
            unit /= 10;
        }
    }
    return Duration{ns};
}

std::optional<Timestamp> read_moment(std::string_view text, DateForm form, Duration offset) {
    switch (form) {
        case DateForm::EpochSeconds:
            return epoch(text, 1'000'000'000);
        case DateForm::EpochMillis:
            return epoch(text, 1'000'000);
        case DateForm::EpochNanos:
            return epoch(text, 1);
        case DateForm::Plain:
        case DateForm::DayFirst:
        case DateForm::MonthFirst:
            break;
    }
    const auto length = date_length(text, form);
    const auto date = read_date(text.substr(0, length), form);
    if (length == 0 || !date) {
        return std::nullopt;
    }
    auto rest = text.substr(length);
    const bool has_mark = !rest.empty() && (rest[0] == ' ' || rest[0] == 'T' || rest[0] == '_');
    if (has_mark) {
        rest.remove_prefix(1);
    } else if (length != 8) {
        return std::nullopt;
    }
    offset = cut_offset(rest).value_or(offset);
    const auto time =
        rest.find(':') == std::string_view::npos ? compact_time(rest) : read_time(rest);
    if (!time) {
        return std::nullopt;
    }
    constexpr int64_t kDayNs = 86'400'000'000'000;
    return Timestamp{date->days * kDayNs + time->ns - offset.ns};
}

}  // namespace sauda::importer
