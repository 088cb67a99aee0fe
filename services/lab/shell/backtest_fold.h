#pragma once

#include "common/summary/figures.h"
#include "services/lab/shell/day_record.h"
#include "services/lab/shell/open_trades.h"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <vector>

namespace sauda::lab {

// What a backtest leaves behind, as the fold of its messages: days, trades, the equity by minute.
// Holds no market data; what it holds grows by the trade and, at 75 to 375 points, by the day.
class BacktestFold {
 public:
    explicit BacktestFold(std::shared_ptr<const domain::MarketRules> rules);

    // Called for every ledger entry with the time it was known.
    std::function<void(const domain::LedgerEntry&, Timestamp)> on_ledger = [](const auto&, auto) {};
    std::function<void(const MinutePoint&)> on_minute = [](const auto&) {};

    void begin_day(const domain::SourceInfo& info);
    void add(const domain::Message& message);
    // `refused`: quotes or rows of the recording that were refused.
    void end_day(uint64_t refused);
    // After the last day: trades that are still open join trades(), marked.
    void finish();

    [[nodiscard]] const std::vector<DayRecord>& days() const { return days_; }
    [[nodiscard]] std::vector<DayRecord>& days() { return days_; }
    [[nodiscard]] const std::vector<TradeRecord>& trades() const { return trades_; }
    [[nodiscard]] const std::vector<MinutePoint>& minutes() const { return minutes_; }
    [[nodiscard]] const std::map<std::string, std::string>& denials() const { return denial_text_; }
    [[nodiscard]] const std::map<std::string, uint64_t>& denial_counts() const { return denials_; }
    [[nodiscard]] const summary::SessionSummary& summary() const { return summary_; }
    [[nodiscard]] Money start() const { return start_; }
    [[nodiscard]] Money deposits() const { return deposits_; }
    [[nodiscard]] Money equity() const;
    // Minutes of open sessions, and of these with a position.
    [[nodiscard]] uint64_t session_minutes() const { return session_minutes_; }
    [[nodiscard]] uint64_t exposed_minutes() const { return exposed_minutes_; }
    [[nodiscard]] bool books_balance() const;

 private:
    // What an approval said of a trade that may come.
    struct Approval {
        std::string why;
        uint64_t signal = 0;
        Money margin;       // reserved at approval
        Money margin_held;  // of it, until the group ended
        uint32_t modelled = 0;
        Price level_in;
        Price level_out;
        Money turnover;
        std::set<domain::ContractId> settled;
    };
    void take(const domain::Decision& decision);
    void take(const domain::LedgerEntry& entry, Timestamp at);
    void take(const domain::QuoteBatch& batch, Timestamp at);
    void take(const domain::SessionEvent& event, Timestamp at);
    void release(uint64_t group);
    void note_minute(Timestamp at);
    void close_trades(bool is_last);
    TradeRecord record_of(const summary::Trade& trade);
    void fill_market(DayRecord& day) const;
    [[nodiscard]] Price level() const;
    void thin_minutes();

    std::shared_ptr<const domain::MarketRules> rules_;
    summary::SessionSummary summary_;
    OpenTrades open_;
    std::map<uint64_t, Approval> approvals_;
    std::set<uint64_t> recorded_;  // of the day's trades
    std::vector<DayRecord> days_;
    std::vector<TradeRecord> trades_;
    std::vector<MinutePoint> minutes_;
    std::map<std::string, uint64_t> denials_;
    std::map<std::string, std::string> denial_text_;
    DayRecord day_;
    Money start_;
    Money deposits_;
    Money day_deposits_;
    Money margin_now_;
    Timestamp session_open_;
    Timestamp stale_since_;
    int64_t minute_ = 0;
    uint64_t session_minutes_ = 0;
    uint64_t exposed_minutes_ = 0;
    int64_t minutes_apart_ = 1;
};

}  // namespace sauda::lab
