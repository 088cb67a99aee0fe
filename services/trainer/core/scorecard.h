#pragma once

#include "common/models/model.h"
#include "services/trainer/core/trade_outcome.h"

#include <string>
#include <vector>

namespace sauda::trainer {

// One decision a bar allowed, with what each trade would have come to.
struct ScoredRow {
    std::size_t day = 0;  // index, ascending
    domain::Timestamp at;
    double log_odds = 0.0;    // out of fold, calibrated
    models::Payoffs payoffs;  // of the rows its model was trained on
    double base_rate = 0.5;   // of the same
    double weight = 1.0;      // uniqueness
    bool is_rise = false;     // what paid better
    Outcome call;
    Outcome put;
    Outcome straddle;
    int64_t rule_score = 0;  // of the rules at that bar
    int yesterday = 0;       // +1 the forward rose the day before, -1 it fell, 0 unknown
};

// What a way to trade came to: one lot at a time, a new trade only after the last one has ended.
struct WayResult {
    std::string name;
    int64_t trades = 0;
    int64_t won = 0;
    domain::Money net;
    domain::Money worst_day;
    std::vector<domain::Money> days;  // one for each day, zero without a trade
    [[nodiscard]] domain::Money per_trade() const {
        return trades == 0 ? domain::Money{} : net.scaled(1, trades);
    }
    // Mean of the days over its standard error; 0 where it cannot be known.
    [[nodiscard]] double t_value() const;
};

// Said and came: rows with a probability in [from, to).
struct ReliabilityRow {
    double from = 0.0;
    double to = 1.0;
    int64_t rows = 0;
    double events = 0.0;  // independent ones
    double said = 0.0;    // mean probability
    double came = 0.0;    // share of rises
};

struct Scorecard {
    WayResult model;
    std::vector<WayResult> baselines;  // base rate, always sell, rules only, yesterday's sign
    std::vector<ReliabilityRow> reliability;
    int64_t days = 0;
    double events = 0.0;
    double loss = 0.0;       // nats
    double base_loss = 0.0;  // of saying the base rate each time
    int64_t trials = 1;
    double t_needed = 0.0;  // one-sided 5 % over all trials
    bool has_edge = false;
    std::string verdict;  // a sentence or two
};

inline constexpr int64_t kDaysNeeded = 20;
inline constexpr int64_t kTradesNeeded = 30;

// rows: ascending in time; not empty. trials: all settings that were tried.
Scorecard score(const std::vector<ScoredRow>& rows, int64_t trials);

}  // namespace sauda::trainer
