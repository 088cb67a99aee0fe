#include "common/base/timestamp.h"

#include <catch2/catch.hpp>

using namespace sauda::base;

TEST_CASE("timestamp: civil dates and day numbers agree over four centuries", "[unit][base]") {
    CHECK(date_of(1970, 1, 1).days == 0);
    CHECK(date_of(2000, 1, 1).days == 10957);
    CHECK(date_of(2025, 8, 29).days == 20329);
    for (int days = -73'000; days <= 73'000; ++days) {
        const auto civil = civil_of({days});
        REQUIRE(date_of(civil.year, civil.month, civil.day).days == days);
    }
    CHECK(civil_of(date_of(2024, 2, 29)).day == 29);
    CHECK(civil_of(date_of(2025, 2, 29)).month == 3);
}

TEST_CASE("timestamp: weekdays count from Sunday", "[unit][base]") {
    CHECK(weekday_of(date_of(1970, 1, 1)) == 4);
    CHECK(weekday_of(date_of(2025, 8, 29)) == 5);
    CHECK(weekday_of(date_of(2025, 8, 31)) == 0);
    CHECK(weekday_of(date_of(1969, 12, 31)) == 3);
    CHECK(weekday_of(date_of(1965, 12, 26)) == 0);
}

TEST_CASE("timestamp: India is five and a half hours ahead of UTC", "[unit][base]") {
    const auto date = date_of(2025, 8, 29);
    const auto open = ist(date, minutes(9 * 60 + 15));
    CHECK(open.ns == 1'756'439'100'000'000'000);  // 03:45 UTC
    CHECK(ist_date(open) == date);
    CHECK(ist_time_of_day(open) == minutes(9 * 60 + 15));
}

TEST_CASE("timestamp: the Indian day changes at Indian midnight, also before 1970",
          "[unit][base]") {
    for (const int year : {1950, 1969, 1970, 2025}) {
        const auto date = date_of(year, 1, 1);
        const auto midnight = ist(date, {});
        CHECK(ist_date(midnight) == date);
        CHECK(ist_time_of_day(midnight) == Duration{});
        CHECK(ist_date(midnight - Duration{1}).days == date.days - 1);
        CHECK(ist_time_of_day(midnight - Duration{1}).ns == 86'400'000'000'000 - 1);
    }
}

TEST_CASE("timestamp: spans add to instants", "[unit][base]") {
    const Timestamp t{1'000};
    CHECK((t + milliseconds(2)).ns == 2'001'000);
    CHECK((t + seconds(1)) - t == milliseconds(1000));
    CHECK(t - seconds(1) == Timestamp{-999'999'000});
    CHECK_FALSE(Timestamp{}.is_set());
    CHECK(t.is_set());
}
