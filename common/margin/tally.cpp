#include "common/margin/tally.h"

#include <algorithm>

namespace sauda::margin {

using namespace domain;

namespace {

constexpr int64_t kOne = 1'000'000;

// The largest of the sums and which it is, 1 to 16; 0 if none is above zero.
std::pair<Money, int> worst(const std::array<Money, kScenarios>& losses) {
    const auto most = std::max_element(losses.begin(), losses.end());
    if (!most->is_positive()) {
        return {};
    }
    return {*most, static_cast<int>(most - losses.begin()) + 1};
}

}  // namespace

bool Tally::stands_alone(Date expiry) const {
    return !conditions_->parameters.calendar_on_expiry && expiry == conditions_->today;
}

void Tally::add(const MarginLeg& leg, const RiskArray& array) {
    const auto& p = conditions_->parameters;
    const bool is_option = leg.contract.is_option();
    const Date expiry = leg.contract.expiry();
    const Price cap = leg.mark.is_positive() ? leg.mark : array.value;
    auto& losses = stands_alone(expiry) ? expiring_ : losses_;
    for (std::size_t i = 0; i < kScenarios; ++i) {
        losses[i] += (is_option ? std::min(array.loss[i], cap) : array.loss[i]) * leg.net;
    }
    if (is_option) {
        option_value_ += cap * leg.net;
    }
    if (!is_option || leg.net.is_negative()) {
        const Quantity open = leg.net.abs();
        const bool is_last_day = is_option && expiry == conditions_->today;
        const int64_t share = p.exposure + (is_last_day ? p.expiry_day_extra : 0);
        exposure_ += conditions_->underlying.scaled(share, kOne) * open;
        if (is_option) {
            minimum_ += conditions_->underlying.scaled(p.short_option_minimum, kOne) * open;
        }
    }
    if (stands_alone(expiry)) {
        return;
    }
    const auto at =
        std::lower_bound(deltas_.begin(), deltas_.end(), expiry,
                         [](const ExpiryDelta& entry, Date date) { return entry.expiry < date; });
    const auto entry =
        at != deltas_.end() && at->expiry == expiry ? at : deltas_.insert(at, {expiry, 0});
    entry->delta = base::checked_add(entry->delta, base::checked_mul(array.delta, leg.net.raw()));
}

// Opposite deltas of two expiries make spreads: each expiry with the nearest before it first.
Money Tally::calendar_charge() const {
    if (deltas_.size() < 2 || conditions_->parameters.calendar_charge == 0) {
        return {};
    }
    const Price per_unit =
        conditions_->underlying.scaled(conditions_->parameters.calendar_charge, kOne);
    auto open = deltas_;
    Money charge;
    for (std::size_t far = 1; far < open.size(); ++far) {
        for (std::size_t near = far; near-- > 0 && open[far].delta != 0;) {
            if ((open[near].delta < 0) == (open[far].delta < 0)) {
                continue;
            }
            const int64_t spread = std::min(std::abs(open[near].delta), std::abs(open[far].delta));
            charge += Money::from_raw(base::scale_half_up(per_unit.raw(), spread, kOne));
            const int64_t towards_zero = open[far].delta < 0 ? spread : -spread;
            open[far].delta += towards_zero;
            open[near].delta -= towards_zero;
        }
    }
    return charge;
}

Margin Tally::margin() const {
    Margin margin;
    const auto [together, scenario] = worst(losses_);
    const auto [expiring, expiring_scenario] = worst(expiring_);
    margin.scan = together + expiring;
    margin.worst_scenario = together < expiring ? expiring_scenario : scenario;
    margin.calendar = calendar_charge();
    margin.minimum = minimum_;
    margin.option_value = option_value_;
    margin.exposure = exposure_;
    const Money risk = std::max(margin.scan + margin.calendar, margin.minimum);
    margin.span = std::max(risk - margin.option_value, Money{});
    margin.total = std::max(risk, margin.option_value) + margin.exposure;
    return margin;
}

}  // namespace sauda::margin
