#include "common/indicators/fair_value_gaps.h"
#include "common/indicators/liquidity_zones.h"
#include "common/indicators/market_structure.h"
#include "common/indicators/opening_range.h"
#include "common/indicators/order_blocks.h"
#include "common/indicators/swing_levels.h"
#include "common/indicators/volume_profile.h"
#include "tests/support/indicator_series.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <map>

// The same definitions computed the slow way: from the whole list of bars for every bar, sharing
// no code with the streaming ones.
namespace sauda::indicators {

namespace {

using test::Market;
using Bars = std::vector<BarInput>;

struct Case {
    Bars bars;
    std::vector<bool> opens;
    uint32_t left, right;
};

std::vector<Case> cases() {
    std::vector<Case> all;
    uint64_t seed = 100;
    for (const Market market : test::kMarkets) {
        for (const uint32_t k : {1U, 2U, 5U}) {
            Case one{{}, {}, k, k == 2 ? 3 : k};
            for (const auto& input : test::make_series(market, ++seed, 400)) {
                one.bars.push_back(input.bar);
                one.opens.push_back(input.opens_session);
            }
            all.push_back(one);
        }
    }
    return all;
}

// Swings known with bar `known`: at most the one of bar known - right.
std::optional<Swing> swing_known(const Case& c, std::size_t known, bool is_high) {
    if (known < c.right + c.left) {
        return std::nullopt;
    }
    const std::size_t s = known - c.right;
    const auto at = [&](std::size_t i) { return is_high ? c.bars[i].high : -c.bars[i].low; };
    for (std::size_t i = s - c.left; i <= known; ++i) {
        if ((i < s && at(i) >= at(s)) || (i > s && at(i) > at(s))) {
            return std::nullopt;
        }
    }
    return Swing{is_high ? at(s) : -at(s), s};
}

// The last swing known by bar t and the bar it was known with.
std::optional<std::pair<Swing, std::size_t>> last_swing(const Case& c, std::size_t t,
                                                        bool is_high) {
    for (std::size_t known = t + 1; known-- > 0;) {
        if (const auto swing = swing_known(c, known, is_high)) {
            return std::pair(*swing, known);
        }
    }
    return std::nullopt;
}

// The break made by bar t: a close beyond the last swing that no earlier close since went beyond.
std::optional<StructureBreak> break_at(const Case& c, std::size_t t, Direction trend) {
    for (const bool is_up : {true, false}) {
        const auto last = last_swing(c, t, is_up);
        if (!last) {
            continue;
        }
        const auto is_beyond = [&](std::size_t i) {
            return is_up ? c.bars[i].close > last->first.price
                         : c.bars[i].close < last->first.price;
        };
        bool is_first = is_beyond(t);
        for (std::size_t i = last->second; i < t; ++i) {
            is_first = is_first && !is_beyond(i);
        }
        const auto direction = is_up ? Direction::Up : Direction::Down;
        if (is_first) {
            return StructureBreak{direction, trend != Direction::None && trend != direction,
                                  last->first.price, last->first.bar};
        }
    }
    return std::nullopt;
}

// ATR over a range of bars by its definition; 0 where it is not ready.
std::vector<double> atr_of(const Bars& bars, std::size_t n) {
    std::vector<double> values(bars.size(), 0.0);
    double sum = 0.0;
    for (std::size_t i = 1; i < bars.size(); ++i) {
        const double range =
            std::max(bars[i].high, bars[i - 1].close) - std::min(bars[i].low, bars[i - 1].close);
        const auto count = static_cast<double>(n);
        if (i <= n) {
            sum += range;
            values[i] = i == n ? sum / count : 0.0;
        } else {
            values[i] = (values[i - 1] * (count - 1.0) + range) / count;
        }
    }
    return values;
}

constexpr std::size_t kAtr = 5;

}  // namespace

TEST_CASE("swings and market structure equal a search of the whole history, bar by bar") {
    std::size_t breaks = 0;
    std::size_t changes = 0;
    for (const auto& c : cases()) {
        MarketStructure structure(c.left, c.right);
        Direction trend = Direction::None;
        std::vector<double> highs;
        std::vector<double> lows;
        for (std::size_t t = 0; t < c.bars.size(); ++t) {
            structure.push(c.bars[t]);
            const auto high = swing_known(c, t, true);
            const auto low = swing_known(c, t, false);
            REQUIRE(structure.swings().new_high() == high);
            REQUIRE(structure.swings().new_low() == low);
            if (high) {
                highs.push_back(high->price);
            }
            if (low) {
                lows.push_back(low->price);
            }
            const auto made = break_at(c, t, trend);
            REQUIRE(structure.new_break() == made);
            trend = made ? made->direction : trend;
            REQUIRE(structure.trend() == trend);
            breaks += made ? 1 : 0;
            changes += made && made->is_change_of_character ? 1 : 0;
            const auto n = highs.size();
            const auto label = n < 2                         ? SwingLabel::None
                               : highs[n - 1] > highs[n - 2] ? SwingLabel::HigherHigh
                                                             : SwingLabel::LowerHigh;
            REQUIRE(structure.high_label() == label);
            const auto m = lows.size();
            const auto low_label = m < 2                       ? SwingLabel::None
                                   : lows[m - 1] < lows[m - 2] ? SwingLabel::LowerLow
                                                               : SwingLabel::HigherLow;
            REQUIRE(structure.low_label() == low_label);
        }
    }
    CHECK(breaks > 500);
    CHECK(changes > 200);
}

namespace {

// The last bar before t that closed against the direction; bar 0 if none.
std::size_t last_against(const Case& c, std::size_t t, bool is_up) {
    std::size_t s = t;
    while (s > 0 && (s == t || (is_up ? c.bars[s].close >= c.bars[s].open
                                      : c.bars[s].close <= c.bars[s].open))) {
        --s;
    }
    return s;
}

}  // namespace

TEST_CASE("order blocks equal those found by walking back from every break") {
    OrderBlockCounts all;
    for (const auto& c : cases()) {
        OrderBlocksSettings settings{.left = c.left,
                                     .right = c.right,
                                     .atr_period = kAtr,
                                     .displacement_atr = 1.0,
                                     .max_distance = 10,
                                     .max_blocks = 3};
        OrderBlocks blocks(settings);
        const auto atr = atr_of(c.bars, kAtr);
        Direction trend = Direction::None;
        std::vector<OrderBlock> found;  // every block there ever was
        std::vector<bool> is_gone;
        OrderBlockCounts counts;
        for (std::size_t t = 0; t < c.bars.size(); ++t) {
            blocks.push(c.bars[t]);
            const auto& bar = c.bars[t];
            for (std::size_t k = 0; k < found.size(); ++k) {
                auto& block = found[k];
                const bool meets = bar.low <= block.top && block.bottom <= bar.high;
                counts.tested += !is_gone[k] && meets && !block.is_tested ? 1 : 0;
                block.is_tested = block.is_tested || meets;
                const bool breaks = block.direction == Direction::Up ? bar.close < block.bottom
                                                                     : bar.close > block.top;
                counts.broken += !is_gone[k] && breaks ? 1 : 0;
                is_gone[k] = is_gone[k] || breaks;
            }
            const auto made = break_at(c, t, trend);
            trend = made ? made->direction : trend;
            const bool is_up = trend == Direction::Up;
            const std::size_t s = last_against(c, t, is_up);
            const auto& source = c.bars[s];
            const bool is_opposite =
                is_up ? source.close < source.open : source.close > source.open;
            const bool is_used = std::any_of(found.begin(), found.end(),
                                             [&](const auto& block) { return block.bar == s; });
            const bool has_left = is_up ? bar.close > source.high : bar.close < source.low;
            const double move = is_up ? bar.close - source.low : source.high - bar.close;
            if (made && is_opposite && !is_used && t - s <= 10 && has_left && t >= kAtr &&
                move >= atr[t]) {
                found.push_back({trend, source.low, source.high, s, t, false});
                is_gone.push_back(false);
                ++counts.found;
                if (std::count(is_gone.begin(), is_gone.end(), false) > 3) {
                    *std::find(is_gone.begin(), is_gone.end(), false) = true;
                    ++counts.dropped;
                }
            }
            std::vector<OrderBlock> live;
            for (std::size_t k = 0; k < found.size(); ++k) {
                if (!is_gone[k]) {
                    live.push_back(found[k]);
                }
            }
            REQUIRE(blocks.blocks() == live);
            REQUIRE(blocks.counts() == counts);
        }
        all.found += counts.found;
        all.tested += counts.tested;
        all.broken += counts.broken;
        all.dropped += counts.dropped;
    }
    CHECK(all.found > 200);
    CHECK(all.tested > 100);
    CHECK(all.broken > 100);
    CHECK(all.dropped > 5);
}

TEST_CASE("fair value gaps equal those found by looking at every three bars again") {
    std::size_t partially = 0;
    std::size_t filled = 0;
    for (const auto& c : cases()) {
        FairValueGaps gaps({.atr_period = kAtr, .min_size_atr = 0.1, .max_gaps = 256});
        const auto atr = atr_of(c.bars, kAtr);
        for (std::size_t t = 0; t < c.bars.size(); ++t) {
            if (c.opens[t]) {
                gaps.start_session();
            }
            gaps.push(c.bars[t]);
            std::vector<FairValueGap> live;
            FairValueGapCounts counts;
            for (std::size_t i = std::max<std::size_t>(2, kAtr); i <= t; ++i) {
                if (c.opens[i] || c.opens[i - 1]) {
                    continue;
                }
                const auto& a = c.bars[i - 2];
                const auto& now = c.bars[i];
                const bool is_up = now.low > a.high;
                const double bottom = is_up ? a.high : now.high;
                const double top = is_up ? now.low : a.low;
                if (top <= bottom || top - bottom < 0.1 * atr[i]) {
                    continue;
                }
                double share = 0.0;
                for (std::size_t k = i + 1; k <= t; ++k) {
                    const double depth = is_up ? top - c.bars[k].low : c.bars[k].high - bottom;
                    share = std::max(share, std::min(1.0, depth / (top - bottom)));
                }
                ++counts.found;
                counts.partially += share > 0.0 ? 1 : 0;
                counts.filled += share == 1.0 ? 1 : 0;
                if (share < 1.0) {
                    live.push_back(
                        {is_up ? Direction::Up : Direction::Down, bottom, top, i, share});
                }
            }
            REQUIRE(gaps.counts() == counts);
            REQUIRE(gaps.gaps().size() == live.size());
            for (std::size_t k = 0; k < live.size(); ++k) {
                REQUIRE(gaps.gaps()[k] == live[k]);
            }
            partially += t + 1 == c.bars.size() ? counts.partially : 0;
            filled += t + 1 == c.bars.size() ? counts.filled : 0;
        }
    }
    CHECK(partially > filled);
    CHECK(filled > 300);
}

namespace {

// One side of the market with every swing of every pool there ever was.
struct SideReplay {
    struct Pool {
        std::vector<Swing> swings;
        double tolerance;
        bool is_gone = false;
    };
    bool is_high;
    std::vector<Pool> pools{};

    [[nodiscard]] double out(double price, double level) const {
        return is_high ? price - level : level - price;
    }
    [[nodiscard]] double level(const Pool& pool) const {
        double most = pool.swings[0].price;
        for (const auto& swing : pool.swings) {
            most = is_high ? std::max(most, swing.price) : std::min(most, swing.price);
        }
        return most;
    }
    void take(const BarInput& bar, LiquidityCounts& counts) {
        for (auto& pool : pools) {
            const double reach = out(is_high ? bar.high : bar.low, level(pool));
            const bool is_pool = pool.swings.size() > 1;
            if (pool.is_gone || reach <= (is_pool ? 0.0 : pool.tolerance)) {
                continue;
            }
            pool.is_gone = true;
            const bool is_through = out(bar.close, level(pool)) > 0.0;
            counts.broken += is_pool && is_through ? 1 : 0;
            counts.swept += is_pool && !is_through ? 1 : 0;
        }
    }
    void join(const Swing& swing, double tolerance, LiquidityCounts& counts) {
        const auto home = std::find_if(pools.begin(), pools.end(), [&](const auto& p) {
            return !p.is_gone && std::abs(level(p) - swing.price) <= p.tolerance;
        });
        if (home != pools.end()) {
            home->swings.push_back(swing);
            counts.pools += home->swings.size() == 2 ? 1 : 0;
            return;
        }
        const auto is_live = [](const auto& p) { return !p.is_gone; };
        if (std::count_if(pools.begin(), pools.end(), is_live) == 4) {
            std::find_if(pools.begin(), pools.end(), is_live)->is_gone = true;
        }
        pools.push_back({{swing}, tolerance});
    }
    [[nodiscard]] std::vector<LiquidityPool> live() const {
        std::vector<LiquidityPool> answer;
        for (const auto& pool : pools) {
            if (!pool.is_gone) {
                answer.push_back({level(pool), pool.tolerance,
                                  static_cast<uint32_t>(pool.swings.size()),
                                  pool.swings.front().bar, pool.swings.back().bar});
            }
        }
        return answer;
    }
};

}  // namespace

TEST_CASE("liquidity zones equal a replay that keeps every swing for ever") {
    LiquidityCounts all;
    for (const auto& c : cases()) {
        LiquidityZones zones({.left = c.left,
                              .right = c.right,
                              .atr_period = kAtr,
                              .tolerance_atr = 0.4,
                              .max_per_side = 4});
        const auto atr = atr_of(c.bars, kAtr);
        SideReplay above{true};
        SideReplay below{false};
        LiquidityCounts counts;
        for (std::size_t t = 0; t < c.bars.size(); ++t) {
            zones.push(c.bars[t]);
            for (auto* side : {&above, &below}) {
                side->take(c.bars[t], counts);
                const auto swing = swing_known(c, t, side->is_high);
                if (swing && t >= kAtr) {
                    side->join(*swing, 0.4 * atr[t], counts);
                }
            }
            REQUIRE(zones.above() == above.live());
            REQUIRE(zones.below() == below.live());
            REQUIRE(zones.counts() == counts);
        }
        all.pools += counts.pools;
        all.swept += counts.swept;
        all.broken += counts.broken;
    }
    CHECK(all.pools > 100);
    CHECK(all.swept > 20);
    CHECK(all.broken > 20);
}

namespace {

// Levels that keep all their swings.
struct LevelReplay {
    struct Kept {
        std::vector<Swing> swings;
        uint32_t crossings = 0;
        [[nodiscard]] double price() const {
            double sum = 0.0;
            for (const auto& swing : swings) {
                sum += swing.price - swings[0].price;
            }
            return swings[0].price + sum / static_cast<double>(swings.size());
        }
    };
    std::vector<Kept> kept{};

    void age(const Case& c, std::size_t t) {
        std::erase_if(kept, [&](const Kept& k) { return t - k.swings.back().bar > 120; });
        for (auto& k : kept) {
            const bool was_above = c.bars[t - 1].close >= k.price();
            k.crossings += was_above != (c.bars[t].close >= k.price()) ? 1 : 0;
        }
    }
    void touch(const Swing& swing, double tolerance) {
        std::map<double, std::size_t> by_distance;  // the first of equally near ones
        for (std::size_t i = 0; i < kept.size(); ++i) {
            by_distance.try_emplace(std::abs(kept[i].price() - swing.price), i);
        }
        if (!by_distance.empty() && by_distance.begin()->first <= tolerance) {
            kept[by_distance.begin()->second].swings.push_back(swing);
            return;
        }
        std::map<std::pair<std::size_t, uint64_t>, std::size_t> by_weight;
        for (std::size_t i = 0; i < kept.size(); ++i) {
            by_weight.try_emplace({kept[i].swings.size(), kept[i].swings.back().bar}, i);
        }
        if (kept.size() == 5) {
            kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(by_weight.begin()->second));
        }
        kept.push_back({{swing}, 0});
    }
    // Prices of support and resistance.
    [[nodiscard]] static std::array<std::optional<double>, 2> around(
        const std::vector<PriceLevel>& levels, double close) {
        std::array<std::optional<double>, 2> prices;
        for (const auto& level : levels) {
            if (level.touches < 2) {
                continue;
            }
            auto& [support, resistance] = prices;
            if (level.price <= close) {
                support = std::max(support.value_or(0.0), level.price);
            } else {
                resistance = std::min(resistance.value_or(1e300), level.price);
            }
        }
        return prices;
    }
};

std::optional<double> price_of(const std::optional<PriceLevel>& level) {
    return level ? std::optional(level->price) : std::nullopt;
}

}  // namespace

TEST_CASE("levels equal a replay that averages all the swings of a level anew") {
    std::size_t most = 0;
    for (const auto& c : cases()) {
        SwingLevels levels({.left = c.left,
                            .right = c.right,
                            .atr_period = kAtr,
                            .tolerance_atr = 0.7,
                            .min_touches = 2,
                            .max_levels = 5,
                            .max_age = 120});
        const auto atr = atr_of(c.bars, kAtr);
        LevelReplay replay;
        for (std::size_t t = 0; t < c.bars.size(); ++t) {
            levels.push(c.bars[t]);
            replay.age(c, t);
            for (const bool is_high : {true, false}) {
                const auto swing = swing_known(c, t, is_high);
                if (swing && t >= kAtr) {
                    replay.touch(*swing, 0.7 * atr[t]);
                }
            }
            REQUIRE(levels.levels().size() == replay.kept.size());
            for (std::size_t i = 0; i < replay.kept.size(); ++i) {
                const auto& level = levels.levels()[i];
                REQUIRE(level.price == Approx(replay.kept[i].price()).epsilon(1e-13));
                REQUIRE(level.touches == replay.kept[i].swings.size());
                REQUIRE(level.crossings == replay.kept[i].crossings);
                REQUIRE(level.last_touch == replay.kept[i].swings.back().bar);
                most = std::max<std::size_t>(most, level.touches);
            }
            const auto [support, resistance] =
                LevelReplay::around(levels.levels(), c.bars[t].close);
            REQUIRE(price_of(levels.support()) == support);
            REQUIRE(price_of(levels.resistance()) == resistance);
        }
    }
    CHECK(most >= 4);
}

TEST_CASE("the profile equals a table filled anew from the session's bars") {
    for (const auto& c : cases()) {
        const double price = c.bars[0].close;
        const double bucket = price < 100.0 ? 0.05 : price > 1e6 ? 5'000.0 : 5.0;
        VolumeProfile profile({.bucket = bucket, .share = 0.7, .max_buckets = 60'000});
        std::size_t begin = 0;
        for (std::size_t t = 0; t < c.bars.size(); ++t) {
            if (c.opens[t]) {
                profile.start_session();
                begin = t;
            }
            profile.push(c.bars[t]);
            if (t % 5 != 0) {
                continue;
            }
            std::map<int64_t, double> table;
            double total = 0.0;
            for (std::size_t i = begin; i <= t; ++i) {
                const auto low = static_cast<int64_t>(std::floor(c.bars[i].low / bucket + 1e-9));
                const auto high = static_cast<int64_t>(std::floor(c.bars[i].high / bucket + 1e-9));
                for (int64_t k = low; k <= high && c.bars[i].volume > 0.0; ++k) {
                    table[k] += c.bars[i].volume / static_cast<double>(high - low + 1);
                    total += c.bars[i].volume / static_cast<double>(high - low + 1);
                }
            }
            REQUIRE(profile.is_ready() == !table.empty());
            REQUIRE(profile.outside() == 0.0);
            if (table.empty()) {
                continue;
            }
            auto control = table.begin();
            for (auto at = table.begin(); at != table.end(); ++at) {
                control = at->second > control->second ? at : control;
            }
            int64_t low = control->first;
            int64_t high = control->first;
            double held = control->second;
            const auto in = [&](int64_t k) { return table.contains(k) ? table[k] : 0.0; };
            const int64_t bottom = table.begin()->first;
            const int64_t top = table.rbegin()->first;
            while (held < 0.7 * total && (low > bottom || high < top)) {
                const bool is_up = high < top && (low == bottom || in(high + 1) >= in(low - 1));
                held += is_up ? in(++high) : in(--low);
            }
            REQUIRE(profile.point_of_control() ==
                    Approx((static_cast<double>(control->first) + 0.5) * bucket).epsilon(1e-14));
            REQUIRE(profile.value_area().low ==
                    Approx(static_cast<double>(low) * bucket).epsilon(1e-14));
            REQUIRE(profile.value_area().high ==
                    Approx(static_cast<double>(high + 1) * bucket).epsilon(1e-14));
        }
    }
}

TEST_CASE("the opening range equals the extremes of the session's first bars") {
    for (const auto& c : cases()) {
        OpeningRange range(20, 5);
        std::size_t begin = 0;
        int first = 0;
        for (std::size_t t = 0; t < c.bars.size(); ++t) {
            if (c.opens[t]) {
                range.start_session();
                begin = t;
                first = 0;
            }
            range.push(c.bars[t]);
            REQUIRE(range.is_ready() == (t - begin >= 3));
            if (t - begin < 3) {
                continue;
            }
            double high = 0.0;
            double low = 1e300;
            for (std::size_t i = begin; i < begin + 4; ++i) {
                high = std::max(high, c.bars[i].high);
                low = std::min(low, c.bars[i].low);
            }
            const int now = c.bars[t].close > high ? 1 : c.bars[t].close < low ? -1 : 0;
            first = first == 0 ? now : first;
            REQUIRE(range.high() == high);
            REQUIRE(range.low() == low);
            REQUIRE(static_cast<int>(range.breakout()) == now);
            REQUIRE(static_cast<int>(range.first_break()) == first);
        }
    }
}

}  // namespace sauda::indicators
