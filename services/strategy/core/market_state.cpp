#include "services/strategy/core/market_state.h"

#include <algorithm>

namespace sauda::strategy {

using domain::Exchange;
using domain::SessionKind;
using domain::Underlying;

domain::Timestamp MarketState::newest(domain::Underlying underlying) const {
    const auto found = newest_.find(underlying);
    return found == newest_.end() ? domain::Timestamp{} : found->second;
}

MarketState::MarketState(std::shared_ptr<const domain::MarketRules> rules)
    : rules_(std::move(rules)) {
    INVARIANT(rules_ != nullptr);
}

void MarketState::observe(const domain::Message& input) {
    if (const auto* batch = std::get_if<domain::QuoteBatch>(&input.payload)) {
        auto& chain = chains_[batch->underlying];
        for (const auto& quote : batch->quotes) {
            chain.update(quote);
            auto& newest = newest_[batch->underlying];
            newest = std::max(newest, quote.event_time);
        }
    } else if (const auto* session = std::get_if<domain::SessionEvent>(&input.payload)) {
        observe(*session);
    } else if (const auto* listed = std::get_if<domain::InstrumentBatch>(&input.payload)) {
        for (const auto& instrument : listed->instruments) {
            instruments_[instrument.contract] = instrument;
        }
    } else if (const auto* source = std::get_if<domain::SourceInfo>(&input.payload)) {
        sources_[source->underlying] = *source;
    } else if (const auto* signal = std::get_if<domain::Signal>(&input.payload)) {
        signals_[signal->underlying] = *signal;
    } else if (const auto* health = std::get_if<domain::HealthChange>(&input.payload)) {
        const auto service = static_cast<domain::Service>(health->service);
        if (health->is_followed) {
            missing_.erase(service);
        } else {
            missing_.insert(service);
        }
        clock_offset_ns_ = health->clock_offset_ns;
    }
}

void MarketState::observe(const domain::SessionEvent& event) {
    auto& session = sessions_[event.exchange];
    switch (event.kind) {
        case SessionKind::DayStart:
            session = {event.date, false, event.close_at};
            forget_expired(event.exchange, event.date);
            break;
        case SessionKind::Open:
            session.date = event.date;
            session.is_open = true;
            if (event.close_at.is_set()) {
                session.close_at = event.close_at;
            }
            break;
        case SessionKind::Close:
        case SessionKind::Holiday:
            session.is_open = false;
            break;
        case SessionKind::DayEnd:
            session.is_open = false;
            // The first quotes of a day can overtake its DayStart, so yesterday's go here.
            for (auto& [underlying, chain] : chains_) {
                if (exchange_of(underlying) == event.exchange) {
                    chain.clear();
                }
            }
            break;
        case SessionKind::RunEnd:
            session.is_open = false;
            stale_.clear();
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
            break;
    }
}

void MarketState::forget_expired(Exchange exchange, domain::Date date) {
    std::erase_if(instruments_, [&](const auto& entry) {
        return entry.first.exchange() == exchange && entry.first.expiry().days != 0 &&
               entry.first.expiry() < date;
    });
}

const domain::Chain& MarketState::chain(Underlying underlying) const {
    const auto found = chains_.find(underlying);
    return found == chains_.end() ? no_chain_ : found->second;
}

const SessionView& MarketState::session(Exchange exchange) const {
    const auto found = sessions_.find(exchange);
    return found == sessions_.end() ? no_session_ : found->second;
}

bool MarketState::is_stale(Underlying underlying) const {
    return stale_.contains(underlying) || stale_.contains(Underlying::Unspecified);
}

const domain::SourceInfo* MarketState::source(Underlying underlying) const {
    const auto found = sources_.find(underlying);
    return found == sources_.end() ? nullptr : &found->second;
}

std::optional<domain::Instrument> MarketState::instrument(domain::ContractId contract) const {
    if (const auto found = instruments_.find(contract); found != instruments_.end()) {
        return found->second;
    }
    return rules_->instrument(contract, session(contract.exchange()).date);
}

const domain::Signal* MarketState::signal(Underlying underlying) const {
    const auto found = signals_.find(underlying);
    return found == signals_.end() ? nullptr : &found->second;
}

std::optional<domain::Service> MarketState::missing_service() const {
    using domain::Service;
    for (const auto service : {Service::Feed, Service::Risk, Service::Execution}) {
        if (missing_.contains(service)) {
            return service;
        }
    }
    return std::nullopt;
}

}  // namespace sauda::strategy
