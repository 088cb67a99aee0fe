#pragma once

#include "common/domain/market_data.h"
#include "common/indicators/atr.h"
#include "common/indicators/realised_volatility.h"
#include "common/indicators/rolling_window.h"
#include "common/indicators/rsi.h"
#include "common/indicators/sma.h"

#include <array>
#include <optional>
#include <string_view>

namespace sauda::ml_signal {

// In the order of the table in rules.cpp; the names are part of published signals.
enum Feature : std::size_t {
    kMomentum5,        // close / close 5 bars ago - 1
    kMomentum15,       // close / close 15 bars ago - 1
    kDistanceSma20,    // (close - SMA 20) / ATR 14; 0 without a range
    kRsi14,            // 0 to 100
    kRangePosition,    // where the close lies in the day's range, 0 to 1; 0.5 without a range
    kVolatilityState,  // realised volatility of 10 bars / of 60 bars; 1 until both are known
    kTimeOfDay,        // minutes since the day's first bar
    kFeatures,
};
std::string_view name_of(std::size_t feature);
using Features = std::array<double, kFeatures>;

// What one series of 1-minute bars (a forward or an index) tells. Of one day.
class BarFeatures {
 public:
    void push(const domain::Bar& bar, domain::Timestamp bar_start);
    // After 20 bars.
    [[nodiscard]] bool is_ready() const;
    [[nodiscard]] Features values() const;  // only when ready
    // Per bar, of the last 10; only when ready.
    [[nodiscard]] double volatility() const { return short_volatility_.value(); }
    // The same of the last 60; nullopt before there are that many.
    [[nodiscard]] std::optional<double> long_volatility() const {
        return long_volatility_.is_ready() ? std::optional(long_volatility_.value()) : std::nullopt;
    }
    // Rupees, only when ready; high and low of the day after the first bar.
    [[nodiscard]] double sma() const { return sma_.value(); }
    [[nodiscard]] double atr() const { return atr_.value(); }
    [[nodiscard]] double high() const { return high_; }
    [[nodiscard]] double low() const { return low_; }
    [[nodiscard]] domain::Timestamp last_bar() const { return last_bar_; }

    SAUDA_FIELDS(closes_, sma_, rsi_, atr_, short_volatility_, long_volatility_, high_, low_,
                 first_bar_, last_bar_)

 private:
    indicators::RollingWindow closes_{16};
    indicators::Sma sma_{20};
    indicators::Rsi rsi_{14};
    indicators::Atr atr_{14};
    indicators::RealisedVolatility short_volatility_{10};
    indicators::RealisedVolatility long_volatility_{60};
    double high_ = 0.0;
    double low_ = 0.0;
    domain::Timestamp first_bar_;
    domain::Timestamp last_bar_;
};

}  // namespace sauda::ml_signal
