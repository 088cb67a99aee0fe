#include "services/ml_signal/core/features.h"

#include <algorithm>

namespace sauda::ml_signal {

namespace {
constexpr double kNsPerMinute = 60e9;
constexpr std::array<std::string_view, kFeatures> kNames{
    "momentum_5",     "momentum_15",      "distance_sma_20", "rsi_14",
    "range_position", "volatility_state", "time_of_day"};
}  // namespace

std::string_view name_of(std::size_t feature) { return kNames.at(feature); }

void BarFeatures::push(const domain::Bar& bar, domain::Timestamp bar_start) {
    const double high = bar.high.rupees();
    const double low = bar.low.rupees();
    const double close = bar.close.rupees();
    if (!first_bar_.is_set()) {
        first_bar_ = bar_start;
        high_ = high;
        low_ = low;
    }
    last_bar_ = bar_start;
    high_ = std::max(high_, high);
    low_ = std::min(low_, low);
    closes_.push(close);
    sma_.push(close);
    rsi_.push(close);
    atr_.push(high, low, close);
    short_volatility_.push(close);
    long_volatility_.push(close);
}

bool BarFeatures::is_ready() const {
    return closes_.is_full() && sma_.is_ready() && rsi_.is_ready() && atr_.is_ready() &&
           short_volatility_.is_ready();
}

Features BarFeatures::values() const {
    const double close = closes_.at(0);
    Features f{};
    f[kMomentum5] = close / closes_.at(5) - 1.0;
    f[kMomentum15] = close / closes_.at(15) - 1.0;
    f[kDistanceSma20] = atr_.value() > 0.0 ? (close - sma_.value()) / atr_.value() : 0.0;
    f[kRsi14] = rsi_.value();
    f[kRangePosition] = high_ > low_ ? (close - low_) / (high_ - low_) : 0.5;
    const bool has_state = long_volatility_.is_ready() && long_volatility_.value() > 0.0;
    f[kVolatilityState] = has_state ? short_volatility_.value() / long_volatility_.value() : 1.0;
    f[kTimeOfDay] = static_cast<double>((last_bar_ - first_bar_).ns) / kNsPerMinute;
    return f;
}

}  // namespace sauda::ml_signal
