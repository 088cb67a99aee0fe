#include "services/strategy/core/bots/strikes.h"

#include "services/strategy/core/bots/exits.h"

#include <algorithm>

namespace sauda::strategy {

namespace {

using domain::ContractKind;
using domain::Reason;
using domain::ReasonCode;
using domain::Unit;

// nullopt: not to be had now (no fresh offer, or its lot is unknown).
struct Offer {
    const domain::Quote* quote = nullptr;
    Price limit;
    Quantity lot;
};
std::optional<Offer> offer_at(const View& view, Date expiry, Price strike, ContractKind kind) {
    const auto* quote = view.chain().option(expiry, strike, kind);
    if (quote == nullptr || !ask_of(*quote).is_positive() || !view.is_fresh(*quote)) {
        return std::nullopt;
    }
    const auto instrument = view.instrument(quote->contract);
    if (!instrument) {
        return std::nullopt;
    }
    const Price through = instrument->tick * view.parameter("slippage_ticks");
    const Price limit = base::ceil_to_tick(ask_of(*quote) + through, instrument->tick);
    return Offer{quote, limit, instrument->lot};
}

Reason unaffordable(Money premium, Money cap) {
    return {ReasonCode::StrikeUnaffordable,
            {{"premium", premium.raw(), Unit::Rupees}, {"cap", cap.raw(), Unit::Rupees}}};
}

}  // namespace

StrikeResult affordable_strike(const View& view, Date expiry, ContractKind kind, Price forward) {
    const Money cap = view.account().position_cap;
    auto strikes = view.chain().strikes(expiry);
    std::sort(strikes.begin(), strikes.end(), [forward](Price a, Price b) {
        return std::pair((a - forward).abs(), a) < std::pair((b - forward).abs(), b);
    });
    std::optional<Money> cheapest;
    for (const Price strike : strikes) {
        const auto offer = offer_at(view, expiry, strike, kind);
        if (!offer) {
            continue;
        }
        const Money premium = offer->limit * offer->lot;
        if (premium <= cap) {
            const int64_t lots =
                std::min(view.settings().lots, cap.raw() / std::max<int64_t>(premium.raw(), 1));
            return StrikeChoice{offer->quote, offer->limit,
                                Quantity::from_raw(offer->lot.raw() * lots)};
        }
        cheapest = std::min(cheapest.value_or(premium), premium);
    }
    return cheapest ? unaffordable(*cheapest, cap) : Reason{ReasonCode::NoQuotes, {}};
}

StrikeResult offset_strike(const View& view, Date expiry, ContractKind kind, Price forward,
                           int64_t offset) {
    const auto at_the_money = view.chain().nearest_strike(expiry, forward);
    const auto strikes = view.chain().strikes(expiry);
    if (!at_the_money) {
        return Reason{ReasonCode::NoQuotes, {}};
    }
    const int64_t from = std::find(strikes.begin(), strikes.end(), *at_the_money) - strikes.begin();
    const int64_t at = kind == ContractKind::Call ? from + offset : from - offset;
    if (at < 0 || at >= static_cast<int64_t>(strikes.size())) {
        return Reason{ReasonCode::NoQuotes, {{"offset", offset, Unit::Count}}};
    }
    const Price strike = strikes[static_cast<std::size_t>(at)];
    const auto offer = offer_at(view, expiry, strike, kind);
    if (!offer) {
        return Reason{ReasonCode::NoQuotes, {{"strike", strike.raw(), Unit::PricePoints}}};
    }
    return StrikeChoice{offer->quote, offer->limit,
                        Quantity::from_raw(offer->lot.raw() * view.settings().lots)};
}

}  // namespace sauda::strategy
