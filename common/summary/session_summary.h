#pragma once

#include "common/domain/market_rules.h"
#include "common/summary/account_books.h"
#include "common/summary/activity.h"
#include "common/summary/market_watch.h"
#include "common/summary/run_facts.h"
#include "common/summary/trade_log.h"

#include <memory>

namespace sauda::summary {

// Where one account stood when the day began, and how deep it fell since its best of the day.
struct AccountDay {
    Money equity;  // at DayStart; what was deposited today counts as start, too
    Money realised;
    Money charges;
    Money deposits;
    Money best;  // of the equity
    Money drawdown;
    SAUDA_FIELDS(equity, realised, charges, deposits, best, drawdown)
};

// The summary of one session date: a pure fold over every message of the bus, market data included,
// in the order of their times. Over several days the same object goes on: the first SourceInfo,
// DayStart or Holiday of another date begins a new summary, the ledger stays. Render a day before
// the next begins. `rules` may be null: then lots, charges and benchmarks are unknown.
class SessionSummary {
 public:
    explicit SessionSummary(std::shared_ptr<const domain::MarketRules> rules = nullptr);

    void add(const domain::Message& message);

    // deposits + realised + unrealised - charges == cash + market value for every account, ledger
    // against risk, to the paisa.
    [[nodiscard]] bool books_balance() const { return imbalances().empty(); }
    [[nodiscard]] std::vector<std::string> imbalances() const;
    // "10:42:17  P&L +1,234.50  open 1 trade (2 contracts)  last: stop hit straddle1"
    [[nodiscard]] std::string live_line() const;

    [[nodiscard]] Date date() const { return date_; }
    [[nodiscard]] Timestamp now() const { return now_; }
    [[nodiscard]] Underlying underlying() const { return underlying_; }
    [[nodiscard]] const MarketWatch* market() const;  // of the day's first source
    [[nodiscard]] uint64_t quotes() const;            // published, of every underlying
    [[nodiscard]] const FeedLog& feed() const { return feed_; }
    [[nodiscard]] const BotLog& bots() const { return bots_; }
    [[nodiscard]] const OrderLog& orders() const { return orders_; }
    [[nodiscard]] const TradeLog& trades() const { return trades_; }
    [[nodiscard]] const SignalLog& signals() const { return signals_; }
    [[nodiscard]] const AccountBooks& books() const { return books_; }
    [[nodiscard]] const std::map<std::string, AccountDay>& account_days() const { return days_; }
    [[nodiscard]] const domain::TradingStateEvent& trading_state() const { return state_; }
    [[nodiscard]] const domain::MarketRules* rules() const { return rules_.get(); }
    [[nodiscard]] const AccountBooks::Marks& marks() const { return marks_; }
    // Charges booked today, component by component, over all accounts.
    [[nodiscard]] const domain::Charges& charges_today() const { return charges_today_; }
    [[nodiscard]] uint64_t alerts(domain::Severity severity) const;

    SAUDA_FIELDS(date_, now_, underlying_, markets_, feed_, bots_, orders_, trades_, signals_,
                 books_, days_, state_, marks_, charges_today_, alerts_, last_event_)

 private:
    void begin_day(Date date);
    void end_snapshots();
    void update_equity();
    void take(const domain::QuoteBatch& batch, Timestamp at);
    void take(const domain::SourceInfo& info);
    void take(const domain::SessionEvent& event);
    void take(const domain::LedgerEntry& entry, Timestamp at);
    void take(const domain::GroupEvent& event, Timestamp at);
    void take_other(const domain::Message& message);

    std::shared_ptr<const domain::MarketRules> rules_;
    Date date_;
    Timestamp now_;
    Underlying underlying_ = Underlying::Unspecified;
    std::map<Underlying, MarketWatch> markets_;
    FeedLog feed_;
    BotLog bots_;
    OrderLog orders_;
    TradeLog trades_;
    SignalLog signals_;
    AccountBooks books_;
    std::map<std::string, AccountDay> days_;
    domain::TradingStateEvent state_;
    AccountBooks::Marks marks_;  // last closing price of each open contract
    domain::Charges charges_today_;
    std::map<domain::Severity, uint64_t> alerts_;
    std::string last_event_;
};

// The page of owner-expectations section 3, ending in a newline.
std::string text(const SessionSummary& summary, const RunFacts& facts);
// The same figures; money as rupees in strings, so that no paisa is lost.
std::string json(const SessionSummary& summary, const RunFacts& facts);
// One line per trade, with a heading.
std::string trades_csv(const SessionSummary& summary);

}  // namespace sauda::summary
