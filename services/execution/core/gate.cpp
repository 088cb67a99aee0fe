#include "services/execution/core/gate.h"

#include "services/execution/core/group_writer.h"
#include "services/execution/core/slicing.h"

#include <algorithm>

namespace sauda::execution {

using domain::Decision;
using domain::Intent;
using domain::Reason;
using domain::ReasonCode;
using domain::Unit;

namespace {

bool is_well_formed(const Intent& intent) {
    return intent.id != 0 && !intent.legs.empty() && intent.legs.size() <= domain::kLegsMax &&
           std::all_of(intent.legs.begin(), intent.legs.end(), [](const domain::Leg& leg) {
               return leg.quantity.is_positive() && leg.limit.is_positive() &&
                      leg.side != domain::Side::Unspecified && leg.contract.is_valid();
           });
}

Reason check_authority(const Desk& desk, const Decision& decision) {
    const Intent& intent = decision.intent;
    if (decision.executor != desk.config.database_id) {
        return reason_of(ReasonCode::GateExecutor);
    }
    if (!desk.state.accounts.contains(intent.account)) {
        return reason_of(ReasonCode::AccountUnknown);
    }
    if (!desk.state.latch.allows_entries(intent.account)) {
        return reason_of(
            ReasonCode::GateHalted,
            {number("own_state", static_cast<int64_t>(desk.state.latch.own(intent.account)),
                    Unit::Count),
             number("risk_state", static_cast<int64_t>(desk.state.latch.risk(intent.account)),
                    Unit::Count)});
    }
    if (intent.valid_until.is_set() && desk.now > intent.valid_until) {
        return reason_of(ReasonCode::GateExpired,
                         {number("valid_until", intent.valid_until.ns, Unit::Time),
                          number("now", desk.now.ns, Unit::Time)});
    }
    if (desk.state.market.is_closed(intent.legs.front().contract.exchange())) {
        return reason_of(ReasonCode::SessionClosed);
    }
    return {};
}

Reason check_bounds(const Decision& decision) {
    for (std::size_t i = 0; i < decision.intent.legs.size(); ++i) {
        const domain::Leg& leg = decision.intent.legs[i];
        const auto index = number("leg", static_cast<int64_t>(i), Unit::Count);
        const auto bound = i < decision.bounds.size() ? decision.bounds[i] : domain::LegBound{};
        if (leg.quantity > bound.quantity_max) {
            return reason_of(ReasonCode::GateQuantityBound,
                             {number("quantity", leg.quantity.raw(), Unit::Units),
                              number("limit", bound.quantity_max.raw(), Unit::Units), index});
        }
        if (leg.limit < bound.price_low || leg.limit > bound.price_high) {
            return reason_of(ReasonCode::GatePriceBound,
                             {number("price", leg.limit.raw(), Unit::PricePoints),
                              number("low", bound.price_low.raw(), Unit::PricePoints),
                              number("high", bound.price_high.raw(), Unit::PricePoints), index});
        }
    }
    return {};
}

// An order of unknown state may be filled: nothing more goes into its contract and side.
bool is_blocked(const Desk& desk, const domain::Leg& leg) {
    for (const uint64_t id : desk.state.active()) {
        for (const auto& [child, order] : desk.state.groups.at(id).orders) {
            if (order.state == domain::OrderState::Unknown && order.contract == leg.contract &&
                order.side == leg.side) {
                return true;
            }
        }
    }
    return false;
}

Reason check_venue(const Desk& desk, const Intent& intent) {
    int children = 0;
    for (const auto& leg : intent.legs) {
        if (is_blocked(desk, leg)) {
            return reason_of(
                ReasonCode::ContractBlocked,
                {number("contract", static_cast<int64_t>(leg.contract.raw()), Unit::Contract)});
        }
        children += slice_count(leg.quantity,
                                desk.state.market.instrument(leg.contract, desk.now, desk.rules));
    }
    if (!desk.state.rates.fits(children, desk.now, desk.config.rates)) {
        return reason_of(ReasonCode::GateRate, {number("orders", children, Unit::Count)});
    }
    return {};
}

}  // namespace

Reason check_gate(const Desk& desk, const Decision& decision) {
    if (!is_well_formed(decision.intent)) {
        return reason_of(ReasonCode::IntentInvalid);
    }
    Reason reason = check_authority(desk, decision);
    if (reason.code == ReasonCode::None) {
        reason = check_bounds(decision);
    }
    if (reason.code == ReasonCode::None) {
        reason = check_venue(desk, decision.intent);
    }
    return reason;
}

}  // namespace sauda::execution
