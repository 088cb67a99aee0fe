// What an expiry's chain answers; how it is kept up to date stands in expiry_chain.cpp.
#include "common/options/expiry_chain.h"

#include <algorithm>

namespace sauda::options {

std::optional<std::size_t> ExpiryChain::row_of(double strike) const {
    const auto found = std::lower_bound(strikes_.begin(), strikes_.end(), strike);
    if (found == strikes_.end() || strike < *found) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - strikes_.begin());
}

std::optional<std::size_t> ExpiryChain::at_the_money_row() const {
    if (!forward_) {
        return std::nullopt;
    }
    return at_the_money(strikes_, forward_->forward);
}

std::optional<double> ExpiryChain::straddle() const {
    const auto row = at_the_money_row();
    if (!row || state(*row, true) != QuoteState::TwoSided ||
        state(*row, false) != QuoteState::TwoSided) {
        return std::nullopt;
    }
    const auto& q = usable_[*row];
    return 0.5 * (q.call_bid + q.call_ask) + 0.5 * (q.put_bid + q.put_ask);
}

// The market's own figure: between the volatilities of the two strikes around the forward. A smile
// smooths over it.
std::optional<double> ExpiryChain::at_the_money_volatility() const {
    if (!forward_) {
        return std::nullopt;
    }
    const double forward = forward_->forward;
    const auto found = std::lower_bound(strikes_.begin(), strikes_.end(), forward);
    const auto above = static_cast<std::size_t>(found - strikes_.begin());
    if (above > 0 && above < size() && volatility_[above - 1] > 0.0 && volatility_[above] > 0.0) {
        const double share =
            (forward - strikes_[above - 1]) / (strikes_[above] - strikes_[above - 1]);
        return volatility_[above - 1] + share * (volatility_[above] - volatility_[above - 1]);
    }
    if (smile_) {
        return smile_->volatility_at(0.0);
    }
    const auto nearest = volatility(at_the_money(strikes_, forward));
    return nearest ? std::optional(nearest->volatility) : std::nullopt;
}

QuoteState ExpiryChain::state(std::size_t row, bool is_call) const {
    const unsigned packed = states_.at(row);
    return static_cast<QuoteState>(is_call ? packed / 8U : packed % 8U);
}

std::optional<StrikeVolatility> ExpiryChain::volatility(std::size_t row) const {
    if (!(volatility_.at(row) > 0.0)) {
        return std::nullopt;
    }
    return StrikeVolatility{volatility_[row], error_[row], from_call_[row] != 0};
}

std::expected<ImpliedVolatility, NoVolatility> ExpiryChain::implied(std::size_t row,
                                                                    bool is_call) const {
    const auto& quotes = usable_.at(row);
    const double mid = is_call ? 0.5 * (quotes.call_bid + quotes.call_ask)
                               : 0.5 * (quotes.put_bid + quotes.put_ask);
    if (!forward_ || !(mid > 0.0)) {
        return std::unexpected(NoVolatility::NoQuote);
    }
    return implied_volatility({mid, forward_->forward, strikes_[row], years_, discount_, is_call},
                              tick_);
}

std::optional<ExpiryTerms> ExpiryChain::terms() const {
    if (!forward_) {
        return std::nullopt;
    }
    const auto made = make_expiry_terms_at_rate(forward_->forward, rate_, minutes_);
    return made ? std::optional(*made) : std::nullopt;
}

std::optional<OptionGreeks> ExpiryChain::greeks(std::size_t row, bool is_call) const {
    const auto found = volatility(row);
    const auto shared = terms();
    if (!found || !shared) {
        return std::nullopt;
    }
    return black76(*shared, strikes_[row], found->volatility, is_call);
}

ExpiryQuotes ExpiryChain::quotes() const {
    return {forward_ ? forward_->forward : 0.0, discount_, years_, tick_, usable_};
}

}  // namespace sauda::options
