#include "services/lab/core/trade_statistics.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace sauda::lab {

namespace {

void add_streaks(TradeStatistics& s, const std::vector<const TradeRecord*>& by_exit) {
    uint64_t wins = 0;
    uint64_t losses = 0;
    Money streak;
    for (const TradeRecord* trade : by_exit) {
        const Money net = trade->net();
        wins = net.is_positive() ? wins + 1 : 0;
        losses = net.is_negative() ? losses + 1 : 0;
        streak = net.is_negative() ? streak + net : Money{};
        s.longest_win_streak = std::max(s.longest_win_streak, wins);
        s.longest_loss_streak = std::max(s.longest_loss_streak, losses);
        s.worst_loss_streak = std::min(s.worst_loss_streak, streak);
    }
}

void add_averages(TradeStatistics& s, double minutes) {
    if (s.trades == 0) {
        return;
    }
    const auto trades = static_cast<double>(s.trades);
    s.win_rate = static_cast<double>(s.won) / trades;
    s.expectancy = s.net.rupees() / trades;
    s.average_minutes = minutes / trades;
    if (s.won > 0) {
        s.average_win = s.won_sum.rupees() / static_cast<double>(s.won);
    }
    if (s.lost > 0) {
        s.average_loss = s.lost_sum.rupees() / static_cast<double>(s.lost);
        s.profit_factor = s.won_sum.rupees() / -s.lost_sum.rupees();
    }
    if (s.won > 0 && s.lost > 0) {
        s.payoff_ratio = *s.average_win / -*s.average_loss;
    }
}

}  // namespace

TradeStatistics statistics_of(std::span<const TradeRecord> trades) {
    TradeStatistics s;
    std::vector<const TradeRecord*> by_exit;
    double minutes = 0.0;
    for (const auto& trade : trades) {
        s.turnover += trade.turnover;
        if (!trade.is_closed()) {
            ++s.open;
            continue;
        }
        by_exit.push_back(&trade);
        const Money net = trade.net();
        s.best = s.trades == 0 ? net : std::max(s.best, net);
        s.worst = s.trades == 0 ? net : std::min(s.worst, net);
        ++s.trades;
        s.gross += trade.gross;
        s.charges += trade.charges;
        s.net += net;
        s.won += net.is_positive() ? 1 : 0;
        s.lost += net.is_negative() ? 1 : 0;
        (net.is_positive() ? s.won_sum : s.lost_sum) += net;
        minutes += static_cast<double>(trade.duration().ns) / 60e9;
    }
    std::stable_sort(by_exit.begin(), by_exit.end(), [](const auto* a, const auto* b) {
        return std::tie(a->out, a->group) < std::tie(b->out, b->group);
    });
    add_averages(s, minutes);
    add_streaks(s, by_exit);
    return s;
}

}  // namespace sauda::lab
