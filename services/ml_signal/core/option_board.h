#pragma once

#include "common/domain/market_data.h"
#include "common/indicators/rolling_window.h"

#include <map>
#include <optional>

namespace sauda::ml_signal {

inline constexpr std::size_t kLookBack = 15;  // bars
inline constexpr uint64_t kFreshBars = 5;     // an older close is not used
inline constexpr double kNearShare = 0.02;    // strikes within 2 % of the forward are near

// The last bars of one option, one value a minute: a minute without a quote repeats close and
// open interest and has no volume.
struct OptionSeries {
    indicators::RollingWindow closes{kLookBack + 1};
    indicators::RollingWindow interests{kLookBack + 1};
    indicators::RollingWindow volumes{kLookBack};
    uint64_t last_bar = 0;  // number of the last bar with a quote
    SAUDA_FIELDS(closes, interests, volumes, last_bar)
};

// What the options near the money say together. A field is nullopt until it can be known.
struct BoardFigures {
    std::optional<double> pcr_interest;
    std::optional<double> pcr_volume;
    std::optional<double> long_build_up;
    std::optional<double> short_build_up;
    std::optional<double> long_unwinding;
    std::optional<double> short_covering;
    double volume = 0.0;  // of the last bar
};

// The minute bars of the options of one expiry. Of one day.
class OptionBoard {
 public:
    // Bars of the expiry in `batch`; the others are left out.
    void push(const domain::BarBatch& batch, domain::Date expiry);

    // The listed strike nearest to the forward whose call and put both have a fresh close.
    [[nodiscard]] std::optional<double> at_the_money(double forward) const;
    // A fresh close, rupees. ago: bars back, the strike must have been there.
    [[nodiscard]] std::optional<double> close(double strike, bool is_call,
                                              std::size_t ago = 0) const;
    // The strike nearest to the money at `distance` or further from the forward, with a fresh
    // close: calls above, puts below.
    [[nodiscard]] std::optional<double> wing(double forward, double distance, bool is_call) const;
    [[nodiscard]] BoardFigures figures(double forward) const;

    SAUDA_FIELDS(calls_, puts_, bars_)

 private:
    using Side = std::map<domain::Price, OptionSeries>;
    [[nodiscard]] bool is_fresh(const OptionSeries& series) const;

    Side calls_;  // by strike
    Side puts_;
    uint64_t bars_ = 0;
};

}  // namespace sauda::ml_signal
