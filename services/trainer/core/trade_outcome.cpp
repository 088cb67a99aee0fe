#include "services/trainer/core/trade_outcome.h"

#include <array>

namespace sauda::trainer {

namespace {

using domain::Money;
using domain::Price;
using domain::Side;

// What the legs of a trade are dealt at: to get in and to get out. Zero: a side is missing.
struct Legs {
    std::array<Price, 2> in{};
    std::array<Price, 2> out{};
    std::size_t count = 0;
    [[nodiscard]] bool can_enter() const { return all_positive(in); }
    [[nodiscard]] bool can_leave() const { return all_positive(out); }
    [[nodiscard]] Price sum(const std::array<Price, 2>& prices) const {
        return count == 1 ? prices[0] : prices[0] + prices[1];
    }

 private:
    [[nodiscard]] bool all_positive(const std::array<Price, 2>& prices) const {
        return prices[0].is_positive() && (count == 1 || prices[1].is_positive());
    }
};

Legs legs_of(TradeKind kind, const StrikeSides& sides) {
    switch (kind) {
        case TradeKind::BuyCall:
            return {{sides.call_ask}, {sides.call_bid}, 1};
        case TradeKind::BuyPut:
            return {{sides.put_ask}, {sides.put_bid}, 1};
        case TradeKind::SellStraddle:
            return {{sides.call_bid, sides.put_bid}, {sides.call_ask, sides.put_ask}, 2};
    }
    return {};
}

Money charges_on(const LotTerms& terms, Side side, const std::array<Price, 2>& prices,
                 std::size_t count) {
    Money sum;
    for (std::size_t leg = 0; leg < count; ++leg) {
        sum += domain::charges_of(terms.rates, side, prices[leg] * terms.lot, true).total();
    }
    return sum;
}

}  // namespace

std::optional<Price> dealable_strike(const Moment& moment, Price forward) {
    std::optional<Price> nearest;
    for (const auto& [strike, s] : moment.strikes) {
        const bool is_whole = s.call_bid.is_positive() && s.call_ask.is_positive() &&
                              s.put_bid.is_positive() && s.put_ask.is_positive();
        if (is_whole && (!nearest || (strike - forward).abs() < (*nearest - forward).abs())) {
            nearest = strike;
        }
    }
    return nearest;
}

std::optional<Outcome> outcome_of(TradeKind kind, std::span<const Moment> moments,
                                  std::size_t entry, Price strike, const LotTerms& terms,
                                  const Barriers& barriers) {
    const auto& start = moments[entry];
    const auto found = start.strikes.find(strike);
    if (found == start.strikes.end()) {
        return std::nullopt;
    }
    const Legs opened = legs_of(kind, found->second);
    if (!opened.can_enter()) {
        return std::nullopt;
    }
    const bool is_sold = kind == TradeKind::SellStraddle;
    const Price paid = opened.sum(opened.in);
    std::optional<Outcome> outcome;
    for (std::size_t i = entry + 1; i < moments.size(); ++i) {
        const auto& moment = moments[i];
        const auto sides = moment.strikes.find(strike);
        if (sides == moment.strikes.end()) {
            continue;
        }
        const Legs now = legs_of(kind, sides->second);
        if (!now.can_leave()) {
            continue;
        }
        const Price worth = now.sum(now.out);
        const Price gain = is_sold ? paid - worth : worth - paid;
        const Money charges =
            charges_on(terms, is_sold ? Side::Sell : Side::Buy, opened.in, opened.count) +
            charges_on(terms, is_sold ? Side::Buy : Side::Sell, now.out, now.count);
        outcome = Outcome{gain * terms.lot - charges, moment.at};
        const bool is_over =
            moment.at >= start.at + barriers.horizon || moment.at >= barriers.flat_at;
        if (is_over || gain >= paid.scaled(barriers.target, 1'000'000) ||
            gain <= -paid.scaled(barriers.stop, 1'000'000)) {
            break;
        }
    }
    return outcome;
}

}  // namespace sauda::trainer
