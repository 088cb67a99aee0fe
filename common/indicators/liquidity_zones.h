#pragma once

#include "common/indicators/atr.h"
#include "common/indicators/direction.h"
#include "common/indicators/swing_points.h"

namespace sauda::indicators {

// Swings at nearly one price, behind which stop orders are taken to rest. level is the outermost of
// them. One touch is a candidate, two or more are a pool.
struct LiquidityPool {
    double level = 0.0;
    double tolerance = 0.0;  // rupees, fixed when its first swing was confirmed
    uint32_t touches = 0;
    uint64_t first_bar = 0;
    uint64_t last_bar = 0;
    bool operator==(const LiquidityPool&) const = default;
    SAUDA_FIELDS(level, tolerance, touches, first_bar, last_bar)
};

struct LiquidityTaken {
    Direction side = Direction::None;  // Up: a pool of highs, above the market
    bool is_sweep = false;             // closed back inside; otherwise the close went through
    double level = 0.0;
    uint32_t touches = 0;
    bool operator==(const LiquidityTaken&) const = default;
    SAUDA_FIELDS(side, is_sweep, level, touches)
};

struct LiquidityZonesSettings {
    uint32_t left = 5;           // bars, of the swings
    uint32_t right = 5;          // bars, of the swings
    uint32_t atr_period = 14;    // bars
    double tolerance_atr = 0.1;  // swings this near are equal
    uint32_t max_per_side = 16;  // pools and candidates kept at most, per side
    SAUDA_FIELDS(left, right, atr_period, tolerance_atr, max_per_side)
};

struct LiquidityCounts {
    uint64_t pools = 0;  // that reached a second touch
    uint64_t swept = 0;
    uint64_t broken = 0;
    bool operator==(const LiquidityCounts&) const = default;
    SAUDA_FIELDS(pools, swept, broken)
};

// Liquidity zones: equal highs above the market, equal lows below. A confirmed swing high joins the
// first (oldest) pool or candidate of highs whose level is within that one's tolerance, else it is
// a new candidate with tolerance = tolerance_atr x ATR of its confirmation. The level of a pool is
// its highest swing. A bar with high above a pool's level takes the pool: a sweep when it closes at
// or below the level, a break when it closes above. A candidate goes without a word once high
// exceeds level + tolerance. Both are removed. Of more than max_per_side the oldest goes. Lows
// mirror it. Known with the second swing's confirmation, `right` bars after it stood.
class LiquidityZones {
 public:
    explicit LiquidityZones(const LiquidityZonesSettings& settings = {});

    void push(const BarInput& bar);

    [[nodiscard]] bool is_ready() const { return atr_.is_ready() && swings_.is_ready(); }
    // Candidates included (touches == 1), oldest first.
    [[nodiscard]] const std::vector<LiquidityPool>& above() const { return above_; }
    [[nodiscard]] const std::vector<LiquidityPool>& below() const { return below_; }
    // Taken by the last bar: of several, the one with most touches, Up before Down.
    [[nodiscard]] const std::optional<LiquidityTaken>& new_taken() const { return taken_; }
    [[nodiscard]] const LiquidityCounts& counts() const { return counts_; }

    // The pools nearest to the market; taken: 2 and -2 a break of highs or lows, 1 and -1 a sweep.
    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        const auto above = nearest(above_, 1.0);
        const auto below = nearest(below_, -1.0);
        visit("above", above);
        visit("below", below);
        visit("taken", when(is_ready(), [&] {
                  const int side = taken_ ? static_cast<int>(taken_->side) : 0;
                  return (taken_ && !taken_->is_sweep ? 2.0 : 1.0) * side;
              }));
    }

    SAUDA_FIELDS(settings_, swings_, atr_, above_, below_, taken_, counts_)

 private:
    void take(std::vector<LiquidityPool>& pools, Direction side, double reach, double close);
    // Of the pools of a side the level closest to the market, sign = 1 for above.
    static std::optional<double> nearest(const std::vector<LiquidityPool>& pools, double sign);
    void join(std::vector<LiquidityPool>& pools, Direction side, const Swing& swing);

    LiquidityZonesSettings settings_;
    SwingPoints swings_;
    Atr atr_;
    std::vector<LiquidityPool> above_;
    std::vector<LiquidityPool> below_;
    std::optional<LiquidityTaken> taken_;
    LiquidityCounts counts_;
};

}  // namespace sauda::indicators
