#pragma once

#include "services/risk/core/checks.h"

// The functions behind the table in checks.cpp, by noun.
namespace sauda::risk::check {

// intent_checks.cpp: who asks, and is it asked properly and in time.
MaybeOutcome intent_valid(const Request& request);
MaybeOutcome executor_known(const Request& request);
MaybeOutcome account_known(const Request& request);
MaybeOutcome bot_known(const Request& request);
MaybeOutcome group_new(const Request& request);
MaybeOutcome intent_in_time(const Request& request);

// session_checks.cpp: trading state and the exchange's day.
MaybeOutcome not_halted(const Request& request);
MaybeOutcome not_reducing(const Request& request);
MaybeOutcome no_holiday(const Request& request);
MaybeOutcome session_open(const Request& request);
MaybeOutcome opening_minutes_over(const Request& request);
MaybeOutcome entries_not_over(const Request& request);

// instrument_checks.cpp: the contract and the exchange's units.
MaybeOutcome contract_known(const Request& request);
MaybeOutcome contract_alive(const Request& request);
MaybeOutcome contract_traded(const Request& request);
MaybeOutcome lot_multiple(const Request& request);
MaybeOutcome tick_multiple(const Request& request);
MaybeOutcome quantity_maximum(const Request& request);

// expiry_checks.cpp: what an option turns into.
MaybeOutcome not_physical(const Request& request);
MaybeOutcome not_devolving(const Request& request);

// data_checks.cpp: is there a market to trade against.
MaybeOutcome data_fresh(const Request& request);
MaybeOutcome data_two_sided(const Request& request);
MaybeOutcome spread_narrow(const Request& request);
MaybeOutcome price_in_collar(const Request& request);

// order_checks.cpp: other orders.
MaybeOutcome quantity_open(const Request& request);
MaybeOutcome contract_not_blocked(const Request& request);
MaybeOutcome no_opposite_order(const Request& request);

// exposure_checks.cpp: size.
MaybeOutcome lots_maximum(const Request& request);
MaybeOutcome order_value_maximum(const Request& request);
MaybeOutcome positions_maximum(const Request& request);
MaybeOutcome trades_maximum(const Request& request);
MaybeOutcome position_cap(const Request& request);
MaybeOutcome margin_total(const Request& request);
MaybeOutcome capital_available(const Request& request);
MaybeOutcome trade_risk(const Request& request);

// loss_checks.cpp
MaybeOutcome daily_loss(const Request& request);
MaybeOutcome drawdown(const Request& request);

// rate_checks.cpp
MaybeOutcome rate_second(const Request& request);
MaybeOutcome rate_minute(const Request& request);
MaybeOutcome rate_hour(const Request& request);

// cost_gate.cpp
MaybeOutcome cost_gate(const Request& request);

// "contract" as a number of a reason.
domain::Number contract_number(domain::ContractId contract);
// Passed while value <= limit.
Outcome at_most(int64_t value, int64_t limit, domain::Unit unit);

// How much of its limit a value uses; without a limit the value itself.
inline double use_of(const Outcome& outcome) {
    const auto value = static_cast<double>(outcome.value);
    return outcome.limit > 0 ? value / static_cast<double>(outcome.limit) : value;
}

// The outcome of the worst leg of a per-leg check: the first that failed, else the one that uses
// most of its limit.
// one(view) -> MaybeOutcome. A failed outcome gets the leg's contract.
template <class One>
MaybeOutcome worst_leg(const Request& request, One one) {
    MaybeOutcome worst;
    for (const auto& view : request.legs) {
        MaybeOutcome outcome = one(view);
        if (outcome && !outcome->passed) {
            outcome->more.insert(outcome->more.begin(), contract_number(view.leg->contract));
            return outcome;
        }
        if (outcome && (!worst || use_of(*outcome) > use_of(*worst))) {
            worst = std::move(outcome);
        }
    }
    return worst;
}

}  // namespace sauda::risk::check
