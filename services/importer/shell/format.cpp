#include "services/importer/shell/format.h"

#include "common/domain/contract_id.h"

#include <fmt/core.h>

#include <array>

namespace sauda::importer {

namespace {

constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kMillisecond = 1'000'000;

}  // namespace

std::string grouped(uint64_t value) {
    std::string digits = std::to_string(value);
    for (std::size_t at = 3, width = 3; digits.size() > at; at += width + 1) {
        digits.insert(digits.size() - at, ",");
        width = 2;
    }
    return digits;
}

std::string clock_text(base::Timestamp time) {
    const auto day = base::ist_time_of_day(time).ns;
    const auto seconds = day / kSecond;
    auto text = fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    const auto rest = day % kSecond / kMillisecond;
    return rest == 0 ? text : text + fmt::format(".{:03}", rest);
}

std::string moment_text(base::Timestamp time) {
    return domain::to_text(base::ist_date(time)) + " " + clock_text(time);
}

std::string span_text(base::Duration span) {
    const auto seconds = span.ns / kSecond;
    if (seconds >= 120) {
        return fmt::format("{}m{:02}s", seconds / 60, seconds % 60);
    }
    return fmt::format("{:.4g} s", static_cast<double>(span.ns) / 1e9);
}

std::string bytes_text(uint64_t bytes) {
    if (bytes < 1000) {
        return fmt::format("{} bytes", bytes);
    }
    const auto value = static_cast<double>(bytes);
    return bytes < 1'000'000 ? fmt::format("{:.1f} kB", value / 1e3)
                             : fmt::format("{:.1f} MB", value / 1e6);
}

std::string weekday_text(base::Date date) {
    constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    return kDays.at(static_cast<std::size_t>(base::weekday_of(date)));
}

}  // namespace sauda::importer
