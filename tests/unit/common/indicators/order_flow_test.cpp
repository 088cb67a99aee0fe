#include "common/indicators/cumulative_delta.h"
#include "common/indicators/opening_range.h"
#include "common/indicators/order_flow_imbalance.h"
#include "common/indicators/volume_profile.h"

#include <catch2/catch.hpp>

// Definitions on a handful of quotes, trades and bars.
namespace sauda::indicators {

TEST_CASE("order-flow imbalance adds what came to the bid and takes off what came to the ask") {
    // bid x size / ask x size                  e
    const std::vector<BestQuote> quotes = {{100.0, 10, 101.00, 20},
                                           {100.0, 15, 101.00, 20},   // 15 - 10 at the bid: +5
                                           {100.5, 5, 101.00, 20},    // a better bid: its whole 5
                                           {100.5, 5, 100.75, 8},     // a better ask: -8
                                           {100.0, 12, 100.75, 8},    // the bid of 5 has gone: -5
                                           {100.0, 12, 101.00, 30}};  // the ask of 8 has gone: +8
    OrderFlowImbalance flow(5);
    for (const auto& quote : quotes) {
        REQUIRE(!flow.is_ready());
        flow.push(quote);
    }
    REQUIRE(flow.is_ready());
    CHECK(flow.value() == 5.0);
    CHECK(flow.normalised() == 5.0 / 31.0);
    CHECK(flow.session() == 5.0);
    flow.push({100.0, 12, 0.0, 0});      // no ask
    flow.push({100.0, 12, 99.0, 9});     // crossed
    flow.push({100.0, 99, 101.00, 99});  // begins a new chain: nobody knows what came when
    CHECK(flow.unusable() == 2);
    CHECK(flow.session() == 5.0);
    flow.push({100.0, 100, 101.00, 99});
    CHECK(flow.session() == 6.0);
    CHECK(flow.value() == 1.0);  // 5 - 8 - 5 + 8 + 1
    flow.start_session();
    CHECK(!flow.is_ready());
    CHECK(flow.session() == 0.0);
    CHECK(flow.unusable() == 0);
    flow.push({100.0, 1, 101.00, 1});
    CHECK(flow.session() == 0.0);
}

TEST_CASE("a book where nothing changes has an imbalance of zero") {
    OrderFlowImbalance flow(3);
    for (int i = 0; i < 4; ++i) {
        flow.push({100.0, 10, 101.0, 10});
    }
    CHECK(flow.value() == 0.0);
    CHECK(flow.normalised() == 0.0);
}

TEST_CASE("cumulative delta signs volume by the quote before it, then by the tick") {
    const BestQuote book = {100.0, 10, 101.0, 10};
    CumulativeDelta delta;
    delta.push({book, 100.5, 1000});  // the mark
    CHECK(!delta.is_ready());
    delta.push({{101.0, 5, 102.0, 5}, 101.0, 1030});  // above 100.5, the middle before: bought 30
    CHECK(delta.is_ready());
    CHECK(delta.value() == 30.0);
    delta.push({book, 101.0, 1050});  // below 101.5: sold 20
    CHECK(delta.step() == -20.0);
    CHECK(delta.value() == 10.0);
    delta.push({book, 100.5, 1060});  // at the middle, last 101.0 before: sold 10
    CHECK(delta.value() == 0.0);
    delta.push({book, 100.5, 1065});  // at the middle, the other price was 101.0: sold 5
    CHECK(delta.value() == -5.0);
    delta.push({book, 100.5, 1065});  // no trade
    CHECK(delta.step() == 0.0);
    CHECK(delta.bought() == 30.0);
    CHECK(delta.sold() == 35.0);
    CHECK(delta.unsigned_units() == 0.0);
}

TEST_CASE("volume that falls is ignored and counted, and nothing counts twice") {
    const BestQuote book = {100.0, 10, 101.0, 10};
    CumulativeDelta delta;
    delta.push({book, 101.0, 1000});
    delta.push({book, 101.0, 1100});
    delta.push({book, 101.0, 900});  // a fault
    CHECK(delta.volume_decreases() == 1);
    CHECK(delta.step() == 0.0);
    delta.push({book, 101.0, 1050});  // still below what was seen
    CHECK(delta.volume_decreases() == 2);
    delta.push({book, 101.0, 1120});
    CHECK(delta.value() == 120.0);
    delta.start_session();
    CHECK(!delta.is_ready());
    CHECK(delta.volume_decreases() == 0);
    delta.push({book, 101.0, 40});  // the new session's mark, no fall
    delta.push({book, 101.0, 50});
    CHECK(delta.value() == 10.0);
    CHECK(delta.volume_decreases() == 0);
}

TEST_CASE("volume that nothing tells the side of is unsigned") {
    CumulativeDelta delta;
    delta.push({{}, 0.0, 0});
    delta.push({{}, 100.0, 10});  // the first trade, no quote
    delta.push({{}, 100.0, 15});  // no other price yet
    CHECK(delta.unsigned_units() == 15.0);
    delta.push({{}, 101.0, 25});  // an uptick
    CHECK(delta.value() == 10.0);
    delta.push({{}, 0.0, 35});  // last price unknown
    CHECK(delta.unsigned_units() == 25.0);
    CHECK(delta.value() == 10.0);
}

TEST_CASE("the value area grows from the point of control to the heavier side") {
    VolumeProfile profile({.bucket = 10, .share = 0.7, .max_buckets = 100});
    CHECK(!profile.is_ready());
    // bucket   90  100  110  120  130
    // volume    5   10   50   25   10
    profile.push(100.0, 10);
    profile.push(112.0, 30);
    profile.push(119.95, 20);
    profile.push(125.0, 25);
    profile.push(95.0, 5);
    profile.push(130.0, 10);
    CHECK(profile.total() == 100.0);
    CHECK(profile.point_of_control() == 115.0);
    CHECK(profile.value_area() == ValueArea{110, 130});  // 50, then 25 of above: 75
    profile.push(95.0, 26);                              // 31 at 90: now 50 + 25 of 126 are too few
    CHECK(profile.value_area() == ValueArea{100, 140});  // + 10 above (a tie) + 10 below: 95
    profile.push(BarInput{105, 128, 101, 110, 30});      // 10 each to 100, 110, 120
    CHECK(profile.volume_at(100) == 20.0);
    CHECK(profile.volume_at(115) == 60.0);
    CHECK(profile.volume_at(129.95) == 35.0);
    CHECK(profile.volume_at(1'000) == 0.0);
    profile.start_session();
    CHECK(!profile.is_ready());
    profile.push(50.0, 1);
    CHECK(profile.value_area() == ValueArea{50, 60});
}

TEST_CASE("of two equal points of control the lower one counts, whichever came first") {
    for (const bool low_first : {true, false}) {
        VolumeProfile profile({.bucket = 1, .share = 0.7, .max_buckets = 10});
        profile.push(low_first ? 3.0 : 5.0, 10);
        profile.push(low_first ? 5.0 : 3.0, 10);
        CHECK(profile.point_of_control() == 3.5);
    }
}

TEST_CASE("a profile keeps to its buckets, and what is outside is said") {
    VolumeProfile profile({.bucket = 1, .share = 0.7, .max_buckets = 10});
    profile.push(100.0, 10);
    profile.push(109.0, 10);
    profile.push(110.0, 7);                         // the eleventh
    profile.push(99.0, 5);                          // also
    profile.push(BarInput{105, 111, 104, 105, 3});  // reaches out of it: all of it
    CHECK(profile.outside() == 15.0);
    CHECK(profile.total() == 20.0);
    CHECK(profile.volume_at(104) == 0.0);
}

TEST_CASE("a price on the edge of a bucket of 5 paise belongs to the bucket above it") {
    VolumeProfile profile({.bucket = 0.05, .share = 0.7, .max_buckets = 4096});
    for (int tick = 1; tick < 4000; ++tick) {
        const double price = tick * 0.05;
        profile.push(price, 1);
        REQUIRE(profile.volume_at(tick / 20.0) == 1.0);  // the same price, rounded otherwise
    }
    CHECK(profile.total() == 3999.0);
    CHECK(profile.outside() == 0.0);
}

namespace {

BarInput hlc(double high, double low, double close) { return {close, high, low, close, 0.0}; }

}  // namespace

TEST_CASE("the opening range is known when it is over, and then says where the close is") {
    OpeningRange range(3);
    range.push(hlc(105, 100, 104));
    range.push(hlc(107, 103, 106));
    CHECK(!range.is_ready());
    range.push(hlc(106, 99, 101));  // ends with minute 3: the range is 99 to 107
    REQUIRE(range.is_ready());
    CHECK(range.high() == 107.0);
    CHECK(range.low() == 99.0);
    CHECK(range.breakout() == Direction::None);
    range.push(hlc(108, 104, 106.5));  // a spike is no breakout
    CHECK(range.breakout() == Direction::None);
    range.push(hlc(109, 106, 108));
    CHECK(range.breakout() == Direction::Up);
    range.push(hlc(108, 98, 98.5));
    CHECK(range.breakout() == Direction::Down);
    CHECK(range.first_break() == Direction::Up);
    CHECK(range.high() == 107.0);
    range.start_session();
    CHECK(!range.is_ready());
    CHECK(range.first_break() == Direction::None);
}

TEST_CASE("with bars missing the opening range is known with the first bar after it") {
    OpeningRange range(15);
    range.push(hlc(105, 100, 104), 1);
    range.push(hlc(106, 101, 104), 9);
    CHECK(!range.is_ready());
    range.push(hlc(120, 103, 119), 21);  // minutes 10 to 20 are missing
    REQUIRE(range.is_ready());
    CHECK(range.high() == 106.0);
    CHECK(range.bars() == 2);
    CHECK(range.breakout() == Direction::Up);

    OpeningRange late(15);  // a recording that begins later
    late.push(hlc(105, 100, 104), 16);
    late.push(hlc(105, 100, 104), 17);
    CHECK(!late.is_ready());
}

}  // namespace sauda::indicators
