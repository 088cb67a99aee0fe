#pragma once

#include "services/lab/core/trade_record.h"

#include <cstdint>
#include <optional>
#include <span>

namespace sauda::lab {

// Figures of the closed trades; open ones are counted and nothing else. Money is exact; a figure
// without a denominator is nullopt. A trade that made nothing after charges is neither won nor
// lost.
struct TradeStatistics {
    uint64_t trades = 0;  // closed
    uint64_t open = 0;
    uint64_t won = 0;
    uint64_t lost = 0;
    Money gross;
    Money charges;
    Money net;
    Money won_sum;   // net of the winners
    Money lost_sum;  // net of the losers, <= 0
    Money best;      // largest net of a trade, 0 without one
    Money worst;
    Money turnover;                       // price x quantity over all fills, open trades included
    std::optional<double> win_rate;       // won / trades
    std::optional<double> profit_factor;  // won_sum / |lost_sum|; nullopt without a loss
    std::optional<double> expectancy;     // rupees: net / trades
    std::optional<double> average_win;    // rupees
    std::optional<double> average_loss;   // rupees, <= 0
    std::optional<double> payoff_ratio;   // average win / |average loss|
    std::optional<double> average_minutes;
    uint64_t longest_win_streak = 0;  // in order of the exits
    uint64_t longest_loss_streak = 0;
    Money worst_loss_streak;  // net of the costliest run of losses, <= 0
};

TradeStatistics statistics_of(std::span<const TradeRecord> trades);

}  // namespace sauda::lab
