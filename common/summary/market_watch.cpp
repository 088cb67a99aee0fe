#include "common/summary/market_watch.h"

#include "common/options/greeks.h"
#include "common/options/implied_volatility.h"

#include <cmath>

namespace sauda::summary {

using domain::ContractKind;
using domain::Quote;

namespace {

const Duration kSaleFrom = base::minutes(9 * 60 + 30);
const Duration kSaleLatest = base::minutes(9 * 60 + 45);
const Duration kSaleUntil = base::minutes(15 * 60 + 10);

}  // namespace

void MarketWatch::start_day() {
    domain::Chain kept = std::move(chain_);
    *this = MarketWatch{};
    chain_ = std::move(kept);
}

void MarketWatch::add(const domain::QuoteBatch& batch, Timestamp known, bool is_open) {
    if (is_pending_ && known != snapshot_at_) {
        end_snapshot(is_open);
    }
    if (!is_pending_) {
        ++snapshots_;
        is_pending_ = true;
        is_fresh_ = false;
        snapshot_at_ = known;
    }
    const Date today = base::ist_date(known);
    for (const auto& quote : batch.quotes) {
        chain_.update(quote);
        exchange_ = quote.contract.exchange();
        underlying_ = quote.contract.underlying();
        const Date expiry = quote.contract.expiry();
        if (quote.contract.is_option() && expiry >= today &&
            (nearest_expiry_.days == 0 || expiry < nearest_expiry_)) {
            nearest_expiry_ = expiry;
        }
        if (quote.event_time > newest_stamp_) {
            newest_stamp_ = quote.event_time;
            is_fresh_ = true;
        }
        ++quotes_;
    }
    if (!first_known_.is_set()) {
        first_known_ = known;
    }
    last_known_ = known;
}

void MarketWatch::end_snapshot(bool is_open) {
    if (!is_pending_) {
        return;
    }
    is_pending_ = false;
    repeats_ += is_fresh_ ? 0 : 1;
    if (!is_open) {
        return;
    }
    const auto forward = chain_.parity_forward(nearest_expiry_);
    const auto* spot = chain_.find(ContractId::spot(exchange_, underlying_));
    is_spot_ = spot != nullptr && spot->last.is_positive();
    const Price mark = is_spot_ ? spot->last : forward.value_or(Price{});
    if (mark.is_positive()) {
        if (!open_.is_positive()) {
            open_ = high_ = low_ = mark;
        }
        high_ = std::max(high_, mark);
        low_ = std::min(low_, mark);
        close_ = mark;
    }
    if (forward) {
        if (const auto now = straddle(*forward)) {
            first_ = first_ ? first_ : now;
            last_ = now;
        }
    }
    watch_sale(last_.value_or(Straddle{}));
}

std::optional<Straddle> MarketWatch::straddle(Price forward) const {
    const auto strike = chain_.nearest_strike(nearest_expiry_, forward);
    if (!strike) {
        return std::nullopt;
    }
    const Quote* call = chain_.option(nearest_expiry_, *strike, ContractKind::Call);
    const Quote* put = chain_.option(nearest_expiry_, *strike, ContractKind::Put);
    if (call == nullptr || put == nullptr || !call->is_two_sided() || !put->is_two_sided()) {
        return std::nullopt;
    }
    return Straddle{.at = snapshot_at_,
                    .expiry = nearest_expiry_,
                    .strike = *strike,
                    .forward = forward,
                    .call = call->mid(),
                    .put = put->mid()};
}

void MarketWatch::watch_sale(const Straddle& now) {
    const Duration clock = base::ist_time_of_day(snapshot_at_);
    if (!sale_) {
        if (now.at == snapshot_at_ && clock >= kSaleFrom && clock <= kSaleLatest) {
            StraddleSale sale;
            sale.sold = now;
            sale.sold.call = chain_.option(now.expiry, now.strike, ContractKind::Call)->bid;
            sale.sold.put = chain_.option(now.expiry, now.strike, ContractKind::Put)->bid;
            sale_ = sale;
        }
        return;
    }
    if (sale_->is_final) {
        return;
    }
    const Quote* call = chain_.option(sale_->sold.expiry, sale_->sold.strike, ContractKind::Call);
    const Quote* put = chain_.option(sale_->sold.expiry, sale_->sold.strike, ContractKind::Put);
    if (call->has_ask() && put->has_ask()) {
        sale_->call_ask = call->ask;
        sale_->put_ask = put->ask;
        sale_->exit_at = snapshot_at_;
        sale_->is_final = clock >= kSaleUntil;
    }
}

std::optional<Price> MarketWatch::closing_price(ContractId contract, bool is_long) const {
    const Quote* quote = chain_.find(contract);
    if (quote == nullptr) {
        return std::nullopt;
    }
    const Price side = is_long ? quote->bid : quote->ask;
    if (side.is_positive()) {
        return side;
    }
    return quote->last.is_positive() ? std::optional(quote->last) : std::nullopt;
}

std::optional<Money> net_of_sale(const MarketWatch& watch, const domain::MarketRules& rules,
                                 Date date) {
    const auto& sale = watch.sale();
    if (!sale || !sale->exit_at.is_set()) {
        return std::nullopt;
    }
    const auto rates = rules.charge_rates(watch.exchange(), ContractKind::Call, date);
    Money net;
    for (const auto kind : {ContractKind::Call, ContractKind::Put}) {
        const auto id = ContractId::option(
            watch.exchange(),
            watch.chain().option(sale->sold.expiry, sale->sold.strike, kind)->contract.underlying(),
            kind, sale->sold.expiry, sale->sold.strike);
        const auto instrument = rules.instrument(id, date);
        if (!instrument || !rates) {
            return std::nullopt;
        }
        const bool is_call = kind == ContractKind::Call;
        const Money in = (is_call ? sale->sold.call : sale->sold.put) * instrument->lot;
        const Money out = (is_call ? sale->call_ask : sale->put_ask) * instrument->lot;
        net += in - out - domain::charges_of(*rates, domain::Side::Sell, in, true).total() -
               domain::charges_of(*rates, domain::Side::Buy, out, true).total();
    }
    return net;
}

int64_t straddle_volatility(const Straddle& straddle, Timestamp expires_at) {
    const double minutes = static_cast<double>((expires_at - straddle.at).ns) / 60e9;
    double sum = 0.0;
    int known = 0;
    for (const bool is_call : {true, false}) {
        const auto found = options::implied_volatility(
            {(is_call ? straddle.call : straddle.put).rupees(), straddle.forward.rupees(),
             straddle.strike.rupees(), options::years_of_minutes(minutes), 1.0, is_call});
        if (found) {
            sum += found->volatility;
            ++known;
        }
    }
    return known == 0 ? 0 : std::llround(sum / known * 1e6);
}

}  // namespace sauda::summary
