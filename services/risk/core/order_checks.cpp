#include "services/risk/core/check_functions.h"

// Other orders of the account.
namespace sauda::risk::check {

using namespace domain;

namespace {

// An entry that is approved but may not have been filled yet.
bool is_entering(GroupState state) {
    return state == GroupState::Approved || state == GroupState::Entering;
}

int64_t opposite_orders(const Request& request, const Leg& leg) {
    int64_t count = 0;
    for (const auto& [key, order] : request.state.orders()) {
        if (key.first == request.intent.account && order.bot != request.intent.bot &&
            order.contract == leg.contract && order.side == opposite(leg.side)) {
            ++count;
        }
    }
    for (const auto& [key, group] : request.state.groups()) {
        if (key.first != request.intent.account || group.bot == request.intent.bot) {
            continue;
        }
        const bool is_leaving = request.now - group.exit_approved_at < kExitHandover;
        for (const auto& other : group.legs) {
            if (other.contract != leg.contract) {
                continue;
            }
            const bool is_against_entry =
                is_entering(group.state) && other.side == opposite(leg.side);
            const bool is_against_exit =
                is_leaving && other.pending_exit.is_positive() && other.side == leg.side;
            count += is_against_entry || is_against_exit ? 1 : 0;
        }
    }
    return count;
}

}  // namespace

MaybeOutcome quantity_open(const Request& request) {
    const auto& intent = request.intent;
    return worst_leg(request, [&](const LegView& view) -> MaybeOutcome {
        Quantity asked;  // two legs may leave the same contract
        for (const auto& leg : intent.legs) {
            asked += leg.contract == view.leg->contract && leg.side == view.leg->side ? leg.quantity
                                                                                      : Quantity{};
        }
        const Quantity open = closable(request.state, intent.account, intent.group,
                                       view.leg->contract, view.leg->side, request.now);
        return at_most(asked.raw(), open.raw(), Unit::Units);
    });
}

MaybeOutcome contract_not_blocked(const Request& request) {
    return worst_leg(request, [&](const LegView& view) -> MaybeOutcome {
        int64_t count = 0;
        for (const auto& [key, order] : request.state.orders()) {
            count += key.first == request.intent.account && order.is_unknown &&
                             order.contract == view.leg->contract
                         ? 1
                         : 0;
        }
        return at_most(count, 0, Unit::Count);
    });
}

MaybeOutcome no_opposite_order(const Request& request) {
    return worst_leg(request, [&](const LegView& view) -> MaybeOutcome {
        return at_most(opposite_orders(request, *view.leg), 0, Unit::Count);
    });
}

}  // namespace sauda::risk::check
