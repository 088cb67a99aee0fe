#include "common/domain/settlement.h"

#include <algorithm>

namespace sauda::domain {

Price intrinsic_value(ContractId contract, Price settlement) {
    switch (contract.kind()) {
        case ContractKind::Call:
            return std::max(settlement - contract.strike(), Price{});
        case ContractKind::Put:
            return std::max(contract.strike() - settlement, Price{});
        case ContractKind::Unspecified:
        case ContractKind::Spot:
        case ContractKind::Future:
        case ContractKind::Synthetic:
            return settlement;
    }
    return settlement;
}

ExpiryResult expire(ContractId contract, Quantity net, Price settlement, OptionSettlement style,
                    const ChargeRates& rates, std::optional<ContractId> future) {
    INVARIANT(!net.is_zero() && !settlement.is_negative());
    ExpiryResult result;
    result.close_price = intrinsic_value(contract, settlement);
    if (!contract.is_option() || !result.close_price.is_positive()) {
        return result;
    }
    result.is_exercised = true;
    const bool is_devolving = style == OptionSettlement::Future;
    if (net.is_positive()) {
        const Price taxed = is_devolving ? settlement : result.close_price;
        result.charges = charges_of_exercise(rates, taxed * net);
    }
    if (is_devolving && future) {
        const bool is_long = net.is_positive() == (contract.kind() == ContractKind::Call);
        result.future =
            DevolvedFuture{*future, is_long ? Side::Buy : Side::Sell, net.abs(), contract.strike()};
        result.close_price = {};
    }
    return result;
}

std::optional<RollCost> roll_cost(Quantity net, const RollQuotes& quotes,
                                  const ChargeRates& rates) {
    const auto is_whole = [](Price bid, Price ask) { return bid.is_positive() && bid < ask; };
    if (!is_whole(quotes.near_bid, quotes.near_ask) || !is_whole(quotes.far_bid, quotes.far_ask)) {
        return std::nullopt;
    }
    const Quantity size = net.abs();
    const bool is_long = net.is_positive();
    const Side out = is_long ? Side::Sell : Side::Buy;
    const Side in = is_long ? Side::Buy : Side::Sell;
    const Price left = is_long ? quotes.near_bid : quotes.near_ask;
    const Price entered = is_long ? quotes.far_ask : quotes.far_bid;
    RollCost cost;
    // Each side gives up half its spread; both halves are summed before they are halved.
    const Price spreads = (quotes.near_ask - quotes.near_bid) + (quotes.far_ask - quotes.far_bid);
    cost.spread = (spreads * size).scaled(1, 2);
    const Price middles = (quotes.far_bid + quotes.far_ask) - (quotes.near_bid + quotes.near_ask);
    cost.basis = (middles * net).scaled(1, 2);
    cost.charges = charges_of(rates, out, left * size, true);
    cost.charges += charges_of(rates, in, entered * size, true);
    return cost;
}

}  // namespace sauda::domain
