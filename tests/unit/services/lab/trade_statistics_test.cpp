#include "services/lab/core/trade_statistics.h"

#include <catch2/catch.hpp>

#include <vector>

using namespace sauda;
using namespace sauda::lab;

namespace {

TradeRecord trade(uint64_t group, int64_t gross, int64_t charges, int64_t minutes = 10) {
    TradeRecord record;
    record.group = group;
    record.in = base::ist(base::date_of(2026, 11, 23), base::minutes(600));
    record.out = record.in + base::minutes(minutes);
    record.gross = Money::from_rupees(gross);
    record.charges = Money::from_rupees(charges);
    record.turnover = Money::from_rupees(1000);
    return record;
}

}  // namespace

TEST_CASE("statistics of trades are those of the closed ones, after charges") {
    std::vector<TradeRecord> trades = {trade(1, 300, 100, 10), trade(2, -50, 50, 20),
                                       trade(3, 20, 20, 30), trade(4, 500, 100, 40)};
    trades.push_back(trade(5, 9999, 0));
    trades.back().out = {};
    const auto s = statistics_of(trades);
    CHECK(s.trades == 4);
    CHECK(s.open == 1);
    CHECK(s.won == 2);
    CHECK(s.lost == 1);
    CHECK(s.net == Money::from_rupees(500));
    CHECK(s.gross - s.charges == s.net);
    CHECK(s.won_sum + s.lost_sum == s.net);
    CHECK(*s.win_rate == 0.5);
    CHECK(*s.profit_factor == 6.0);
    CHECK(*s.expectancy == 125.0);
    CHECK(*s.average_win == 300.0);
    CHECK(*s.average_loss == -100.0);
    CHECK(*s.payoff_ratio == 3.0);
    CHECK(*s.average_minutes == 25.0);
    CHECK(s.turnover == Money::from_rupees(5000));
}

TEST_CASE("streaks run in order of the exits") {
    // Told in another order than they ended.
    const std::vector<TradeRecord> trades = {trade(1, -10, 0, 50), trade(2, 5, 0, 10),
                                             trade(3, -10, 0, 20), trade(4, -30, 0, 30),
                                             trade(5, 7, 0, 40),   trade(6, -5, 0, 60)};
    const auto s = statistics_of(trades);
    CHECK(s.longest_loss_streak == 2);
    CHECK(s.longest_win_streak == 1);
    CHECK(s.worst_loss_streak == Money::from_rupees(-40));
}

TEST_CASE("no trades have no averages, and no loss no profit factor") {
    const auto none = statistics_of({});
    CHECK(!none.win_rate);
    CHECK(!none.profit_factor);
    CHECK(!none.expectancy);
    const auto won = statistics_of(std::vector<TradeRecord>{trade(1, 10, 0)});
    CHECK(*won.win_rate == 1.0);
    CHECK(!won.profit_factor);
    CHECK(!won.payoff_ratio);
}

TEST_CASE("slippage costs ticks or a share of the premium on every fill, not on a settlement") {
    TradeRecord record = trade(1, 1000, 100);
    record.legs.push_back({.contract = {},
                           .side = domain::Side::Sell,
                           .quantity = base::units(75),
                           .in = Price::from_rupees(100),
                           .out = Price::from_rupees(60),
                           .tick = Price::from_paise(5),
                           .is_settled = false});
    CHECK(net_with_slippage(record, 0, 0) == record.net());
    // 2 ticks of 0.05 x 75 units x 2 fills = 15 rupees.
    CHECK(net_with_slippage(record, 2, 0) == Money::from_rupees(900 - 15));
    // 1 % of 100 and of 60, x 75 = 120 rupees.
    CHECK(net_with_slippage(record, 0, 10) == Money::from_rupees(900 - 120));
    record.legs[0].is_settled = true;
    CHECK(net_with_slippage(record, 2, 10) == Money::from_paise(90'000 - 750 - 7'500));
}
