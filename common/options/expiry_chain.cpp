#include "common/options/expiry_chain.h"

#include "common/options/deterministic_math.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace sauda::options {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

bool is_same(double a, double b) {
    return std::bit_cast<uint64_t>(a) == std::bit_cast<uint64_t>(b);
}

bool is_same(const StrikeQuotes& a, const StrikeQuotes& b) {
    return is_same(a.call_bid, b.call_bid) && is_same(a.call_ask, b.call_ask) &&
           is_same(a.put_bid, b.put_bid) && is_same(a.put_ask, b.put_ask);
}

QuoteState state_of(const OptionColumns& columns, std::size_t row, const RefreshInput& input) {
    const double bid = columns.bid[row];
    const double ask = columns.ask[row];
    if (!columns.known[row].is_set() || !(bid > 0.0 || ask > 0.0)) {
        return QuoteState::None;
    }
    if (input.quote_life.ns > 0 && input.as_of - columns.known[row] > input.quote_life) {
        return QuoteState::Stale;
    }
    if (!(bid > 0.0 && ask > 0.0)) {
        return QuoteState::OneSided;
    }
    return bid > ask ? QuoteState::Crossed : QuoteState::TwoSided;
}

unsigned char pack(QuoteState call, QuoteState put) {
    return static_cast<unsigned char>(static_cast<unsigned>(call) * 8U +
                                      static_cast<unsigned>(put));
}

}  // namespace

uint32_t ExpiryChain::add_strike(double strike) {
    INVARIANT(strike > 0.0);
    const auto found = std::lower_bound(strikes_.begin(), strikes_.end(), strike);
    const auto at = static_cast<std::size_t>(found - strikes_.begin());
    if (found != strikes_.end() && !(strike < *found)) {
        const auto handle = std::find(rows_.begin(), rows_.end(), static_cast<uint32_t>(at));
        return static_cast<uint32_t>(handle - rows_.begin());
    }
    insert_row(at, strike);
    for (auto& row : rows_) {
        row += row >= at ? 1U : 0U;
    }
    rows_.push_back(static_cast<uint32_t>(at));
    return static_cast<uint32_t>(rows_.size() - 1);
}

void ExpiryChain::insert_row(std::size_t at, double strike) {
    const auto place = static_cast<std::ptrdiff_t>(at);
    strikes_.insert(strikes_.begin() + place, strike);
    calls_.insert(at);
    puts_.insert(at);
    usable_.insert(usable_.begin() + place, StrikeQuotes{strike, 0.0, 0.0, 0.0, 0.0});
    for (auto* column : {&volatility_, &error_, &greeks_.price, &greeks_.delta, &greeks_.gamma,
                         &greeks_.vega, &greeks_.theta}) {
        column->insert(column->begin() + place, kNone);
    }
    from_call_.insert(from_call_.begin() + place, 0);
    states_.insert(states_.begin() + place, pack(QuoteState::None, QuoteState::None));
    all_calls_.push_back(1);
    changed_.resize(strikes_.size());
    points_.reserve(strikes_.capacity());
}

// Every handle has a row of its own, and the strikes ascend.
bool ExpiryChain::is_sound() const {
    if (rows_.size() != strikes_.size()) {
        return false;
    }
    std::vector<uint32_t> sorted = rows_;
    std::sort(sorted.begin(), sorted.end());
    for (uint32_t i = 0; i < sorted.size(); ++i) {
        if (sorted[i] != i || !(strikes_[i] > (i == 0 ? 0.0 : strikes_[i - 1]))) {
            return false;
        }
    }
    return true;
}

// What a damaged file left must not make rows that are only half there.
void ExpiryChain::finish_reading() {
    const std::size_t rows = strikes_.size();
    if (!is_sound()) {
        *this = ExpiryChain();
        return;
    }
    calls_.resize(rows);
    puts_.resize(rows);
    usable_.resize(rows);
    for (auto* column : {&volatility_, &error_, &greeks_.price, &greeks_.delta, &greeks_.gamma,
                         &greeks_.vega, &greeks_.theta}) {
        column->resize(rows, kNone);
    }
    from_call_.resize(rows);
    states_.resize(rows);
    all_calls_.assign(rows, 1);
    changed_.resize(rows);
    points_.reserve(rows);
}

bool ExpiryChain::update(uint32_t handle, bool is_call, const OptionTick& tick,
                         base::Timestamp known) {
    INVARIANT(handle < rows_.size());
    return (is_call ? calls_ : puts_).update(rows_[handle], tick, known);
}

// True if some usable quote differs from what the last refresh used.
bool ExpiryChain::take_quotes(const RefreshInput& input) {
    bool is_any = false;
    for (std::size_t i = 0; i < strikes_.size(); ++i) {
        const auto call = state_of(calls_, i, input);
        const auto put = state_of(puts_, i, input);
        StrikeQuotes quotes{strikes_[i], 0.0, 0.0, 0.0, 0.0};
        if (call == QuoteState::TwoSided) {
            quotes.call_bid = calls_.bid[i];
            quotes.call_ask = calls_.ask[i];
        }
        if (put == QuoteState::TwoSided) {
            quotes.put_bid = puts_.bid[i];
            quotes.put_ask = puts_.ask[i];
        }
        states_[i] = pack(call, put);
        changed_[i] = is_same(quotes, usable_[i]) ? 0 : 1;
        usable_[i] = quotes;
        is_any = is_any || changed_[i] != 0;
    }
    return is_any;
}

// True if forward or time differ, so that every volatility does.
bool ExpiryChain::take_forward(const RefreshInput& input) {
    const double years = years_of_minutes(input.minutes);
    const double discount = exp_of(-input.rate * years);
    ParityFit fit(discount);
    for (const auto& quotes : usable_) {
        fit.add(quotes);
    }
    const auto found = fit.result();
    const bool is_new = !found || !forward_ || !is_same(found->forward, forward_->forward) ||
                        !is_same(years, years_) || !is_same(discount, discount_) ||
                        !is_same(input.tick, tick_);
    forward_ = found;
    minutes_ = input.minutes;
    years_ = years;
    discount_ = discount;
    rate_ = input.rate;
    tick_ = input.tick;
    return is_new;
}

void ExpiryChain::forget() {
    forward_.reset();
    smile_.reset();
    minutes_ = 0.0;
    years_ = 0.0;
    discount_ = 1.0;
    for (auto* column : {&volatility_, &error_, &greeks_.price, &greeks_.delta, &greeks_.gamma,
                         &greeks_.vega, &greeks_.theta}) {
        std::fill(column->begin(), column->end(), kNone);
    }
    std::fill(from_call_.begin(), from_call_.end(), static_cast<unsigned char>(0));
}

void ExpiryChain::refresh(const RefreshInput& input) {
    as_of_ = input.as_of;
    const bool has_changed = take_quotes(input);
    if (!(input.minutes > 0.0)) {
        forget();
        return;
    }
    const bool is_all_new = take_forward(input);
    if (!forward_) {
        forget();
        return;
    }
    if ((is_all_new || has_changed) && solve(is_all_new)) {
        price_rows();
    }
    if (is_all_new || has_changed || input.earlier != nullptr || !input.fits_smile) {
        fit(input);
    }
}

bool ExpiryChain::solve(bool is_all_new) {
    bool is_any = false;
    for (std::size_t i = 0; i < strikes_.size(); ++i) {
        if (is_all_new || changed_[i] != 0) {
            solve_row(i);
            is_any = true;
        }
    }
    return is_any;
}

// The option out of the money knows the volatility better; the other one stands in for it.
void ExpiryChain::solve_row(std::size_t row) {
    volatility_[row] = kNone;
    error_[row] = kNone;
    const auto& quotes = usable_[row];
    const bool call_first = strikes_[row] >= forward_->forward;
    for (const bool is_call : {call_first, !call_first}) {
        const auto found = implied(row, is_call);
        if (!found || !(found->vega > 0.0)) {
            continue;
        }
        const double spread =
            is_call ? quotes.call_ask - quotes.call_bid : quotes.put_ask - quotes.put_bid;
        volatility_[row] = found->volatility;
        error_[row] = std::max(0.5 * spread, tick_) / found->vega;
        from_call_[row] = is_call ? 1 : 0;
        return;
    }
}

void ExpiryChain::price_rows() {
    price_chain(*terms(), {strikes_, volatility_, all_calls_},
                {greeks_.price, greeks_.delta, greeks_.gamma, greeks_.vega, greeks_.theta});
}

void ExpiryChain::fit(const RefreshInput& input) {
    smile_.reset();
    if (!input.fits_smile) {
        return;
    }
    smile_points(quotes(), points_);
    const auto found = fit_smile(points_, forward_->forward, years_, input.earlier);
    if (found) {
        smile_ = *found;
    }
}

}  // namespace sauda::options
