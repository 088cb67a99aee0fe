#pragma once

#include "services/lab/core/trade_record.h"

#include <map>
#include <optional>
#include <string>

namespace sauda::lab {

// What stood at a minute of the session.
struct MinutePoint {
    Timestamp at;
    Price level;  // of the underlying; zero = unknown
    Money equity;
    Money margin;  // reserved by approvals
    uint32_t open_trades = 0;
};

// One recording of a backtest.
struct DayRecord {
    Date date;
    std::string recording;
    domain::Origin origin = domain::Origin::Unspecified;
    domain::Underlying underlying = domain::Underlying::Unspecified;
    bool has_depth = true;
    bool is_complete = true;  // the file was ended in order
    std::string damage;
    std::string holiday;
    // Of the account: start includes what was deposited today.
    Money start;
    Money end;
    Money drawdown;  // deepest fall since the day's best, at every snapshot
    Money margin_peak;
    Money gross;       // of trades closed today
    Money charges;     // booked today
    Money correction;  // of these: not of a trade (true-up with the contract note)
    uint64_t closed = 0;
    uint64_t fills = 0;
    uint64_t modelled_fills = 0;
    uint64_t denied = 0;
    // The market.
    Price open, high, low, close;
    std::optional<Price> vix;            // India VIX at the first quote of it
    int64_t straddle_volatility = 0;     // of the first straddle, 1e-6 a year; 0 = unknown
    std::optional<int> days_to_expiry;   // trading days; 0 = expiry day
    std::optional<Money> straddle_sale;  // the benchmark: one lot, after charges
    // The data.
    uint64_t quotes = 0;
    uint64_t snapshots = 0;
    uint64_t repeats = 0;
    uint64_t refused = 0;
    uint64_t stale_periods = 0;
    Duration stale;
    Duration stale_longest;
    Duration session;  // continuous trading
    bool books_balance = true;
    [[nodiscard]] Money net() const { return end - start; }
};

}  // namespace sauda::lab
