#pragma once

#include "common/base/rng.h"
#include "common/indicators/bar_input.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace sauda::test {

// A bar, and whether a trading session begins with it.
struct SessionBar {
    indicators::BarInput bar;
    bool opens_session = false;
};
using Series = std::vector<SessionBar>;

// Walk: an ordinary day. Flat: one price for ever. Still: long flat stretches between moves.
// Gaps: jumps of up to 10 % between bars. NoVolume: an index. Huge: prices near 1e9. Ticks: an
// option near 0.05 to 5.00, most bars on one tick.
enum class Market { Walk, Flat, Still, Gaps, NoVolume, Huge, Ticks };
inline constexpr Market kMarkets[] = {Market::Walk,     Market::Flat, Market::Still, Market::Gaps,
                                      Market::NoVolume, Market::Huge, Market::Ticks};

inline std::string_view name_of(Market market) {
    constexpr std::string_view kNames[] = {"walk",      "flat", "still", "gaps",
                                           "no volume", "huge", "ticks"};
    return kNames[static_cast<std::size_t>(market)];
}

inline indicators::BarInput next_bar(base::Rng& rng, Market market, double& price, std::size_t i) {
    const double tick = market == Market::Huge ? 1'000.0 : 0.05;
    const bool moves = market != Market::Flat && (market != Market::Still || i / 40 % 2 == 1);
    const auto ticks = [&](int64_t n) { return static_cast<double>(rng.between(-n, n)) * tick; };
    const int64_t reach = market == Market::Ticks ? 1 : 400;
    const double floor = market == Market::Ticks ? tick : 1'000.0 * tick;
    double open = price;
    if (market == Market::Gaps && rng.chance(0.2)) {
        open *= 0.9 + 0.2 * rng.uniform();
    }
    double close = moves ? std::max(floor, open + ticks(reach)) : open;
    open = std::max(floor, open);
    double high = std::max(open, close);
    double low = std::min(open, close);
    if (moves) {
        high += std::max(0.0, ticks(reach / 2));
        low = std::max(floor, low - std::max(0.0, ticks(reach / 2)));
    }
    price = close;
    const bool quiet = market == Market::NoVolume || rng.chance(0.05);
    const double volume = quiet ? 0.0 : static_cast<double>(rng.between(1, 200'000));
    return {open, high, low, close, volume};
}

// Sessions of 75 bars (5 minutes from 09:15 to 15:30). Same arguments, same series.
inline Series make_series(Market market, uint64_t seed, std::size_t n) {
    base::Rng rng(seed);
    double price = market == Market::Huge ? 1e9 : market == Market::Ticks ? 2.5 : 24'500.0;
    Series series;
    for (std::size_t i = 0; i < n; ++i) {
        series.push_back({next_bar(rng, market, price, i), i % 75 == 0});
    }
    return series;
}

}  // namespace sauda::test
