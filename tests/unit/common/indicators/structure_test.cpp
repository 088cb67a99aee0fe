#include "common/indicators/fair_value_gaps.h"
#include "common/indicators/liquidity_zones.h"
#include "common/indicators/market_structure.h"
#include "common/indicators/order_blocks.h"
#include "common/indicators/swing_levels.h"

#include <catch2/catch.hpp>

// The definitions on markets small enough to follow with a finger. An ATR of one bar is the true
// range of that bar.
namespace sauda::indicators {

namespace {

// A bar by high, low and close; opens do not matter to most.
BarInput hlc(double high, double low, double close) { return {close, high, low, close, 0.0}; }

}  // namespace

TEST_CASE("a swing is known as many bars later as it needs to its right, and of equals the first") {
    // bar     0   1   2   3   4   5   6   7   8
    // high   10  11  15  14  13  15  15  12  11     15 of bar 2 known with 4, of bar 5 with 7
    // low     8   9  12  11   7  12  13  10   9     7 of bar 4 known with 6
    const std::vector<double> highs = {10, 11, 15, 14, 13, 15, 15, 12, 11};
    const std::vector<double> lows = {8, 9, 12, 11, 7, 12, 13, 10, 9};
    SwingPoints swings(2, 2);
    for (std::size_t i = 0; i < highs.size(); ++i) {
        swings.push(hlc(highs[i], lows[i], lows[i]));
        REQUIRE(swings.is_ready() == (i >= 4));
        const auto high = i == 4   ? std::optional(Swing{15, 2})
                          : i == 7 ? std::optional(Swing{15, 5})
                                   : std::nullopt;
        const auto low = i == 6 ? std::optional(Swing{7, 4}) : std::nullopt;
        REQUIRE(swings.new_high() == high);
        REQUIRE(swings.new_low() == low);
    }
    CHECK(swings.last_high() == Swing{15, 5});
    CHECK(swings.last_low() == Swing{7, 4});
}

TEST_CASE("a swing may ask for more bars on one side than on the other") {
    SwingPoints quick(3, 1);
    for (const double high : {10.0, 11.0, 12.0, 15.0}) {
        quick.push(hlc(high, 5, 6));
        REQUIRE(!quick.new_high());
    }
    quick.push(hlc(14, 5, 6));
    CHECK(quick.new_high() == Swing{15, 3});
}

TEST_CASE("swings near each other are touches of one level, which changes its role when passed") {
    SwingLevels levels({.left = 1,
                        .right = 1,
                        .atr_period = 1,
                        .tolerance_atr = 0.5,
                        .min_touches = 2,
                        .max_levels = 2,
                        .max_age = 100});
    levels.push(hlc(102, 98, 100));
    levels.push(hlc(110, 106, 108));
    levels.push(hlc(105, 101, 103));  // swing high 110 of bar 1: range 7, so within 3.5 is a touch
    CHECK(levels.levels() == std::vector<PriceLevel>{{110, 1, 0, 1}});
    levels.push(hlc(103, 99, 101));
    levels.push(hlc(109, 105, 107));  // swing low 99 of bar 3, 11 away: a level of its own
    CHECK(!levels.resistance());      // nothing has two touches
    levels.push(hlc(104, 100, 102));  // swing high 109 of bar 4: second touch of 110, mean 109.5
    CHECK(levels.levels() == std::vector<PriceLevel>{{109.5, 2, 0, 4}, {99, 1, 0, 3}});
    CHECK(levels.resistance() == PriceLevel{109.5, 2, 0, 4});
    CHECK(!levels.support());
    levels.push(hlc(115, 111, 113));  // passes 109.5; swing low 100 of bar 5 is a touch of 99
    CHECK(levels.levels() == std::vector<PriceLevel>{{109.5, 2, 1, 4}, {99.5, 2, 0, 5}});
    CHECK(levels.support() == PriceLevel{109.5, 2, 1, 4});
    CHECK(!levels.resistance());
    levels.push(hlc(112, 108, 110));  // swing high 115: a third level, for the longest untouched
    CHECK(levels.levels() == std::vector<PriceLevel>{{99.5, 2, 0, 5}, {115, 1, 0, 6}});
    CHECK(levels.support() == PriceLevel{99.5, 2, 0, 5});
}

TEST_CASE("a level nobody touches for long enough is forgotten") {
    SwingLevels levels({.left = 1, .right = 1, .atr_period = 1, .min_touches = 1, .max_age = 5});
    for (const double high : {102.0, 110.0, 105.0, 104.0, 103.0, 102.0, 101.0}) {
        levels.push(hlc(high, high - 4, high - 2));
    }
    CHECK(levels.levels() == std::vector<PriceLevel>{{110, 1, 0, 1}});  // bar 6, touched with 1
    levels.push(hlc(100, 96, 98));
    CHECK(levels.levels().empty());
}

TEST_CASE("market structure: higher highs, breaks of structure, changes of character") {
    struct Row {
        double high, low, close;
        std::optional<StructureBreak> made;
        SwingLabel of_high, of_low;
    };
    constexpr auto none = std::nullopt;
    constexpr auto kNo = SwingLabel::None;
    constexpr auto kHh = SwingLabel::HigherHigh;
    constexpr auto kLh = SwingLabel::LowerHigh;
    constexpr auto kHl = SwingLabel::HigherLow;
    constexpr auto kLl = SwingLabel::LowerLow;
    const std::vector<Row> rows = {
        {10, 8, 9, none, kNo, kNo},
        {12, 9, 11, none, kNo, kNo},
        {11, 9.5, 10, none, kNo, kNo},  // 2: swing high 12 of bar 1
        {10, 7, 8, none, kNo, kNo},
        {11, 8, 10, none, kNo, kNo},                                          // 4: swing low 7
        {14, 10, 13, StructureBreak{Direction::Up, false, 12, 1}, kNo, kNo},  // 5: BOS
        {13, 11, 12, none, kHh, kNo},                                         // 6: 14 over 12
        {12, 9, 10, none, kHh, kNo},                                          //
        {13, 10, 12, none, kHh, kHl},                                         // 8: 9 over 7
        {12, 6, 8, StructureBreak{Direction::Down, true, 9, 7}, kLh, kHl},    // 9: CHoCH, LH 13
        {9, 7, 8, none, kLh, kLl},                                            // 10: 9 breaks once
        {8, 5, 5.5, StructureBreak{Direction::Down, false, 6, 9}, kLh, kLl},  // 11: BOS down
        {15, 5, 14, StructureBreak{Direction::Up, true, 13, 8}, kLh, kLl},    // 12: CHoCH up
    };
    MarketStructure structure(1, 1);
    Direction trend = Direction::None;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        INFO("bar " << i);
        structure.push(hlc(rows[i].high, rows[i].low, rows[i].close));
        REQUIRE(structure.new_break() == rows[i].made);
        REQUIRE(structure.high_label() == rows[i].of_high);
        REQUIRE(structure.low_label() == rows[i].of_low);
        trend = rows[i].made ? rows[i].made->direction : trend;
        REQUIRE(structure.trend() == trend);
    }
}

TEST_CASE("an order block is the last candle against the move that breaks the structure") {
    OrderBlocks blocks({.left = 1,
                        .right = 1,
                        .atr_period = 1,
                        .displacement_atr = 1.0,
                        .max_distance = 5,
                        .max_blocks = 2});
    const std::vector<BarInput> rise = {
        {100, 101, 99, 100.5, 0},      // 0
        {100.5, 106, 100, 105, 0},     // 1 the swing high 106
        {105, 105.5, 102, 103, 0},     // 2
        {103, 104, 101, 102, 0},       // 3 the last falling bar: [101, 104]
        {102, 105, 101.5, 104.5, 0}};  // 4
    for (const auto& bar : rise) {
        blocks.push(bar);
        REQUIRE(blocks.blocks().empty());
    }
    blocks.push({104.5, 109, 104, 108.5, 0});  // 5 closes over 106, 7.5 above 101, range 5
    OrderBlock demand{Direction::Up, 101, 104, 3, 5, false};
    CHECK(blocks.new_block() == demand);
    blocks.push({108.5, 109, 106, 106.5, 0});  // 6 stays above
    CHECK(blocks.blocks() == std::vector{demand});
    CHECK(!blocks.new_block());
    blocks.push({106.5, 107, 103.5, 105, 0});  // 7 trades in the zone
    demand.is_tested = true;
    CHECK(blocks.blocks() == std::vector{demand});
    // 8 closes below the zone, which breaks it, and below the swing low 101 of bar 3: a change of
    // character, whose last rising bar is bar 5.
    blocks.push({105, 105.5, 100, 100.5, 0});
    CHECK(blocks.blocks() == std::vector<OrderBlock>{{Direction::Down, 104, 109, 5, 8, false}});
    CHECK(blocks.counts() == OrderBlockCounts{2, 1, 1, 0});
}

TEST_CASE("no order block without displacement, nor from a candle too far back") {
    const std::vector<BarInput> bars = {{100, 101, 99, 100.5, 0},    {100.5, 106, 100, 105, 0},
                                        {105, 105.5, 102, 103, 0},   {103, 104, 101, 102, 0},
                                        {102, 105, 101.5, 104.5, 0}, {104.5, 109, 104, 108.5, 0}};
    const auto found = [&](double displacement, uint32_t distance) {
        OrderBlocks blocks({.left = 1,
                            .right = 1,
                            .atr_period = 1,
                            .displacement_atr = displacement,
                            .max_distance = distance});
        for (const auto& bar : bars) {
            blocks.push(bar);
        }
        return blocks.blocks().size();
    };
    CHECK(found(1.5, 2) == 1);  // 7.5 = 1.5 x 5, two bars back
    CHECK(found(1.51, 2) == 0);
    CHECK(found(1.5, 1) == 0);
}

TEST_CASE("a fair value gap fills from the side on which price left it") {
    FairValueGaps gaps({.atr_period = 1, .min_size_atr = 0.25, .max_gaps = 8});
    gaps.push(hlc(102, 100, 101));
    gaps.push(hlc(106, 101, 105.5));
    CHECK(!gaps.new_gap());
    gaps.push(
        hlc(110, 105, 109));  // 105 over the 102 of two bars before; range 5, so 1.25 is enough
    CHECK(gaps.new_gap() == FairValueGap{Direction::Up, 102, 105, 2, 0.0});
    gaps.push(hlc(111, 104, 108));  // one of three points back
    CHECK(gaps.gaps() == std::vector<FairValueGap>{{Direction::Up, 102, 105, 2, 1.0 / 3.0}});
    gaps.push(hlc(110, 106, 109));
    CHECK(gaps.gaps() == std::vector<FairValueGap>{{Direction::Up, 102, 105, 2, 1.0 / 3.0}});
    CHECK(gaps.counts() == FairValueGapCounts{1, 1, 0, 0});
    gaps.push(hlc(108, 101, 102));  // through it
    CHECK(gaps.gaps().empty());
    CHECK(gaps.counts() == FairValueGapCounts{1, 1, 1, 0});
    gaps.push(hlc(103, 100, 101));  // 103 under the 106 of two bars before
    CHECK(gaps.gaps() == std::vector<FairValueGap>{{Direction::Down, 103, 106, 6, 0.0}});
}

TEST_CASE("the jump from one session to the next is no fair value gap, and older gaps stay") {
    const auto found = [](bool is_new_session) {
        FairValueGaps gaps({.atr_period = 1, .min_size_atr = 0.0, .max_gaps = 8});
        for (const double high : {102.0, 106.0, 110.0}) {  // 105 over 102: a gap
            gaps.push(hlc(high, high - 3.5, high - 1));
        }
        if (is_new_session) {
            gaps.start_session();
        }
        gaps.push(hlc(130, 126, 128));
        gaps.push(hlc(131, 127, 129));
        gaps.push(hlc(130, 126, 128));
        return gaps.counts().found;
    };
    CHECK(found(true) == 1);
    CHECK(found(false) == 3);
}

TEST_CASE(
    "a gap smaller than its share of the ATR is noise, and of too many gaps the oldest goes") {
    FairValueGaps gaps({.atr_period = 1, .min_size_atr = 0.5, .max_gaps = 2});
    gaps.push(hlc(102, 100, 101));
    gaps.push(hlc(106, 101, 105));
    gaps.push(hlc(107, 103, 106));  // 1 of a range of 4
    CHECK(gaps.counts().found == 0);
    for (const double high : {117.0, 127.0, 137.0, 147.0}) {
        gaps.push(hlc(high, high - 4, high - 2));
    }
    // Gaps with bars 4, 5, 6 (107 -> 123, 117 -> 133, 127 -> 143) and with bar 3 (106 -> 113).
    CHECK(gaps.counts() == FairValueGapCounts{4, 0, 0, 2});
    REQUIRE(gaps.gaps().size() == 2);
    CHECK(gaps.gaps()[0].bar == 5);
    CHECK(gaps.gaps()[1].bar == 6);
}

TEST_CASE("equal highs are a pool: pierced and closed back inside is a sweep, through it a break") {
    LiquidityZones zones(
        {.left = 1, .right = 1, .atr_period = 1, .tolerance_atr = 0.5, .max_per_side = 4});
    zones.push(hlc(100, 96, 98));
    zones.push(hlc(104, 100, 102));
    zones.push(hlc(102, 99, 100));  // swing high 104 of bar 1, range 3: equal is within 1.5
    CHECK(zones.above() == std::vector<LiquidityPool>{{104, 1.5, 1, 1, 1}});
    zones.push(hlc(101, 98, 99));
    zones.push(hlc(103.5, 99, 103));  // swing low 98 of bar 3, range 4.5
    CHECK(zones.below() == std::vector<LiquidityPool>{{98, 2.25, 1, 3, 3}});
    CHECK(zones.counts().pools == 0);
    zones.push(hlc(102, 100, 101));  // swing high 103.5 of bar 4: a pool at the outer one, 104
    CHECK(zones.above() == std::vector<LiquidityPool>{{104, 1.5, 2, 1, 4}});
    CHECK(zones.counts().pools == 1);
    zones.push(hlc(105, 101, 103));
    CHECK(zones.new_taken() == LiquidityTaken{Direction::Up, true, 104, 2});
    CHECK(zones.above().empty());
    zones.push(hlc(102, 98.5, 99));
    CHECK(!zones.new_taken());
    zones.push(hlc(101, 99, 100));  // swing low 98.5 of bar 7 joins 98
    CHECK(zones.below() == std::vector<LiquidityPool>{{98, 2.25, 2, 3, 7}});
    zones.push(hlc(99, 96, 97));
    CHECK(zones.new_taken() == LiquidityTaken{Direction::Down, false, 98, 2});
    CHECK(zones.counts() == LiquidityCounts{2, 1, 1});
}

TEST_CASE(
    "a single high outgrows its tolerance without a word; a pool is taken by any tick beyond") {
    LiquidityZones zones(
        {.left = 1, .right = 1, .atr_period = 1, .tolerance_atr = 0.5, .max_per_side = 4});
    zones.push(hlc(100, 96, 98));
    zones.push(hlc(104, 100, 102));
    zones.push(hlc(102, 99, 100));     // candidate 104, tolerance 1.5
    zones.push(hlc(105.5, 100, 103));  // 1.5 above: still equal
    CHECK(zones.above().size() == 1);
    zones.push(hlc(103, 100, 101));  // its own swing, 105.5, joins and is the outer one
    CHECK(zones.above() == std::vector<LiquidityPool>{{105.5, 1.5, 2, 1, 3}});
    zones.push(hlc(105.55, 101, 105));
    CHECK(zones.new_taken() == LiquidityTaken{Direction::Up, true, 105.5, 2});

    LiquidityZones single({.left = 1, .right = 1, .atr_period = 1, .tolerance_atr = 0.5});
    single.push(hlc(100, 96, 98));
    single.push(hlc(104, 100, 102));
    single.push(hlc(102, 99, 100));
    single.push(hlc(105.6, 100, 105));
    CHECK(single.above().empty());
    CHECK(!single.new_taken());
}

}  // namespace sauda::indicators
