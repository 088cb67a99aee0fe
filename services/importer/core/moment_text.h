#pragma once

#include "common/base/timestamp.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace sauda::importer {

using base::Date;
using base::Duration;
using base::Timestamp;

// How a column of dates or instants is written. Plain: the year first or the month by its name,
// which can be read in one way only: 2026-01-29, 20260129, 29-Jan-2026. The numbers alone do not
// tell 03-04-2026 apart, so those two forms are taken only where they are declared.
enum class DateForm : uint8_t {
    Plain,
    DayFirst,
    MonthFirst,
    EpochSeconds,
    EpochMillis,
    EpochNanos
};

// nullopt: not such a date. Years 2001 to 2088.
std::optional<Date> read_date(std::string_view text, DateForm form);
// True of 03-04-2026, 3/4/2026: a date whose order of day and month nothing tells.
bool is_ambiguous_date(std::string_view text);
// "09:15", "09:15:30", "09:15:30.250": since midnight.
std::optional<Duration> read_time(std::string_view text);
// A date, then a time behind a blank, 'T' or '_' or directly (202608170931). offset: of the wall
// clock from UTC; a text that names its own ("Z", "+05:30", "+00") has the last word.
std::optional<Timestamp> read_moment(std::string_view text, DateForm form, Duration offset);

}  // namespace sauda::importer
