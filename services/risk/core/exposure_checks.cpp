#include "services/risk/core/check_functions.h"

// Size: of a leg, of the group, of everything the account holds.
namespace sauda::risk::check {

using namespace domain;

namespace {

void name_capital(const Request& request, Outcome& outcome) {
    if (!outcome.passed) {
        outcome.more.push_back({"capital", request.limits->capital.raw(), Unit::Rupees});
    }
}

Money order_value_limit(const AccountConfig& account) {
    return account.limits.order_value_max.is_positive() ? account.limits.order_value_max
                                                        : account.capital;
}

}  // namespace

MaybeOutcome lots_maximum(const Request& request) {
    if (request.limits == nullptr) {
        return std::nullopt;
    }
    return worst_leg(request, [&](const LegView& view) -> MaybeOutcome {
        if (view.instrument == nullptr || !view.instrument->lot.is_positive()) {
            return std::nullopt;
        }
        return at_most(view.leg->quantity.raw() / view.instrument->lot.raw(),
                       request.limits->limits.lots_max, Unit::Lots);
    });
}

MaybeOutcome order_value_maximum(const Request& request) {
    if (!request.is_priced) {
        return std::nullopt;
    }
    const Money limit = order_value_limit(*request.limits);
    return worst_leg(request, [&](const LegView& view) -> MaybeOutcome {
        return at_most((view.leg->limit * view.leg->quantity).raw(), limit.raw(), Unit::Rupees);
    });
}

MaybeOutcome positions_maximum(const Request& request) {
    if (request.limits == nullptr) {
        return std::nullopt;
    }
    return at_most(open_groups(request.state, request.intent.account) + 1,
                   request.limits->limits.positions_max, Unit::Count);
}

MaybeOutcome trades_maximum(const Request& request) {
    if (request.limits == nullptr) {
        return std::nullopt;
    }
    return at_most(request.account->trades_today + 1, request.limits->limits.trades_per_day,
                   Unit::Count);
}

MaybeOutcome position_cap(const Request& request) {
    if (!request.is_priced) {
        return std::nullopt;
    }
    const auto& account = *request.limits;
    Outcome outcome =
        at_most(request.margin_needed.money.raw(),
                share_of(account.capital, account.limits.position_cap).raw(), Unit::Rupees);
    outcome.estimated = request.margin_needed.is_estimate;
    name_capital(request, outcome);
    return outcome;
}

MaybeOutcome margin_total(const Request& request) {
    if (!request.is_priced) {
        return std::nullopt;
    }
    const auto& account = *request.limits;
    const Money total = request.margin_used.money + request.margin_needed.money;
    Outcome outcome = at_most(
        total.raw(), share_of(account.capital, account.limits.margin_cap).raw(), Unit::Rupees);
    outcome.estimated = request.margin_needed.is_estimate || request.margin_used.is_estimate;
    if (!outcome.passed) {
        outcome.more.push_back({"margin_used", request.margin_used.money.raw(), Unit::Rupees});
    }
    name_capital(request, outcome);
    return outcome;
}

MaybeOutcome capital_available(const Request& request) {
    if (!request.is_priced) {
        return std::nullopt;
    }
    const Money free = request.figures.equity - request.margin_used.money;
    Outcome outcome = at_most(request.margin_needed.money.raw(), free.raw(), Unit::Rupees);
    outcome.estimated = request.margin_needed.is_estimate || request.margin_used.is_estimate;
    if (!outcome.passed) {
        outcome.more.push_back({"equity", request.figures.equity.raw(), Unit::Rupees});
        outcome.more.push_back({"margin_used", request.margin_used.money.raw(), Unit::Rupees});
    }
    return outcome;
}

MaybeOutcome trade_risk(const Request& request) {
    if (!request.is_priced) {
        return std::nullopt;
    }
    const auto& account = *request.limits;
    Outcome outcome =
        at_most(request.risk.raw(), share_of(account.capital, account.limits.trade_risk).raw(),
                Unit::Rupees);
    outcome.estimated = request.has_default_stop;
    name_capital(request, outcome);
    return outcome;
}

}  // namespace sauda::risk::check
