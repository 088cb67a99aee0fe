#include "services/risk/core/market.h"

#include <algorithm>

namespace sauda::risk {

using namespace domain;

namespace {

constexpr int32_t kKeepDays = 7;

bool is_long_gone(ContractId contract, Date date) {
    return contract.expiry().days != 0 && contract.expiry().days + kKeepDays < date.days;
}

}  // namespace

void Market::observe(const Message& input, Timestamp now) {
    margin_desk_.forget();
    if (const auto* quotes = std::get_if<QuoteBatch>(&input.payload)) {
        on(*quotes, now);
    } else if (const auto* batch = std::get_if<InstrumentBatch>(&input.payload)) {
        for (const auto& instrument : batch->instruments) {
            instruments_[instrument.contract] = instrument;
        }
    } else if (const auto* session = std::get_if<SessionEvent>(&input.payload)) {
        on(*session, input.meta.event_time);
    } else if (const auto* source = std::get_if<SourceInfo>(&input.payload)) {
        underlyings_[source->underlying].stale_limit = source->stale_limit;
    }
}

void Market::on(const QuoteBatch& batch, Timestamp now) {
    auto& underlying = underlyings_[batch.underlying];
    underlying.last_data = now;
    for (const auto& quote : batch.quotes) {
        underlying.chain.update(quote);
        update_mark(quote);
    }
}

void Market::on(const SessionEvent& event, Timestamp at) {
    auto& session = sessions_[event.exchange];
    switch (event.kind) {
        case SessionKind::DayStart: {
            // The first exchange to start a date begins it for all.
            const bool is_begun =
                std::any_of(sessions_.begin(), sessions_.end(),
                            [&](const auto& entry) { return entry.second.date == event.date; });
            session = {Phase::BeforeOpen, event.date, {}, event.close_at, {}};
            if (!is_begun) {
                begin_day(event.date);
            }
            break;
        }
        case SessionKind::PreOpen:
            session.phase = Phase::BeforeOpen;
            break;
        case SessionKind::Open:
            session.phase = Phase::Open;
            session.date = event.date;
            session.opened_at = at;
            if (event.close_at.is_set()) {
                session.close_at = event.close_at;
            }
            break;
        case SessionKind::Close:
            session.phase = Phase::Closed;
            break;
        case SessionKind::DayEnd:
            session.phase = Phase::Ended;
            break;
        case SessionKind::Holiday:
            session = {Phase::Holiday, event.date, {}, {}, event.detail};
            break;
        case SessionKind::StaleBegin:
            underlyings_[event.underlying].is_stale = true;
            break;
        case SessionKind::StaleEnd:
            underlyings_[event.underlying].is_stale = false;
            break;
        case SessionKind::Unspecified:
        case SessionKind::Settlement:
        case SessionKind::RunEnd:
            break;
    }
}

void Market::update_mark(const Quote& quote) {
    const auto [slot, is_new] =
        slots_.try_emplace(quote.contract.raw(), static_cast<uint32_t>(marks_.size()));
    if (is_new) {
        marks_.push_back({quote.contract, {}, {}, {}, true});
    }
    auto& mark = marks_[slot->second];
    mark.bid = quote.bid;
    mark.ask = quote.ask;
    mark.is_stale = false;
    if (quote.is_two_sided() && quote.ask - quote.bid <= spread_limit(quote.mid())) {
        mark.mark = quote.mid();
        return;
    }
    const bool is_within = quote.last.is_positive() &&
                           (!quote.has_bid() || quote.last >= quote.bid) &&
                           (!quote.has_ask() || quote.last <= quote.ask);
    if (is_within) {
        mark.mark = quote.last;
    } else {
        mark.is_stale = true;
    }
}

void Market::begin_day(Date date) {
    for (auto& [id, underlying] : underlyings_) {
        underlying.chain.clear();
        underlying.is_stale = false;
        underlying.last_data = {};
    }
    for (auto& mark : marks_) {
        mark.is_stale = true;
    }
    std::erase_if(marks_, [&](const Mark& mark) { return is_long_gone(mark.contract, date); });
    std::erase_if(instruments_, [&](const auto& entry) { return is_long_gone(entry.first, date); });
    index_marks();
}

void Market::index_marks() {
    slots_.clear();
    for (std::size_t i = 0; i < marks_.size(); ++i) {
        slots_[marks_[i].contract.raw()] = static_cast<uint32_t>(i);
    }
}

const Instrument* Market::instrument(ContractId contract) const {
    const auto found = instruments_.find(contract);
    return found == instruments_.end() ? nullptr : &found->second;
}

const Quote* Market::quote(ContractId contract) const {
    const auto found = underlyings_.find(contract.underlying());
    return found == underlyings_.end() ? nullptr : found->second.chain.find(contract);
}

const Mark* Market::mark(ContractId contract) const {
    const auto found = slots_.find(contract.raw());
    return found == slots_.end() ? nullptr : &marks_[found->second];
}

const SessionView& Market::session(Exchange exchange) const {
    static const SessionView kNone;
    const auto found = sessions_.find(exchange);
    return found == sessions_.end() ? kNone : found->second;
}

const UnderlyingView* Market::underlying(Underlying id) const {
    const auto found = underlyings_.find(id);
    return found == underlyings_.end() ? nullptr : &found->second;
}

Price Market::spread_limit(Price mid) const {
    return std::max(spread_floor_, mid.scaled(spread_ratio_, 1'000'000));
}

}  // namespace sauda::risk
