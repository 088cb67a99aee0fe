#pragma once

#include "common/domain/core.h"
#include "common/domain/position_book.h"
#include "services/execution/core/day_note.h"
#include "services/execution/core/group.h"
#include "services/execution/core/market_view.h"
#include "services/execution/core/paper_venue/paper_venue.h"
#include "services/execution/core/rate_budget.h"
#include "services/execution/core/trading_latch.h"

#include <set>

namespace sauda::execution {

// All state of the core. Durable parts change in apply() alone; the market view is soft; the paper
// venue is rebuilt by apply(), its queue sizes are soft.
class State {
 public:
    explicit State(const ExecutionConfig& config);

    // Folds one of our own events; meta.event_time is the instant it was emitted at.
    void apply(const domain::Message& event, const ExecutionConfig& config);

    [[nodiscard]] const Group* find_group(uint64_t id) const;
    [[nodiscard]] const ChildOrder* find_order(const domain::ChildId& id) const;
    // The group exists, or existed and was forgotten after it had ended.
    [[nodiscard]] bool knows_group(uint64_t id) const;
    // Ids of groups that need attention, ascending.
    [[nodiscard]] const std::vector<uint64_t>& active() const { return active_; }
    // The first of them above `id`, nullptr at the end: groups may start and end on the way.
    [[nodiscard]] const Group* next_active(uint64_t id) const;
    // The contract is a leg of an active group.
    [[nodiscard]] bool is_watched(domain::ContractId contract) const;

    MarketView market;
    PaperVenue venue;
    TradingLatch latch;
    RateBudget rates;
    domain::PositionBook book;
    std::map<uint64_t, Group> groups;
    std::set<uint64_t> forgotten;    // ended groups whose details are gone
    std::set<std::string> accounts;  // capital deposited
    uint64_t ledger_next = 1;
    uint64_t fills = 0;
    uint64_t orders_sent = 0;
    uint64_t alerts = 0;
    uint64_t duplicates = 0;  // decisions for a known group
    bool is_named = false;    // ExecutorEvent emitted
    DayNotes notes;           // what today's contract notes will say

    template <class Archive>
    void visit_fields(Archive& archive) {
        archive.fields(
            "market, venue, latch, rates, book, groups, forgotten, accounts, ledger_next, fills, "
            "orders_sent, alerts, duplicates, is_named, notes",
            market, venue, latch, rates, book, groups, forgotten, accounts, ledger_next, fills,
            orders_sent, alerts, duplicates, is_named, notes);
    }
    // After reading.
    void rebuild_indices();

 private:
    void on(const domain::OrderEvent& event, base::Timestamp now, const ExecutionConfig& config);
    void on(const domain::GroupEvent& event, base::Timestamp now, const ExecutionConfig& config);
    void on(const domain::LedgerEntry& entry, base::Timestamp now);
    void on(const domain::Alert& alert, base::Timestamp now);
    void on(const domain::TradingStateEvent& event) { latch.apply(event); }
    void place(Group& group, const domain::OrderEvent& event);
    void book_settlement(Group& group, const domain::LedgerEntry& entry);
    void book_fill(Group& group, ChildOrder& order, const domain::OrderEvent& event);
    void forget_old_groups(base::Timestamp now);
    void refresh(uint64_t group);

    std::vector<uint64_t> active_;   // derived
    std::vector<uint64_t> watched_;  // derived: raw contracts, sorted
};

// The group an approval makes. now: when it was accepted.
Group make_group(const domain::Decision& decision, base::Timestamp now,
                 const ExecutionConfig& config);

}  // namespace sauda::execution
