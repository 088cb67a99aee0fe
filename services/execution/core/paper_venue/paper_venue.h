#pragma once

#include "services/execution/core/quote_board.h"
#include "services/execution/core/venue_report.h"

#include <optional>
#include <vector>

namespace sauda::execution {

// What is handed to the venue.
struct VenueOrder {
    domain::ChildId id;
    domain::ContractId contract;
    domain::Side side = domain::Side::Unspecified;
    base::Price limit;
    base::Quantity quantity;
};

// A paper broker as a value. Orders and cancels arrive after the latency. In a streaming source an
// order fills on the first quote known at or after its arrival; against snapshots at its arrival,
// if the last one is younger than one interval, else on the next. A fill takes the touch, at most
// the size shown there less what fills since that quote took; the rest rests. A resting order also
// fills once the volume traded at its price exceeds the size ahead of it. No market impact assumed.
//
// Use: feed it with observe() and the order acts below; then ask next_report() until it is empty,
// and hand every report back through accepted(), filled() or closed() before asking again.
// Orders and arrivals are rebuilt by those acts; queue and consumed sizes are soft.
class PaperVenue {
 public:
    explicit PaperVenue(PaperVenueConfig config = {}) : config_(config) {}

    void observe(const BoardQuote& quote, base::Quantity previous_volume);
    void sent(const VenueOrder& order, base::Timestamp now);
    void cancel_requested(const domain::ChildId& id, base::Timestamp now);
    void accepted(const domain::ChildId& id, const QuoteBoard& board);
    void filled(const domain::ChildId& id, base::Quantity quantity, base::Price price,
                const QuoteBoard& board);
    void closed(const domain::ChildId& id);  // cancelled or rejected

    // The next thing that has happened by `now`; nullopt if nothing.
    [[nodiscard]] std::optional<VenueReport> next_report(const QuoteBoard& board,
                                                         base::Timestamp now) const;
    // Earliest pending arrival; Timestamp::max() if none.
    [[nodiscard]] base::Timestamp next_due() const;
    [[nodiscard]] bool is_empty() const { return orders_.empty(); }

    SAUDA_FIELDS(orders_, consumed_)

 private:
    struct Order {
        domain::ChildId id;
        domain::ContractId contract;
        domain::Side side = domain::Side::Unspecified;
        base::Price limit;
        base::Quantity leaves;
        base::Timestamp arrives_at;
        base::Timestamp cancel_at;  // not set: none
        bool is_accepted = false;
        uint32_t fills = 0;
        base::Quantity ahead;   // of us at our price when we arrived
        base::Quantity traded;  // at our price since then, less our own fills
        SAUDA_FIELDS(id, contract, side, limit, leaves, arrives_at, cancel_at, is_accepted, fills,
                     ahead, traded)
    };
    // Size taken from the touch since the quote `version`.
    struct Consumed {
        uint64_t version = 0;
        base::Quantity bid;
        base::Quantity ask;
        SAUDA_FIELDS(version, bid, ask)
    };
    struct Match {
        base::Quantity quantity;
        base::Price price;
    };
    Order* find(const domain::ChildId& id);
    [[nodiscard]] VenueReport answer_arrival(const Order& order, const QuoteBoard& board) const;
    [[nodiscard]] bool may_trade(const Order& order, const BoardQuote& quote,
                                 base::Duration interval) const;
    [[nodiscard]] std::optional<Match> match(const Order& order, const BoardQuote& quote) const;

    PaperVenueConfig config_;
    std::vector<Order> orders_;  // in order of sending
    std::map<domain::ContractId, Consumed> consumed_;
};

}  // namespace sauda::execution
