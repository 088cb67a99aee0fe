#pragma once

#include "common/base/expected.h"
#include "common/domain/market_rules.h"
#include "common/domain/session.h"
#include "services/ml_signal/core/feature_list.h"
#include "services/trainer/core/trade_outcome.h"

#include <memory>
#include <string>
#include <vector>

namespace sauda::trainer {

// A bar's features with what each trade it allowed came to.
struct TrainingRow {
    domain::Timestamp at;  // the bar's end
    ml_signal::FeatureRow features{};
    Outcome call;
    Outcome put;
    Outcome straddle;
    int64_t rule_score = 0;
};

// What one recording gives.
struct TrainingDay {
    std::string file;  // without its folder
    domain::Origin origin = domain::Origin::Unspecified;
    domain::Underlying underlying = domain::Underlying::Unspecified;
    domain::Date date;
    domain::Quantity lot;
    uint64_t content_hash = 0;
    uint64_t quotes = 0;
    uint64_t bars = 0;  // with features
    double first_forward = 0.0;
    double last_forward = 0.0;
    std::vector<TrainingRow> rows;
};

// Plays a recording through the feed's and ml_signal's own cores, as the system would, and deals
// the three trades of each bar on the quotes a second after it. Invalid: nothing to learn from,
// with the reason. underlying Unspecified: the recording's own.
base::Expected<TrainingDay> read_training_day(
    const std::string& path, domain::Underlying underlying,
    const std::shared_ptr<const domain::MarketRules>& rules);

}  // namespace sauda::trainer
