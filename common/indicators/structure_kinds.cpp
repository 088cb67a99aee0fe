#include "common/indicators/fair_value_gaps.h"
#include "common/indicators/indicator_kind.h"
#include "common/indicators/liquidity_zones.h"
#include "common/indicators/market_regime.h"
#include "common/indicators/opening_range.h"
#include "common/indicators/order_blocks.h"
#include "common/indicators/swing_levels.h"
#include "common/indicators/volume_profile.h"

#include <algorithm>

namespace sauda::indicators {
namespace {

using P = Parameters;
using Made = std::unique_ptr<StreamingIndicator>;

constexpr Parameter kLeft{"left", 1.0, 500.0, 5.0};
constexpr Parameter kRight{"right", 1.0, 500.0, 5.0};
constexpr Parameter in_atr(std::string_view name, double usual) {
    return {name, 0.0, 100.0, usual, false};
}

Made make_levels(const P& p) {
    SwingLevelsSettings settings;
    settings.left = p.period(0);
    settings.right = p.period(1);
    settings.tolerance_atr = p.number(2);
    settings.min_touches = p.period(3);
    return streaming(SwingLevels(settings));
}

Made make_blocks(const P& p) {
    OrderBlocksSettings settings;
    settings.left = p.period(0);
    settings.right = p.period(1);
    settings.displacement_atr = p.number(2);
    return streaming(OrderBlocks(settings));
}

Made make_gaps(const P& p) {
    FairValueGapsSettings settings;
    settings.min_size_atr = p.number(0);
    return streaming(FairValueGaps(settings));
}

Made make_liquidity(const P& p) {
    LiquidityZonesSettings settings;
    settings.left = p.period(0);
    settings.right = p.period(1);
    settings.tolerance_atr = p.number(2);
    return streaming(LiquidityZones(settings));
}

Made make_profile(const P& p) {
    VolumeProfileSettings settings;
    settings.bucket = p.number(0);
    settings.share = p.number(1) / 100.0;
    return streaming(VolumeProfile(settings));
}

Made make_regime(const P& p) {
    MarketRegimeSettings settings;
    settings.adx_period = p.period(0);
    settings.fast = p.period(1);
    settings.slow = p.period(2);
    return streaming(MarketRegime(settings));
}

uint64_t regime_first_bar(const P& p) {
    const uint64_t volatility = uint64_t{std::max(p.period(1), p.period(2))} + 1U;
    return std::max(volatility, uint64_t{2} * p.period(0));
}

std::string_view check_opening_range(const P& p) {
    return p.period(0) % p.period(1) == 0 ? "" : "minutes must be a multiple of bar";
}

void add_swings(std::vector<IndicatorKind>& kinds) {
    kinds.push_back(
        {"swings",
         "last swing high and low, known `right` bars later",
         {kLeft, kRight},
         [](const P& p) -> Made { return streaming(SwingPoints(p.period(0), p.period(1))); }});
    kinds.push_back({"levels",
                     "support and resistance from swings",
                     {kLeft, kRight, in_atr("tolerance", 0.5), {"touches", 1.0, 100.0, 2.0}},
                     make_levels});
    kinds.push_back(
        {"structure",
         "trend, break of structure, change of character",
         {kLeft, kRight},
         [](const P& p) -> Made { return streaming(MarketStructure(p.period(0), p.period(1))); },
         [](const P& p) { return uint64_t{p.period(0)} + p.period(1) + 1U; }});
}

void add_zones(std::vector<IndicatorKind>& kinds) {
    kinds.push_back({"order_blocks",
                     "last candle against the move that broke the structure",
                     {kLeft, kRight, in_atr("displacement", 2.0)},
                     make_blocks});
    kinds.push_back({"fair_value_gaps",
                     "prices that three bars in a row skipped",
                     {in_atr("size", 0.25)},
                     make_gaps});
    kinds.push_back({"liquidity",
                     "equal highs and lows, swept or broken",
                     {kLeft, kRight, in_atr("tolerance", 0.1)},
                     make_liquidity});
}

}  // namespace

std::vector<IndicatorKind> structure_kinds() {
    std::vector<IndicatorKind> kinds;
    add_swings(kinds);
    add_zones(kinds);
    kinds.push_back({"volume_profile",
                     "point of control and value area of the session",
                     {{"bucket", 0.01, 1e6, 5.0, false}, {"percent", 1.0, 100.0, 70.0, false}},
                     make_profile});
    kinds.push_back(
        {"opening_range",
         "high, low and breakout of the first minutes",
         {{"minutes", 1.0, 375.0, 15.0}, {"bar", 1.0, 375.0, 1.0}},
         [](const P& p) -> Made { return streaming(OpeningRange(p.period(0), p.period(1))); },
         nullptr,
         check_opening_range});
    kinds.push_back(
        {"regime",
         "trend, range or volatile, with probabilities",
         {{"adx", 2.0, 5'000.0, 14.0}, {"fast", 1.0, 5'000.0, 20.0}, {"slow", 1.0, 5'000.0, 375.0}},
         make_regime,
         regime_first_bar});
    return kinds;
}

}  // namespace sauda::indicators
