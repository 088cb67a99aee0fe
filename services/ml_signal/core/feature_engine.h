#pragma once

#include "common/indicators/ema.h"
#include "services/ml_signal/core/feature_list.h"
#include "services/ml_signal/core/features.h"
#include "services/ml_signal/core/option_board.h"
#include "services/ml_signal/core/recent_values.h"

#include <optional>

namespace sauda::ml_signal {

// What a row needs beside bars.
struct FeatureContext {
    domain::Timestamp close_at;    // end of continuous trading; not set: unknown
    domain::Timestamp settles_at;  // of the nearest expiry; not set: unknown
};

// One row of model features for each 1-minute bar of an underlying, from the forward of its
// nearest expiry and from the options of that expiry. The one class that makes features: training
// feeds it recordings, ml_signal lives on it. Of one day; the nearest expiry is that of the first
// forward seen.
class FeatureEngine {
 public:
    // All bars of one underlying that end together, 1 minute long.
    void push(const domain::BarBatch& batch, const FeatureContext& context);

    // Of the last bar pushed, if that had a forward and 20 bars of it are known.
    [[nodiscard]] const std::optional<FeatureRow>& row() const { return row_; }
    // The bar the row is of.
    [[nodiscard]] domain::Timestamp bar_start() const { return bar_start_; }
    [[nodiscard]] domain::Date expiry() const { return expiry_; }
    // The expiry it will have after this batch; days 0: none yet.
    [[nodiscard]] domain::Date expiry_of(const domain::BarBatch& batch) const;

    SAUDA_FIELDS(expiry_, board_, bars_, closes_, sma_60_, ema_9_, ema_21_, first_open_, count_,
                 ivs_, skews_, pcrs_, volumes_, day_volume_, row_, bar_start_)

 private:
    void push_forward(const domain::Bar& bar, domain::Timestamp start);
    void price_features(FeatureRow& row) const;
    void premium_features(FeatureRow& row, double years);
    void interest_features(FeatureRow& row);
    void time_features(FeatureRow& row, const FeatureContext& context, domain::Timestamp end) const;

    domain::Date expiry_;  // days 0: no forward seen yet
    OptionBoard board_;
    BarFeatures bars_;  // what the rules look at
    indicators::RollingWindow closes_{31};
    indicators::Sma sma_60_{60};
    indicators::Ema ema_9_{9};
    indicators::Ema ema_21_{21};
    double first_open_ = 0.0;
    uint64_t count_ = 0;  // bars of the forward
    RecentValues<kLookBack + 1> ivs_;
    RecentValues<kLookBack + 1> skews_;
    RecentValues<kLookBack + 1> pcrs_;
    indicators::RollingWindow volumes_{5};
    double day_volume_ = 0.0;
    std::optional<FeatureRow> row_;
    domain::Timestamp bar_start_;
};

}  // namespace sauda::ml_signal
