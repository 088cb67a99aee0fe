#pragma once

#include "common/indicators/adx.h"
#include "common/indicators/ema.h"
#include "common/indicators/realised_volatility.h"
#include "common/indicators/regime_filter.h"

namespace sauda::indicators {

enum class Regime : uint8_t { Trend = 0, Range = 1, Volatile = 2 };

// The order of the model's rows. Means and deviations are stated, not fitted in the run: set once
// by hand on 1-minute NIFTY bars of 2024-01 to 2024-05 (docs/accuracy/indicators_structure.md).
inline constexpr RegimeModel kRegimeModel{
    .start = {1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0},
    .transition = {{{0.98, 0.01, 0.01}, {0.01, 0.98, 0.01}, {0.01, 0.01, 0.98}}},
    .mean = {{{38.0, 0.0}, {19.0, -0.2}, {26.0, 0.6}}},  // ADX, log volatility ratio
    .deviation = {{{11.0, 0.35}, {6.0, 0.3}, {12.0, 0.35}}},
    .evidence = 0.2};

struct MarketRegimeSettings {
    uint32_t adx_period = 14;  // bars
    uint32_t fast = 20;        // bars, of the volatility now
    uint32_t slow = 375;       // bars, of the usual one: a session of minutes
    double enter = 0.7;        // probability at which the label changes ...
    uint32_t hold = 3;         // ... on so many bars running
    RegimeModel model = kRegimeModel;
    SAUDA_FIELDS(adx_period, fast, slow, enter, hold, model)
};

// Trend, range or volatile. Two features a bar: ADX held to [12, 50], and log(fast / slow) of
// volatility held to [-0.8, 1.2], where fast is the root mean square of the last `fast` returns
// and slow the root of an exponential average (k = 2 / (slow + 1)) of squared returns. (Further
// out the widest normal density wins, whatever it stands for; held, a still market is a range.)
// They go through the forward filter of a hidden Markov model with fixed numbers. The label is the
// regime whose probability was at least `enter` on `hold` bars running, and stays until another's
// was. The overnight move is neither trend nor volatility: start_session() has the next bars scaled
// so that the first opens at the close before. First value with bar slow + 1 (if ADX and fast are
// ready by then).
class MarketRegime {
 public:
    explicit MarketRegime(const MarketRegimeSettings& settings = {});

    void start_session() { is_opening_ = true; }
    void push(const BarInput& bar);

    [[nodiscard]] bool is_ready() const { return filter_.is_ready(); }
    // By Regime; only when ready.
    [[nodiscard]] double probability(Regime regime) const {
        return filter_.probabilities()[static_cast<std::size_t>(regime)];
    }
    // None until one regime was probable enough for long enough.
    [[nodiscard]] std::optional<Regime> label() const { return label_; }
    // What the filter saw last; only when ready.
    [[nodiscard]] const RegimeModel::PerFeature& features() const { return features_; }

    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        visit("trend", when(is_ready(), [&] { return probability(Regime::Trend); }));
        visit("range", when(is_ready(), [&] { return probability(Regime::Range); }));
        visit("volatile", when(is_ready(), [&] { return probability(Regime::Volatile); }));
        visit("label", when(label_.has_value(), [&] { return static_cast<double>(*label_); }));
    }

    SAUDA_FIELDS(settings_, adx_, fast_, slow_, filter_, features_, scale_, last_close_,
                 is_opening_, label_, candidate_, run_)

 private:
    void decide();

    MarketRegimeSettings settings_;
    Adx adx_;
    RealisedVolatility fast_;
    Ema slow_;  // of squared returns
    RegimeFilter filter_;
    RegimeModel::PerFeature features_{};
    double scale_ = 1.0;       // of prices, so that sessions join
    double last_close_ = 0.0;  // scaled; 0 before the first bar
    bool is_opening_ = false;
    std::optional<Regime> label_;
    Regime candidate_ = Regime::Trend;
    uint32_t run_ = 0;  // bars running that the candidate was probable enough
};

}  // namespace sauda::indicators
