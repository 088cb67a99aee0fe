#pragma once

#include "services/lab/core/metrics.h"
#include "services/lab/core/trade_statistics.h"
#include "services/lab/shell/backtest_fold.h"

#include <string>
#include <vector>

namespace sauda::lab {

// One row of a breakdown: closed trades that share something.
struct Slice {
    std::string name;
    TradeStatistics statistics;
};
struct Breakdown {
    std::string name;   // "hour"
    std::string title;  // "by hour of entry"
    std::vector<Slice> slices;
};

struct LadderStep {
    std::string name;  // "2 ticks", "1 % of premium"
    Money net;         // of closed trades
    uint64_t won = 0;
};

// Everything the report says, worked out once from the fold. Ratios that cannot be known: nullopt.
struct BacktestFigures {
    Money start;  // first day's equity, deposits of that day included
    Money end;
    Money net;          // end - deposits
    Money corrections;  // charges of no trade: true-ups with contract notes
    Money open_pnl;     // of trades still open, at the mark, after their charges
    Money drawdown;     // deepest fall of the equity in rupees, at minutes and days' ends
    Money margin_peak;
    domain::Charges charges;
    TradeStatistics trades;
    std::vector<double> returns;  // by day
    std::optional<double> total_return, annual_return, volatility, sharpe, sortino, calmar,
        skewness, kurtosis, confidence, deflated, on_margin, exposure, turnover, charges_of_gross;
    Drawdown day_drawdown;
    uint64_t trials = 1;
    uint64_t days_won = 0;
    uint64_t days_lost = 0;
    std::vector<Breakdown> breakdowns;
    std::vector<LadderStep> ladder;
    Money straddle_sale;  // the benchmark: one lot each day it could be sold
    uint64_t straddle_days = 0;
};

// trials: how many configurations were looked at before this one was shown, itself included.
BacktestFigures figures_of(const BacktestFold& fold, uint64_t trials);

}  // namespace sauda::lab
