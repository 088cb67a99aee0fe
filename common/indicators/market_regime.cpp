#include "common/indicators/market_regime.h"

#include "common/options/deterministic_math.h"

#include <algorithm>

namespace sauda::indicators {

namespace {

constexpr double kAdxMin = 12.0;
constexpr double kAdxMax = 50.0;
constexpr double kRatioMin = -0.8;
constexpr double kRatioMax = 1.2;

}  // namespace

MarketRegime::MarketRegime(const MarketRegimeSettings& settings)
    : settings_(settings),
      adx_(settings.adx_period),
      fast_(settings.fast),
      slow_(settings.slow),
      filter_(settings.model) {
    INVARIANT(settings.enter > 0.5 && settings.enter < 1.0 && settings.hold > 0);
}

void MarketRegime::push(const BarInput& bar) {
    if (is_opening_ && last_close_ > 0.0) {
        scale_ = last_close_ / bar.open;
    }
    is_opening_ = false;
    const double close = bar.close * scale_;
    adx_.push(bar.high * scale_, bar.low * scale_, close);
    fast_.push(close);
    if (last_close_ > 0.0) {
        const double r = close / last_close_ - 1.0;
        slow_.push(r * r);
    }
    last_close_ = close;
    if (!adx_.is_ready() || !fast_.is_ready() || !slow_.is_ready()) {
        return;
    }
    const double now = fast_.value();
    const double usual = slow_.value();
    // A market that stands still is as quiet as can be; one that never moved is as usual.
    const double ratio = usual <= 0.0 ? 0.0
                         : now <= 0.0 ? kRatioMin
                                      : 0.5 * options::log_of(now * now / usual);
    features_ = {std::clamp(adx_.value(), kAdxMin, kAdxMax),
                 std::clamp(ratio, kRatioMin, kRatioMax)};
    filter_.push(features_);
    decide();
}

void MarketRegime::decide() {
    const auto& p = filter_.probabilities();
    const auto most = static_cast<std::size_t>(std::max_element(p.begin(), p.end()) - p.begin());
    const auto regime = static_cast<Regime>(most);
    if (p[most] < settings_.enter) {
        run_ = 0;
        return;
    }
    run_ = regime == candidate_ ? run_ + 1 : 1;
    candidate_ = regime;
    if (run_ >= settings_.hold) {
        label_ = regime;
        run_ = settings_.hold;  // stops there
    }
}

}  // namespace sauda::indicators
