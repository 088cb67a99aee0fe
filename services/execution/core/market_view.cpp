#include "services/execution/core/market_view.h"

namespace sauda::execution {

using domain::SessionKind;

void MarketView::observe(const domain::InstrumentBatch& batch) {
    for (const auto& instrument : batch.instruments) {
        instruments_[instrument.contract] = instrument;
    }
}

void MarketView::observe(const domain::SessionEvent& event) {
    switch (event.kind) {
        case SessionKind::DayStart:
            date_ = event.date;
            closed_.insert(event.exchange);
            stale_.clear();
            break;
        case SessionKind::Open:
            date_ = event.date;
            closed_.erase(event.exchange);
            break;
        case SessionKind::Close:
        case SessionKind::DayEnd:
        case SessionKind::Holiday:
            closed_.insert(event.exchange);
            break;
        case SessionKind::StaleBegin:
            stale_.insert(event.underlying);
            break;
        case SessionKind::StaleEnd:
            stale_.erase(event.underlying);
            break;
        case SessionKind::Unspecified:
        case SessionKind::PreOpen:
        case SessionKind::Settlement:
        case SessionKind::RunEnd:
            break;
    }
}

base::Date MarketView::date(base::Timestamp now) const {
    return date_.days != 0 ? date_ : base::ist_date(now);
}

bool MarketView::is_closed(domain::Exchange exchange) const { return closed_.contains(exchange); }

bool MarketView::is_stale(domain::Underlying underlying) const {
    return stale_.contains(underlying);
}

std::optional<domain::Instrument> MarketView::instrument(domain::ContractId contract,
                                                         base::Timestamp now,
                                                         const domain::MarketRules& rules) const {
    const auto found = instruments_.find(contract);
    if (found != instruments_.end()) {
        return found->second;
    }
    return rules.instrument(contract, date(now));
}

std::optional<domain::ContractId> MarketView::future_of(domain::Underlying underlying,
                                                        base::Date date) const {
    const auto first =
        domain::ContractId::future(domain::exchange_of(underlying), underlying, date);
    const auto found = instruments_.lower_bound(first);
    const bool is_future = found != instruments_.end() &&
                           found->first.exchange() == first.exchange() &&
                           found->first.underlying() == underlying &&
                           found->first.kind() == domain::ContractKind::Future;
    return is_future ? std::optional(found->first) : std::nullopt;
}

}  // namespace sauda::execution
