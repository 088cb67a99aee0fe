#include "services/strategy/core/view.h"

#include "common/options/black76.h"
#include "common/options/implied_volatility.h"

#include <algorithm>
#include <stdexcept>

namespace sauda::strategy {

namespace {
constexpr Duration kLeastStaleLimit = base::seconds(3);
}

View::View(Timestamp now, const BotConfig& settings, const AccountConfig& account,
           const Parameters& configured, const BotState& state, const MarketState& market)
    : now_(now),
      settings_(settings),
      account_(account),
      configured_(configured),
      state_(state),
      market_(market) {}

Timestamp View::today(Duration time_of_day) const { return base::ist(session().date, time_of_day); }

int64_t View::parameter(std::string_view name) const {
    if (const auto found = state_.changed.find(name); found != state_.changed.end()) {
        return found->second;
    }
    const auto found = configured_.find(name);
    if (found == configured_.end()) {
        throw std::out_of_range("the bot asks for a parameter its kind does not have: " +
                                std::string(name));
    }
    return found->second;
}

const domain::Chain& View::chain() const { return market_.chain(settings_.underlying); }
const domain::Chain& View::chain(Underlying underlying) const { return market_.chain(underlying); }
const SessionView& View::session() const {
    return market_.session(exchange_of(settings_.underlying));
}
bool View::is_stale() const { return market_.is_stale(settings_.underlying); }
std::optional<domain::Instrument> View::instrument(domain::ContractId contract) const {
    return market_.instrument(contract);
}
const domain::Signal* View::signal() const { return market_.signal(settings_.underlying); }

std::optional<Date> View::nearest_expiry() const {
    const auto expiries = chain().expiries(session().date);
    return expiries.empty() ? std::nullopt : std::optional(expiries.front());
}

std::optional<Price> View::forward(Date expiry) const {
    if (const auto implied = chain().parity_forward(expiry)) {
        return implied;
    }
    const auto* spot = chain().find(
        domain::ContractId::spot(exchange_of(settings_.underlying), settings_.underlying));
    if (spot == nullptr) {
        return std::nullopt;
    }
    const Price price = spot->is_two_sided() ? spot->mid() : spot->last;
    return price.is_positive() ? std::optional(price) : std::nullopt;
}

std::optional<View::OptionFigures> View::figures(domain::ContractId contract) const {
    const auto* quote = chain(contract.underlying()).find(contract);
    const auto terms = instrument(contract);
    const auto at = contract.is_option() ? forward(contract.expiry()) : std::nullopt;
    if (quote == nullptr || !quote->is_two_sided() || !terms || !at) {
        return std::nullopt;
    }
    const auto rupees = [](Price price) { return static_cast<double>(price.raw()) / 10'000.0; };
    const bool is_call = contract.kind() == domain::ContractKind::Call;
    const double minutes = static_cast<double>((terms->expires_at - now_).ns) / 60e9;
    const auto implied =
        options::implied_volatility({rupees(quote->mid()), rupees(*at), rupees(contract.strike()),
                                     options::years_of_minutes(minutes), 1.0, is_call},
                                    rupees(terms->tick));
    if (!implied) {
        return std::nullopt;
    }
    const auto greeks = options::black76(
        {is_call, rupees(*at), rupees(contract.strike()), 1.0, minutes, implied->volatility});
    if (!greeks || !(greeks->delta >= -1.0 && greeks->delta <= 1.0)) {
        return std::nullopt;
    }
    return OptionFigures{implied->volatility, greeks->delta};
}

bool View::is_fresh(const domain::Quote& quote) const {
    const auto* source = market_.source(settings_.underlying);
    const Duration limit =
        source == nullptr ? kLeastStaleLimit : std::max(source->stale_limit, kLeastStaleLimit);
    return now_ - quote.event_time <= limit;
}

bool View::are_together(const domain::Quote& a, const domain::Quote& b) const {
    const auto* source = market_.source(settings_.underlying);
    const Duration half = source == nullptr ? Duration{} : Duration{source->interval.ns / 2};
    const auto apart = std::max(a.event_time, b.event_time) - std::min(a.event_time, b.event_time);
    return apart <= std::max(half, kLeastStaleLimit);
}

bool View::is_current(const domain::Quote& quote) const {
    return market_.newest(settings_.underlying) - quote.event_time <= kLeastStaleLimit;
}

int64_t View::trades_today() const {
    return state_.trade_day == base::ist_date(now_) ? state_.trades : 0;
}

int64_t View::recall(std::string_view name, int64_t otherwise) const {
    const auto found = state_.memory.find(name);
    return found == state_.memory.end() ? otherwise : found->second.value;
}

}  // namespace sauda::strategy
