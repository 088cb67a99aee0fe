#include "services/risk/core/margin_desk.h"

#include "common/margin/straddle_volatility.h"
#include "services/risk/core/market.h"

#include <algorithm>

namespace sauda::risk {

using namespace domain;

namespace {

constexpr int32_t kVolatilityDays = 7;    // nearer ones say more of the hour than of the day
constexpr std::size_t kStrikesTried = 5;  // around the money

Price mark_of(const Market& market, ContractId contract) {
    const auto* mark = market.mark(contract);
    return mark != nullptr ? mark->mark : Price{};
}

}  // namespace

Price commodity_price(const Market& market, margin::Commodity commodity, Date today) {
    const auto* view = market.underlying(commodity.second);
    if (view == nullptr) {
        return {};
    }
    const auto* spot = view->chain.find(ContractId::spot(commodity.first, commodity.second));
    if (spot != nullptr) {
        const Price price = spot->is_two_sided() ? spot->mid() : spot->last;
        if (price.is_positive()) {
            return price;
        }
    }
    for (const Date expiry : view->chain.expiries(today)) {
        const auto forward = view->chain.parity_forward(expiry);
        if (forward && forward->is_positive()) {
            return *forward;
        }
    }
    return {};
}

int64_t commodity_volatility(const Market& market, margin::Commodity commodity, Date today,
                             Price underlying, int64_t rate) {
    const auto* view = market.underlying(commodity.second);
    const auto expiries = view == nullptr ? std::vector<Date>{} : view->chain.expiries(today);
    if (expiries.empty()) {
        return 0;
    }
    const auto far = std::find_if(expiries.begin(), expiries.end(), [&](Date expiry) {
        return expiry.days - today.days >= kVolatilityDays;
    });
    const Date expiry = far == expiries.end() ? expiries.back() : *far;
    auto strikes = view->chain.strikes(expiry);
    const std::size_t tried = std::min(strikes.size(), kStrikesTried);
    std::partial_sort(strikes.begin(), strikes.begin() + static_cast<std::ptrdiff_t>(tried),
                      strikes.end(), [&](Price a, Price b) {
                          return std::pair((a - underlying).abs(), a) <
                                 std::pair((b - underlying).abs(), b);
                      });
    for (std::size_t i = 0; i < tried; ++i) {
        const auto option = [&](ContractKind kind) {
            return ContractId::option(commodity.first, commodity.second, kind, expiry, strikes[i]);
        };
        const ContractId call = option(ContractKind::Call);
        const auto volatility = margin::straddle_volatility(
            call, mark_of(market, call), mark_of(market, option(ContractKind::Put)), today, rate);
        if (volatility) {
            return *volatility;
        }
    }
    return 0;
}

void MarginDesk::prepare(const Market& market, const MarketRules& rules,
                         margin::Commodity commodity, Date today, Price fallback) {
    if (today != today_ || rules_ != &rules) {
        prepared_.clear();
        today_ = today;
        rules_ = &rules;
    }
    if (prepared_.contains(commodity)) {
        return;
    }
    margin::Conditions conditions;
    conditions.today = today;
    conditions.parameters = rules.margin_parameters(commodity.first, commodity.second, today)
                                .value_or(MarginParameters{});
    conditions.rate = conditions.parameters.rate;
    conditions.underlying = commodity_price(market, commodity, today);
    const bool is_told = conditions.underlying.is_positive();
    if (!is_told) {
        conditions.underlying = fallback;
    }
    conditions.volatility = conditions.parameters.volatility;
    if (conditions.volatility == 0 && is_told) {
        conditions.volatility =
            commodity_volatility(market, commodity, today, conditions.underlying, conditions.rate);
    }
    engine_.set(commodity, conditions);
    if (is_told) {
        prepared_.insert(commodity);  // a fallback is the caller's, not the market's
    }
}

}  // namespace sauda::risk
