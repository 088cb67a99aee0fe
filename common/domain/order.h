#pragma once

#include "common/domain/decision.h"

#include <optional>
#include <string>
#include <string_view>

namespace sauda::domain {

// A child order is one order at the venue: (group, leg, slice, amendment) of an approved parent.
enum class OrderState : uint8_t {
    Unspecified = 0,
    Pending = 1,  // recorded, not yet handed to the broker
    Sent = 2,     // handed over, no answer yet
    Working = 3,  // the venue has it
    PartiallyFilled = 4,
    PendingCancel = 5,  // cancel sent
    Filled = 6,
    Cancelled = 7,
    Rejected = 8,  // by the venue
    Denied = 9,    // by execution's own last gate
    Unknown = 10,  // timed out; counts as filled for limits, unfilled for hedges
};

enum class OrderEventKind : uint8_t {
    Unspecified = 0,
    Placed = 1,  // creates the child in Pending
    Sent = 2,
    Accepted = 3,
    PartialFill = 4,
    Fill = 5,
    CancelRequested = 6,
    Cancelled = 7,
    Rejected = 8,
    Denied = 9,
    TimedOut = 10,  // no answer: Unknown
    Found = 11,     // the broker's book shows it working
    NotFound = 12,  // the broker's book did not show it for the settle time
    CancelRejected = 13,
};

bool is_terminal(OrderState state);

// The one transition table. nullopt: not a transition; the caller counts and alerts, except for
// the venue truths the table lists (fill after cancel, report overtaking the answer).
std::optional<OrderState> next_state(OrderState state, OrderEventKind event);

// Identity of a child. Deterministic; printed "G12.1.0.2" (group 12, leg 1, slice 0, amendment 2).
struct ChildId {
    uint64_t group = 0;
    uint8_t leg = 0;
    uint16_t slice = 0;
    uint16_t amendment = 0;
    bool is_exit = false;  // entry and exit children count apart; printed "G12x.1.0.2"
    friend auto operator<=>(const ChildId&, const ChildId&) = default;
    SAUDA_FIELDS(group, leg, slice, amendment, is_exit)
};
std::string to_text(const ChildId& id);
std::optional<ChildId> parse_child(std::string_view text);

// One step of one child. Quantities in units; cumulative + leaves = quantity while working.
struct OrderEvent {
    OrderEventKind kind = OrderEventKind::Unspecified;
    OrderState state = OrderState::Unspecified;  // after the event
    ChildId child;
    uint64_t decision = 0;
    std::string account;
    std::string bot;
    Product product = Product::Unspecified;
    ContractId contract;
    Side side = Side::Unspecified;
    Quantity quantity;
    Price limit;
    Quantity last_quantity;  // of a fill
    Price last_price;
    Quantity cumulative;
    Quantity leaves;
    bool modelled = false;  // filled against modelled sides
    Price touch;            // the side it would trade against when sent
    Price mid;              // when sent
    std::string venue_order;
    Reason reason;
    friend bool operator==(const OrderEvent&, const OrderEvent&) = default;
    SAUDA_FIELDS(kind, state, child, decision, account, bot, product, contract, side, quantity,
                 limit, last_quantity, last_price, cumulative, leaves, modelled, touch, mid,
                 venue_order, reason)
};

// A leg group: the parent order with its protective exits. A trade in limits and statistics.
enum class GroupState : uint8_t {
    Unspecified = 0,
    Approved = 1,  // nothing sent yet
    Entering = 2,
    Open = 3,  // every leg in
    Exiting = 4,
    Unwinding = 5,  // a leg failed, what is in goes out
    Closed = 6,     // flat, was in
    Abandoned = 7,  // flat, never in
};
enum class GroupEventKind : uint8_t {
    Unspecified = 0,
    Accepted = 1,  // Approved
    EntryStarted = 2,
    LegFilled = 3,  // one leg complete
    Opened = 4,     // all legs in
    LegFailed = 5,
    ExitStarted = 6,
    TrailRaised = 7,  // best P&L reached
    Flattened = 8,    // position of the group is zero
    Refused = 9,      // last gate or expiry: nothing was sent
};
bool is_terminal(GroupState state);
std::optional<GroupState> next_state(GroupState state, GroupEventKind event);

struct GroupEvent {
    GroupEventKind kind = GroupEventKind::Unspecified;
    GroupState state = GroupState::Unspecified;
    uint64_t group = 0;
    uint64_t decision = 0;
    std::string account;
    std::string bot;
    Reason reason;
    Money pnl;       // of the group at the closing side; realised when Closed, before charges
    Money best_pnl;  // trailing level
    Money stop_pnl;  // ExitStarted: the level that was hit; else zero
    Money charges;   // so far
    std::optional<Decision> approval;  // Accepted: what the group was made from; else none
    friend bool operator==(const GroupEvent&, const GroupEvent&) = default;
    SAUDA_FIELDS(kind, state, group, decision, account, bot, reason, pnl, best_pnl, stop_pnl,
                 charges, approval)
};

}  // namespace sauda::domain
