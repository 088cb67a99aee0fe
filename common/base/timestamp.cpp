#include "common/base/timestamp.h"

namespace sauda::base {

// Howard Hinnant's civil calendar algorithms (public domain), on days since 1970-01-01.
Date date_of(int year, int month, int day) {
    const int y = year - (month <= 2 ? 1 : 0);
    const int era = (y >= 0 ? y : y - 399) / 400;
    const int yoe = y - era * 400;
    const int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return {era * 146097 + doe - 719468};
}

CivilDate civil_of(Date date) {
    const int z = date.days + 719468;
    const int era = (z >= 0 ? z : z - 146096) / 146097;
    const int doe = z - era * 146097;
    const int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const int mp = (5 * doy + 2) / 153;
    const int day = doy - (153 * mp + 2) / 5 + 1;
    const int month = mp < 10 ? mp + 3 : mp - 9;
    return {yoe + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

int weekday_of(Date date) {
    const int w = (date.days + 4) % 7;
    return w < 0 ? w + 7 : w;
}

namespace {
constexpr int64_t kDayNs = 86'400'000'000'000;

int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }
}  // namespace

Date ist_date(Timestamp t) {
    return {static_cast<int32_t>(floor_div((t + kIstOffset).ns, kDayNs))};
}

Duration ist_time_of_day(Timestamp t) {
    const int64_t local = (t + kIstOffset).ns;
    return {local - floor_div(local, kDayNs) * kDayNs};
}

Timestamp ist(Date date, Duration time_of_day) {
    return Timestamp{checked_mul(date.days, kDayNs)} + time_of_day - kIstOffset;
}

}  // namespace sauda::base
