#include "common/indicators/liquidity_zones.h"

#include <cmath>

namespace sauda::indicators {

LiquidityZones::LiquidityZones(const LiquidityZonesSettings& settings)
    : settings_(settings), swings_(settings.left, settings.right), atr_(settings.atr_period) {
    INVARIANT(settings.tolerance_atr >= 0.0);
    INVARIANT(settings.max_per_side > 0 && settings.max_per_side <= 256);
    above_.reserve(settings.max_per_side);
    below_.reserve(settings.max_per_side);
}

void LiquidityZones::push(const BarInput& bar) {
    swings_.push(bar);
    atr_.push(bar.high, bar.low, bar.close);
    taken_.reset();
    take(above_, Direction::Up, bar.high, bar.close);
    take(below_, Direction::Down, bar.low, bar.close);
    if (!atr_.is_ready()) {
        return;
    }
    if (swings_.new_high()) {
        join(above_, Direction::Up, *swings_.new_high());
    }
    if (swings_.new_low()) {
        join(below_, Direction::Down, *swings_.new_low());
    }
}

void LiquidityZones::take(std::vector<LiquidityPool>& pools, Direction side, double reach,
                          double close) {
    const double sign = side == Direction::Up ? 1.0 : -1.0;
    std::erase_if(pools, [&](const LiquidityPool& pool) {
        const double beyond = sign * (reach - pool.level);
        if (pool.touches < 2) {
            return beyond > pool.tolerance;
        }
        if (beyond <= 0.0) {
            return false;
        }
        const bool is_sweep = sign * (close - pool.level) <= 0.0;
        counts_.swept += is_sweep ? 1 : 0;
        counts_.broken += is_sweep ? 0 : 1;
        if (!taken_ || pool.touches > taken_->touches) {
            taken_ = LiquidityTaken{side, is_sweep, pool.level, pool.touches};
        }
        return true;
    });
}

void LiquidityZones::join(std::vector<LiquidityPool>& pools, Direction side, const Swing& swing) {
    for (auto& pool : pools) {
        if (std::abs(pool.level - swing.price) <= pool.tolerance) {
            const bool is_outer =
                side == Direction::Up ? swing.price > pool.level : swing.price < pool.level;
            pool.level = is_outer ? swing.price : pool.level;
            pool.last_bar = swing.bar;
            counts_.pools += ++pool.touches == 2 ? 1 : 0;
            return;
        }
    }
    if (pools.size() == settings_.max_per_side) {
        pools.erase(pools.begin());
    }
    pools.push_back({swing.price, settings_.tolerance_atr * atr_.value(), 1, swing.bar, swing.bar});
}

std::optional<double> LiquidityZones::nearest(const std::vector<LiquidityPool>& pools,
                                              double sign) {
    std::optional<double> level;
    for (const auto& pool : pools) {
        if (pool.touches > 1 && (!level || sign * pool.level < sign * *level)) {
            level = pool.level;
        }
    }
    return level;
}

}  // namespace sauda::indicators
