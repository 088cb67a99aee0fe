#include "common/indicators/bar_folder.h"

#include "common/indicators/on_timeframe.h"
#include "common/indicators/pivots.h"
#include "common/indicators/sma.h"
#include "tests/support/indicator_harness.h"

#include <catch2/catch.hpp>

namespace sauda::indicators {

using base::Duration;
using base::minutes;
using base::Timestamp;

namespace {

constexpr int kMinutes = 375;  // 09:15 to 15:30

Timestamp open_of(int day) {
    return base::ist(base::date_of(2026, 8, 3 + day), minutes(9 * 60 + 15));
}
Timestamp close_of(int day) { return open_of(day) + minutes(kMinutes); }

struct Minute {
    TimedBar base;
    int day = 0;
    bool opens_session = false;
};
using Day = std::vector<Minute>;

// One-minute bars of some days; with `holes`, one in five is missing.
Day minutes_of(uint64_t seed, int days, bool holes) {
    base::Rng rng(seed);
    const auto bars =
        test::make_series(test::Market::Walk, seed, static_cast<std::size_t>(days * kMinutes));
    Day result;
    for (int day = 0; day < days; ++day) {
        bool opens = true;
        for (int i = 0; i < kMinutes; ++i) {
            if (holes && rng.chance(0.2)) {
                continue;
            }
            const Timestamp start = open_of(day) + minutes(i);
            const auto at = static_cast<std::size_t>(day * kMinutes + i);
            result.push_back({{start, start + minutes(1), bars[at].bar}, day, opens});
            opens = false;
        }
    }
    return result;
}

// Long bars by grouping all base bars, those that are over at `now` only.
std::vector<TimedBar> naive_fold(const Day& all, int length, Timestamp now) {
    std::vector<TimedBar> result;
    for (const auto& minute : all) {
        const Timestamp open = open_of(minute.day);
        const auto index = (minute.base.start - open).ns / minutes(length).ns;
        const Timestamp start = open + minutes(index * length);
        const Timestamp end = std::min(start + minutes(length), close_of(minute.day));
        if (now < end) {
            break;
        }
        const BarInput& bar = minute.base.bar;
        if (result.empty() || result.back().start != start) {
            result.push_back({start, end, bar});
            continue;
        }
        BarInput& sum = result.back().bar;
        sum = {sum.open, std::max(sum.high, bar.high), std::min(sum.low, bar.low), bar.close,
               sum.volume + bar.volume};
    }
    return result;
}

}  // namespace

TEST_CASE("long bars equal their base bars grouped, and each is known at its end and not before") {
    for (const bool holes : {false, true}) {
        const Day all = minutes_of(5, 3, holes);
        for (const int length : {1, 3, 5, 15, 60, 375}) {
            BarFolder folder(minutes(length));
            std::vector<TimedBar> folded;
            const auto sink = [&](const TimedBar& bar) { folded.push_back(bar); };
            for (const auto& minute : all) {
                if (minute.opens_session) {
                    folder.open_session(open_of(minute.day), close_of(minute.day), sink);
                }
                REQUIRE(folder.push(minute.base, sink));
                const auto expected = naive_fold(all, length, minute.base.end);
                REQUIRE(folded.size() == expected.size());
                REQUIRE(base::save_to_bytes(folded) == base::save_to_bytes(expected));
            }
        }
    }
}

TEST_CASE("the last hour of a session is a bar of fifteen minutes") {
    BarFolder folder(minutes(60));
    std::vector<TimedBar> folded;
    const auto sink = [&](const TimedBar& bar) { folded.push_back(bar); };
    for (const auto& minute : minutes_of(5, 1, false)) {
        if (minute.opens_session) {
            folder.open_session(open_of(0), close_of(0), sink);
        }
        REQUIRE(folder.push(minute.base, sink));
    }
    REQUIRE(folded.size() == 7);
    CHECK(folded[0].start == open_of(0));
    CHECK(folded[6].start == open_of(0) + minutes(360));
    CHECK(folded[6].end == close_of(0));
}

TEST_CASE("when base bars are missing a long bar is handed out by the clock") {
    BarFolder folder(minutes(5));
    std::vector<TimedBar> folded;
    const auto sink = [&](const TimedBar& bar) { folded.push_back(bar); };
    folder.open_session(open_of(0), close_of(0), sink);
    CHECK_FALSE(folder.due());
    const BarInput bar{100.0, 101.0, 99.0, 100.0, 75.0};
    REQUIRE(folder.push({open_of(0), open_of(0) + minutes(1), bar}, sink));
    REQUIRE(folder.due() == open_of(0) + minutes(5));
    folder.advance({folder.due()->ns - 1}, sink);
    CHECK(folded.empty());
    folder.advance(*folder.due(), sink);
    REQUIRE(folded.size() == 1);
    CHECK(folded[0].end == open_of(0) + minutes(5));
    // What was handed out is not changed by a base bar that comes late.
    CHECK_FALSE(folder.push({open_of(0) + minutes(3), open_of(0) + minutes(4), bar}, sink));
    CHECK_FALSE(folder.due());
}

TEST_CASE("a base bar outside the session, twice or across a long bar's end is refused") {
    BarFolder folder(minutes(5));
    int bars = 0;
    const auto sink = [&](const TimedBar&) { ++bars; };
    const BarInput bar{100.0, 101.0, 99.0, 100.0, 75.0};
    const auto base = [&](int from, int to) {
        return TimedBar{open_of(0) + minutes(from), open_of(0) + minutes(to), bar};
    };
    CHECK_FALSE(folder.push(base(0, 1), sink));  // no session yet
    folder.open_session(open_of(0), close_of(0), sink);
    CHECK_FALSE(folder.push(base(-1, 0), sink));
    CHECK_FALSE(folder.push(base(375, 376), sink));
    CHECK_FALSE(folder.push(base(374, 376), sink));
    CHECK_FALSE(folder.push(base(4, 6), sink));
    CHECK_FALSE(folder.push(base(2, 2), sink));
    REQUIRE(folder.push(base(2, 3), sink));
    const std::string before = base::save_to_bytes(folder);
    CHECK_FALSE(folder.push(base(2, 3), sink));
    CHECK_FALSE(folder.push(base(0, 1), sink));
    CHECK(base::save_to_bytes(folder) == before);
    CHECK(bars == 0);
}

TEST_CASE("the bar a session left unfinished belongs to that session") {
    OnTimeframe<Pivots> daily(minutes(60), Pivots(PivotMethod::Classic));
    daily.open_session(open_of(0), close_of(0));
    const Timestamp start = open_of(0) + minutes(360);
    REQUIRE(daily.push({start, start + minutes(1), {100.0, 110.0, 90.0, 100.0, 1.0}}));
    daily.open_session(open_of(1), close_of(1));  // the last 14 minutes never came
    REQUIRE(daily.get().is_ready());
    CHECK(daily.get().levels().pivot == 100.0);
    CHECK(daily.known_until() == close_of(0));
}

namespace {

struct FeedMinutes {
    template <class Indicator>
    void operator()(Indicator& indicator, const Minute& minute) const {
        if (minute.opens_session) {
            indicator.open_session(open_of(minute.day), close_of(minute.day));
        }
        REQUIRE(indicator.push(minute.base));
    }
};

OnTimeframe<Sma> slow_average() { return {minutes(15), Sma(5)}; }

test::Trace honest(const Day& all) { return test::trace_of(slow_average, all, FeedMinutes{}); }

// Cheat: joins each minute with the long bar it lies in, as a table resampled by the start of its
// bars and filled forward does.
test::Trace joined_by_start(const Day& all) {
    test::Trace trace;
    for (const auto& minute : all) {
        Sma average(5);
        for (const auto& bar : naive_fold(all, 15, Timestamp::max())) {
            if (bar.start <= minute.base.start) {
                average.push(bar.bar.close);
            }
        }
        trace.push_back(test::outputs_of(average));
    }
    return trace;
}

}  // namespace

TEST_CASE("an indicator on longer bars knows completed ones only") {
    const Day all = minutes_of(8, 2, true);
    const test::Trace trace = honest(all);
    for (std::size_t t = 0; t < all.size(); ++t) {
        Sma average(5);
        for (const auto& bar : naive_fold(all, 15, all[t].base.end)) {
            average.push(bar.bar.close);
        }
        REQUIRE(test::is_same(trace[t], test::outputs_of(average)));
    }
    for (const std::size_t warm_up : {0U, 7U, 100U, 301U}) {
        CHECK(test::resumes(slow_average, all, warm_up, FeedMinutes{}) == "");
    }
}

TEST_CASE("a longer time frame that looks ahead is caught, ours does not") {
    const Day all = minutes_of(8, 1, false);
    // Another future cannot start the same day again: prefixes only.
    const auto whole_honest = honest(all);
    const auto whole_joined = joined_by_start(all);
    int caught = 0;
    for (std::size_t length = 80; length < all.size(); length += 37) {
        const Day prefix(all.begin(), all.begin() + static_cast<int>(length));
        REQUIRE(test::is_same(honest(prefix).back(), whole_honest[length - 1]));
        caught += test::is_same(joined_by_start(prefix).back(), whole_joined[length - 1]) ? 0 : 1;
    }
    CHECK(caught > 0);
}

}  // namespace sauda::indicators
