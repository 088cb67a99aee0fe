#pragma once

#include "common/domain/decision.h"
#include "common/domain/message.h"
#include "common/domain/order.h"
#include "common/domain/position_book.h"
#include "services/risk/core/config.h"
#include "services/risk/core/market.h"

#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace sauda::risk {

// The bot whose intents risk makes itself.
inline constexpr const char* kFlattenBot = "flatten";

// An approved exit counts as working until execution places it, at most this long: an exit that
// execution refused must not block the next one.
inline constexpr base::Duration kExitHandover = base::seconds(5);

// Children that one decision may send, at the time it was made.
struct RateEntry {
    domain::Timestamp at;
    int64_t children = 0;
    SAUDA_FIELDS(at, children)
};

struct GroupLeg {
    domain::ContractId contract;
    domain::Side side = domain::Side::Unspecified;  // of the entry
    domain::Quantity quantity;
    bool is_hedge = false;
    domain::Quantity pending_exit;  // approved to leave, not yet placed
    SAUDA_FIELDS(contract, side, quantity, is_hedge, pending_exit)
};

// A leg group from its approval to its terminal event.
struct GroupRecord {
    std::string bot;
    domain::Product product = domain::Product::Unspecified;
    domain::GroupState state = domain::GroupState::Unspecified;
    domain::Date day;  // of the approval
    domain::Money margin_reserved;
    domain::Money risk_reserved;
    std::vector<GroupLeg> legs;
    domain::Timestamp exit_approved_at;  // of the pending exits
    domain::Timestamp flattened_at;      // when flatten last told it to close
    SAUDA_FIELDS(bot, product, state, day, margin_reserved, risk_reserved, legs, exit_approved_at,
                 flattened_at)
};

// A child order the venue may still fill.
struct LiveOrder {
    std::string bot;
    domain::ContractId contract;
    domain::Side side = domain::Side::Unspecified;
    domain::Quantity leaves;
    bool is_unknown = false;
    SAUDA_FIELDS(bot, contract, side, leaves, is_unknown)
};

struct AccountState {
    domain::Money deposits;
    domain::Money realised;     // of the account's life, before charges
    domain::Money charges;      // of the account's life
    uint64_t ledger_entry = 0;  // the last one counted
    domain::Date day;
    bool day_open = false;
    domain::Money start_equity;
    domain::Money peak_equity;  // of the day
    int64_t trades_today = 0;
    int64_t denied_today = 0;
    bool loss_warned = false;
    bool loss_reached = false;
    bool drawdown_reached = false;
    bool tomorrow_told = false;
    domain::TradingState trading = domain::TradingState::Active;
    domain::ReasonCode trading_reason = domain::ReasonCode::None;
    domain::FlattenPhase flatten = domain::FlattenPhase::None;
    domain::Timestamp flatten_since;                  // begin of the phase
    std::deque<RateEntry> rates;                      // of the last hour
    std::map<domain::ReasonCode, int64_t> worst_use;  // today, 1e-6 of the limit
    SAUDA_FIELDS(deposits, realised, charges, ledger_entry, day, day_open, start_equity,
                 peak_equity, trades_today, denied_today, loss_warned, loss_reached,
                 drawdown_reached, tomorrow_told, trading, trading_reason, flatten, flatten_since,
                 rates, worst_use)

    [[nodiscard]] bool is_flattening() const {
        return flatten == domain::FlattenPhase::Cancelling ||
               flatten == domain::FlattenPhase::Closing;
    }
};

using GroupKey = std::pair<std::string, uint64_t>;         // account, group
using OrderKey = std::pair<std::string, domain::ChildId>;  // account, child

// Durable state of risk: changed by apply() alone, from risk's own events.
class State {
 public:
    // `market` is soft state; it is equal whenever the same event is applied.
    void apply(const domain::Message& event, const Market& market);

    [[nodiscard]] const std::string& executor() const { return executor_; }
    [[nodiscard]] uint64_t last_decision() const { return last_decision_; }
    // A fresh one if nothing happened in the account yet.
    [[nodiscard]] const AccountState& account(const std::string& name) const;
    [[nodiscard]] const std::map<GroupKey, GroupRecord>& groups() const { return groups_; }
    [[nodiscard]] const GroupRecord* group(const std::string& account, uint64_t id) const;
    [[nodiscard]] bool is_used(const std::string& account, uint64_t group) const;
    [[nodiscard]] const std::map<OrderKey, LiveOrder>& orders() const { return orders_; }
    [[nodiscard]] const domain::PositionBook& book() const { return book_; }
    // Positions that are not flat, in the order of their keys.
    [[nodiscard]] const std::map<domain::PositionKey, domain::Position>& open() const {
        return open_;
    }
    [[nodiscard]] bool has_open(const std::string& account) const;

    SAUDA_FIELDS(executor_, last_decision_, accounts_, groups_, closed_groups_, orders_, book_,
                 open_)

 private:
    void on(const domain::Decision& decision, domain::Timestamp at, const Market& market);
    void on_open_approved(const domain::Decision& decision);
    void on_reduce_approved(const domain::Decision& decision, domain::Timestamp at);
    void on(const domain::AccountEvent& event);
    void on(const domain::TradingStateEvent& event, domain::Timestamp at);
    void on(const domain::PositionEvent& event);
    void on(const domain::GroupEvent& event);
    void on(const domain::OrderEvent& event);
    void on(const domain::Alert& alert);

    std::string executor_;
    uint64_t last_decision_ = 0;
    std::map<std::string, AccountState> accounts_;
    std::map<GroupKey, GroupRecord> groups_;
    std::set<GroupKey> closed_groups_;
    std::map<OrderKey, LiveOrder> orders_;
    domain::PositionBook book_;
    std::map<domain::PositionKey, domain::Position> open_;
};

// Child orders an intent needs: one per leg and slice of the freeze quantity.
int64_t children_of(const domain::Intent& intent, const Market& market);

}  // namespace sauda::risk
