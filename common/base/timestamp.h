#pragma once

#include "common/base/fixed.h"

#include <compare>
#include <cstdint>

namespace sauda::base {

// A span of time in nanoseconds.
struct Duration {
    int64_t ns = 0;
    friend constexpr auto operator<=>(Duration, Duration) = default;
};
constexpr Duration milliseconds(int64_t n) { return {n * 1'000'000}; }
constexpr Duration seconds(int64_t n) { return {n * 1'000'000'000}; }
constexpr Duration minutes(int64_t n) { return seconds(n * 60); }

// A calendar date: days since 1970-01-01 (proleptic Gregorian).
struct Date {
    int32_t days = 0;
    friend constexpr auto operator<=>(Date, Date) = default;
};
struct CivilDate {
    int year = 1970;
    int month = 1;
    int day = 1;
};
Date date_of(int year, int month, int day);
CivilDate civil_of(Date date);
// 0 = Sunday ... 6 = Saturday.
int weekday_of(Date date);

// An instant: nanoseconds since 1970-01-01 00:00 UTC. IST exists only in display and calendars.
struct Timestamp {
    int64_t ns = 0;

    static constexpr Timestamp max() { return {INT64_MAX}; }
    [[nodiscard]] constexpr bool is_set() const { return ns != 0; }

    friend constexpr auto operator<=>(Timestamp, Timestamp) = default;
    friend Timestamp operator+(Timestamp t, Duration d) { return {checked_add(t.ns, d.ns)}; }
    friend Timestamp operator-(Timestamp t, Duration d) { return {checked_sub(t.ns, d.ns)}; }
    friend Duration operator-(Timestamp a, Timestamp b) { return {checked_sub(a.ns, b.ns)}; }
};

inline constexpr Duration kIstOffset = minutes(330);

// The Indian calendar date and the time since its midnight.
Date ist_date(Timestamp t);
Duration ist_time_of_day(Timestamp t);
// The instant of a wall-clock time in India.
Timestamp ist(Date date, Duration time_of_day);

}  // namespace sauda::base
