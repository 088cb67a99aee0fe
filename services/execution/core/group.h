#pragma once

#include "services/execution/core/child_order.h"

#include <map>
#include <vector>

namespace sauda::execution {

struct GroupLeg {
    domain::Leg leg;
    domain::LegBound bound;
    base::Quantity entered;   // filled by entry children
    base::Quantity net;       // open now, signed
    base::Money cash;         // received less paid, before charges
    uint32_t entry_step = 0;  // re-pricings so far
    uint32_t exit_step = 0;
    base::Timestamp retry_at;  // no exit before, after the venue refused or dropped one by itself
    [[nodiscard]] bool is_complete() const { return entered >= leg.quantity; }
    SAUDA_FIELDS(leg, bound, entered, net, cash, entry_step, exit_step, retry_at)
};

// A leg group: the approved parent order, its children and its protective exits. Everything here
// is rebuilt by apply() from our own events.
struct Group {
    uint64_t id = 0;
    uint64_t decision = 0;
    std::string account;
    std::string bot;
    domain::Product product = domain::Product::Unspecified;
    domain::LegPolicy policy = domain::LegPolicy::Unspecified;
    domain::ExitPlan exits;    // square_off_at is always set
    base::Timestamp alarm_at;  // still open: tell the owner
    base::Duration entry_timeout;
    domain::GroupState state = domain::GroupState::Unspecified;
    base::Timestamp entry_deadline;  // set by EntryStarted
    base::Timestamp exit_started_at;
    base::Timestamp changed_at;
    domain::Reason exit_reason;
    base::Money best_pnl;
    bool is_trailing = false;  // armed
    bool is_alarmed = false;
    uint32_t legs_reported = 0;  // LegFilled events
    uint32_t chase_alerts = 0;
    base::Timestamp chase_alerted_at;
    domain::Charges charges;
    std::vector<GroupLeg> legs;
    std::map<domain::ChildId, ChildOrder> orders;

    [[nodiscard]] bool is_flat() const;
    [[nodiscard]] bool has_leg(domain::ContractId contract) const;
    [[nodiscard]] bool was_in() const;  // anything was ever filled
    [[nodiscard]] bool is_complete() const;
    [[nodiscard]] bool has_live_orders() const;
    [[nodiscard]] bool has_rejected_entry() const;
    // Not terminal, or something is still open or working: needs attention.
    [[nodiscard]] bool is_active() const;
    // Exit children are due: exiting, or a late fill reached a finished group.
    [[nodiscard]] bool needs_exit() const;
    // Leaves of live children of one leg.
    [[nodiscard]] base::Quantity working(uint8_t leg, bool is_exit) const;
    [[nodiscard]] bool has_live(uint8_t leg, bool is_exit) const;
    // Realised once flat; before charges.
    [[nodiscard]] base::Money cash() const;
    [[nodiscard]] domain::Exchange exchange() const;  // of its first leg

    SAUDA_FIELDS(id, decision, account, bot, product, policy, exits, alarm_at, entry_timeout, state,
                 entry_deadline, exit_started_at, changed_at, exit_reason, best_pnl, is_trailing,
                 is_alarmed, legs_reported, chase_alerts, chase_alerted_at, charges, legs, orders)
};

// The id of the next child of a leg: the next amendment of the lowest slice whose last order ended
// unfilled, up to `modifications_max` of them, else a new slice.
domain::ChildId next_child_id(const Group& group, uint8_t leg, bool is_exit, int modifications_max);

}  // namespace sauda::execution
