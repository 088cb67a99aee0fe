#include "services/feed/core/underlying_book.h"

#include <algorithm>

namespace sauda::feed {

namespace {

Price price_of(const domain::Quote& quote) {
    return quote.is_two_sided() ? quote.mid() : quote.last;
}

Quantity positive(Quantity q) { return q.is_positive() ? q : Quantity{}; }

Price to_paisa(Price p) { return Price::from_raw(base::scale_half_up(p.raw(), 1, 100) * 100); }

}  // namespace

void UnderlyingBook::start_date(domain::Date date) {
    date_ = date;
    chain_.clear();
    minute_.clear();
    second_.clear();
    nearest_expiry_ = {};
    pending_forward_.reset();
    last_forward_.reset();
}

void UnderlyingBook::observe(const domain::QuoteBatch& batch, Timestamp now) {
    if (const auto date = base::ist_date(now); date != date_) {
        start_date(date);
    }
    if (pending_forward_ && pending_at_ != now) {
        flush_forward();
    }
    bool is_touched = false;
    for (const auto& quote : batch.quotes) {
        const auto expiry = quote.contract.expiry();
        if (quote.contract.underlying() != batch.underlying ||
            (expiry.days != 0 && expiry < date_)) {
            ++refused_;
            continue;
        }
        add(quote, now);
        is_touched = is_touched || (quote.contract.is_option() && expiry == nearest_expiry_);
    }
    if (is_touched) {
        pending_forward_ = chain_.parity_forward(nearest_expiry_);
        pending_at_ = now;
    }
    ++batches_;
    last_known_ = now;
}

void UnderlyingBook::add(const domain::Quote& quote, Timestamp now) {
    ++quotes_;
    if (quote.event_time > newest_event_) {
        newest_event_ = quote.event_time;
        if (fresh_at_ != now) {
            previous_fresh_at_ = fresh_at_;
            fresh_at_ = now;
        }
    }
    exchange_ = quote.contract.exchange();
    underlying_ = quote.contract.underlying();
    const auto expiry = quote.contract.expiry();
    if (quote.contract.is_option() && (nearest_expiry_.days == 0 || expiry < nearest_expiry_)) {
        nearest_expiry_ = expiry;
        last_forward_.reset();
    }
    const domain::Quote* previous = chain_.find(quote.contract);
    const bool is_repeat = previous != nullptr && *previous == quote;
    const Quantity traded =
        previous == nullptr ? Quantity{} : positive(quote.volume - previous->volume);
    chain_.update(quote);
    const Price price = price_of(quote);
    if (is_repeat || !price.is_positive()) {
        return;
    }
    const BarTick tick{quote.contract, price, traded, quote.open_interest};
    minute_.add(tick, now);
    if (quote.contract.kind() == domain::ContractKind::Spot) {
        second_.add(tick, now);
    }
}

BarTick UnderlyingBook::forward_tick() const {
    return {
        ContractId::synthetic(exchange_, underlying_, nearest_expiry_), *pending_forward_, {}, {}};
}

void UnderlyingBook::flush_forward() {
    const BarTick tick = forward_tick();
    minute_.add(tick, pending_at_);
    second_.add(tick, pending_at_);
    last_forward_ = pending_forward_;
    pending_forward_.reset();
}

void UnderlyingBook::published(const domain::BarBatch& batch) {
    const Timestamp end = batch.start + batch.length;
    if (pending_forward_ && pending_at_ < end) {
        flush_forward();
    }
    auto& drained = batch.length == minute_.length() ? minute_ : second_;
    drained.drop_through(batch.start);
}

const BarBuilder& UnderlyingBook::builder(Duration length) const {
    return length == minute_.length() ? minute_ : second_;
}

std::optional<Timestamp> UnderlyingBook::next_bar_end(Duration length, Timestamp open,
                                                      Timestamp close) const {
    const BarBuilder& bars = builder(length);
    auto end = bars.next_end(open, close);
    if (pending_forward_) {
        const Timestamp start = bars.start_of(pending_at_);
        const Timestamp own_end = start + length;
        if (own_end > open && start < close && (!end || own_end < *end)) {
            end = own_end;
        }
    }
    return end;
}

domain::BarBatch UnderlyingBook::bars_ending(Duration length, Timestamp end) const {
    const Timestamp start = end - length;
    domain::BarBatch batch{.underlying = underlying_, .start = start, .length = length, .bars = {}};
    batch.bars = builder(length).bars(start);
    if (pending_forward_ && builder(length).start_of(pending_at_) == start) {
        const BarTick tick = forward_tick();
        auto at = std::lower_bound(
            batch.bars.begin(), batch.bars.end(), tick.contract,
            [](const Bar& bar, ContractId contract) { return bar.contract < contract; });
        if (at == batch.bars.end() || at->contract != tick.contract) {
            at = batch.bars.insert(at, Bar{});
        }
        extend(*at, tick);
    }
    return batch;
}

bool UnderlyingBook::has_contracts_of(domain::Date expiry) const {
    return !chain_.strikes(expiry).empty();
}

std::optional<Price> UnderlyingBook::settlement_price(domain::Date expiry) const {
    const auto* spot = chain_.find(ContractId::spot(exchange_, underlying_));
    if (spot != nullptr && price_of(*spot).is_positive()) {
        return to_paisa(price_of(*spot));
    }
    auto forward = chain_.parity_forward(expiry);
    if (!forward && expiry == nearest_expiry_) {
        forward = pending_forward_ ? pending_forward_ : last_forward_;
    }
    return forward ? std::optional(to_paisa(*forward)) : std::nullopt;
}

}  // namespace sauda::feed
