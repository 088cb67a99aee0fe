#include "services/risk/core/check_functions.h"
#include "services/risk/core/expiry.h"

#include <algorithm>

// What an option turns into at its expiry.
namespace sauda::risk {

using namespace domain;

std::optional<Timestamp> devolving_until(const RiskConfig& config, const MarketRules& rules,
                                         ContractId contract) {
    if (!contract.is_option() || config.allow_devolving ||
        rules.option_settlement(contract.underlying()) != OptionSettlement::Future) {
        return std::nullopt;
    }
    const auto exchange = contract.exchange();
    const Date before = rules.previous_trading_day(exchange, contract.expiry());
    if (before.days == 0) {
        return Timestamp{1};  // no trading day is known before it: it cannot be opened
    }
    return rules.day(exchange, before).close - config.devolving_margin;
}

Timestamp square_off_of(const RiskConfig& config, const MarketRules& rules, const Intent& intent,
                        Date today) {
    Timestamp at = intent.exits.square_off_at;
    for (const auto& leg : intent.legs) {
        const auto until = devolving_until(config, rules, leg.contract);
        const bool is_before_plan =
            until && (at.is_set() ? *until < at : base::ist_date(*until) == today);
        if (is_before_plan) {
            at = *until;
        }
    }
    return at;
}

namespace check {

MaybeOutcome not_physical(const Request& request) {
    const auto is_physical = [&](const LegView& view) {
        return view.leg->contract.is_option() && !request.config.allow_physical &&
               request.rules.option_settlement(view.leg->contract.underlying()) ==
                   OptionSettlement::Physical;
    };
    Outcome outcome{0, 0, Unit::Count, true, false, {}};
    for (const auto& view : request.legs) {
        if (is_physical(view)) {
            if (outcome.passed) {
                outcome.more.push_back(contract_number(view.leg->contract));
            }
            outcome.passed = false;
            ++outcome.value;
        }
    }
    return outcome;
}

MaybeOutcome not_devolving(const Request& request) {
    Outcome outcome{0, 0, Unit::Count, true, false, {}};
    for (const auto& view : request.legs) {
        const auto contract = view.leg->contract;
        const auto until = devolving_until(request.config, request.rules, contract);
        if (!until || request.now < *until) {
            continue;
        }
        if (outcome.passed) {
            outcome.more = {contract_number(contract),
                            {"expiry", contract.expiry().days, Unit::Date},
                            {"until", until->ns, Unit::Time}};
        }
        outcome.passed = false;
        ++outcome.value;
    }
    return outcome;
}

}  // namespace check
}  // namespace sauda::risk
