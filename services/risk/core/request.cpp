#include "services/risk/core/request.h"

#include "common/domain/charges.h"

#include <algorithm>

namespace sauda::risk {

using namespace domain;

namespace {

LegView view_of(const Market& market, const Leg& leg) {
    LegView view{&leg, market.instrument(leg.contract), market.quote(leg.contract), {}};
    if (view.quote != nullptr) {
        view.touch = leg.side == Side::Buy ? view.quote->ask : view.quote->bid;
    }
    if (!view.touch.is_positive()) {
        const auto* mark = market.mark(leg.contract);
        view.touch = mark != nullptr ? mark->mark : Price{};
    }
    return view;
}

// What getting in and out again costs: charges of both ways and the spread once.
Money round_trip_of(const Request& request) {
    Money total;
    for (const auto& view : request.legs) {
        const auto& leg = *view.leg;
        const auto rates =
            request.rules.charge_rates(leg.contract.exchange(), leg.contract.kind(), request.today);
        const Price price = view.touch.is_positive() ? view.touch : leg.limit;
        if (rates) {
            total += round_trip(*rates, price, leg.quantity).total();
        }
        if (view.quote != nullptr && view.quote->is_two_sided()) {
            total += (view.quote->ask - view.quote->bid) * leg.quantity;
        }
    }
    return total;
}

void fill_risk(Request& request) {
    const auto& intent = request.intent;
    if (intent.exits.stop_loss.is_positive()) {
        request.risk = intent.exits.stop_loss;
        return;
    }
    Money premium;
    bool is_long_premium = true;
    for (const auto& leg : intent.legs) {
        is_long_premium = is_long_premium && leg.side == Side::Buy && leg.contract.is_option();
        premium += leg.limit * leg.quantity;
    }
    request.has_default_stop = !is_long_premium;
    request.risk = is_long_premium ? premium : default_stop(*request.limits);
}

bool can_price(const Request& request) {
    return request.limits != nullptr && request.is_open() && !request.legs.empty() &&
           request.legs.size() <= kLegsMax &&
           std::all_of(request.legs.begin(), request.legs.end(), [](const LegView& view) {
               return view.instrument != nullptr && view.leg->contract.is_valid() &&
                      view.leg->quantity.is_positive() && view.leg->limit.is_positive() &&
                      view.leg->side != Side::Unspecified;
           });
}

}  // namespace

Money default_stop(const AccountConfig& account) {
    return share_of(account.capital, account.limits.default_stop);
}

Request make_request(const RiskConfig& config, const MarketRules& rules, const Market& market,
                     const State& state, const Intent& intent, Timestamp now) {
    Request request{config, rules, market, state, intent, now, base::ist_date(now)};
    request.limits = config.find(intent.account);
    request.account = &state.account(intent.account);
    for (const auto& leg : intent.legs) {
        request.legs.push_back(view_of(market, leg));
    }
    request.children = children_of(intent, market);
    if (!can_price(request)) {
        return request;
    }
    const MarginView view{state, market, rules, request.today};
    request.is_priced = true;
    request.figures = figures_of(state, market, intent.account);
    request.margin_used = margin_used(view, intent.account);
    request.margin_needed = margin_of_entry(view, intent);
    fill_risk(request);
    request.round_trip = round_trip_of(request);
    return request;
}

}  // namespace sauda::risk
