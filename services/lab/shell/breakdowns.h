#pragma once

#include "services/lab/shell/backtest_figures.h"

namespace sauda::lab {

// Closed trades by bot, reason of exit, hour, weekday, days to expiry, expiry day against others,
// volatility and gap of the day. Every breakdown holds every closed trade once.
std::vector<Breakdown> breakdowns_of(const BacktestFold& fold);

}  // namespace sauda::lab
