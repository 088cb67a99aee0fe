#include "common/indicators/swing_levels.h"

#include <algorithm>
#include <cmath>

namespace sauda::indicators {

SwingLevels::SwingLevels(const SwingLevelsSettings& settings)
    : settings_(settings), swings_(settings.left, settings.right), atr_(settings.atr_period) {
    INVARIANT(settings.tolerance_atr >= 0.0);
    INVARIANT(settings.max_levels > 0 && settings.max_levels <= 256);
    levels_.reserve(settings.max_levels);
}

void SwingLevels::push(const BarInput& bar) {
    swings_.push(bar);
    atr_.push(bar.high, bar.low, bar.close);
    const uint64_t now = swings_.bars() - 1;
    std::erase_if(levels_, [&](const PriceLevel& level) {
        return now - level.last_touch > settings_.max_age;
    });
    if (last_close_ > 0.0) {
        for (auto& level : levels_) {
            level.crossings += (last_close_ >= level.price) != (bar.close >= level.price) ? 1U : 0U;
        }
    }
    last_close_ = bar.close;
    if (atr_.is_ready()) {
        if (swings_.new_high()) {
            touch(*swings_.new_high());
        }
        if (swings_.new_low()) {
            touch(*swings_.new_low());
        }
    }
    choose(bar.close);
}

void SwingLevels::touch(const Swing& swing) {
    const double tolerance = settings_.tolerance_atr * atr_.value();
    PriceLevel* nearest = nullptr;
    double distance = tolerance;
    for (auto& level : levels_) {
        const double d = std::abs(level.price - swing.price);
        if (nearest == nullptr ? d <= distance : d < distance) {
            nearest = &level;
            distance = d;
        }
    }
    if (nearest != nullptr) {
        ++nearest->touches;
        nearest->price += (swing.price - nearest->price) / nearest->touches;
        nearest->last_touch = swing.bar;
        return;
    }
    if (levels_.size() == settings_.max_levels) {
        levels_.erase(std::min_element(
            levels_.begin(), levels_.end(), [](const PriceLevel& a, const PriceLevel& b) {
                return a.touches != b.touches ? a.touches < b.touches : a.last_touch < b.last_touch;
            }));
    }
    levels_.push_back({swing.price, 1, 0, swing.bar});
}

void SwingLevels::choose(double close) {
    support_.reset();
    resistance_.reset();
    for (const auto& level : levels_) {
        if (level.touches < settings_.min_touches) {
            continue;
        }
        if (level.price <= close && (!support_ || level.price > support_->price)) {
            support_ = level;
        }
        if (level.price > close && (!resistance_ || level.price < resistance_->price)) {
            resistance_ = level;
        }
    }
}

}  // namespace sauda::indicators
