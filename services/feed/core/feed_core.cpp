#include "services/feed/core/feed_core.h"

#include <algorithm>

namespace sauda::feed {

using domain::Alert;
using domain::Emitter;
using domain::Message;
using domain::ReasonCode;
using domain::SessionEvent;
using domain::SessionKind;
using domain::SourceInfo;
using domain::StreamId;
using domain::Underlying;

FeedCore::FeedCore(FeedConfig config, std::shared_ptr<const domain::MarketRules> rules)
    : config_(config), rules_(std::move(rules)) {
    INVARIANT(rules_ != nullptr);
}

void FeedCore::observe(const Message& input, Timestamp now) {
    if (const auto* batch = std::get_if<domain::QuoteBatch>(&input.payload)) {
        state_.books[batch->underlying].observe(*batch, now);
    }
}

void FeedCore::decide(const Message& input, Timestamp now, Emitter& out) {
    if (const auto* batch = std::get_if<domain::QuoteBatch>(&input.payload)) {
        announce(*batch, now, out);
        end_staleness(batch->underlying, now, true, out);
    } else if (input.stream != domain::operator_stream(domain::Service::Feed)) {
        return;
    } else if (const auto* info = std::get_if<SourceInfo>(&input.payload)) {
        begin_source(*info, now, out);
    } else if (const auto* event = std::get_if<SessionEvent>(&input.payload);
               event != nullptr && event->kind == SessionKind::RunEnd) {
        end_source(event->underlying, now, out);
    }
}

void FeedCore::wake(Timestamp now, Emitter& out) {
    while (publish_bars(now, out)) {
    }
    begin_staleness(now, out);
    run_calendar(now, out);
}

Timestamp FeedCore::next_deadline() const {
    Timestamp next = next_bars().end;
    for (const auto& [exchange, day] : state_.days) {
        next = std::min(next, day.next_step());
    }
    for (const auto& [underlying, source] : state_.sources) {
        next = std::min(next, stale_deadline(source));
    }
    return next;
}

void FeedCore::begin_source(SourceInfo info, Timestamp now, Emitter& out) {
    info.stale_limit =
        std::max(config_.stale_minimum,
                 domain::Duration{base::checked_mul(info.interval.ns, config_.stale_factor)});
    out.emit(StreamId::FeedSession, info);
    run_calendar(now, out);
}

void FeedCore::end_source(Underlying underlying, Timestamp /*now*/, Emitter& out) {
    std::vector<Underlying> ending;
    for (const auto& [key, source] : state_.sources) {
        if (!source.has_ended && (underlying == Underlying::Unspecified || underlying == key)) {
            ending.push_back(key);
        }
    }
    for (const auto key : ending) {
        Alert alert{.severity = domain::Severity::Info,
                    .reason = {ReasonCode::FeedSilent, {}},
                    .subject = std::string(kSourceEnded) + std::string(domain::to_text(key))};
        out.emit(StreamId::FeedAlert, std::move(alert));
    }
    end_run(out);
}

void FeedCore::end_run(Emitter& out) {
    if (state_.sources.empty()) {
        return;
    }
    for (const auto& [underlying, source] : state_.sources) {
        const auto* day = day_of(underlying);
        if (!source.has_ended || day == nullptr || !day->is_over()) {
            return;
        }
    }
    const ExchangeDay* day = day_of(state_.sources.begin()->first);
    out.emit(StreamId::FeedSession, day->event(SessionKind::RunEnd));
}

// Contracts seen for the first time today. The rules know their lot, tick and freeze.
void FeedCore::announce(const domain::QuoteBatch& batch, Timestamp now, Emitter& out) {
    const auto* source_day = day_of(batch.underlying);
    const domain::Date date = source_day != nullptr ? source_day->date : base::ist_date(now);
    const bool is_new_day = date != state_.announced_on;
    domain::InstrumentBatch fresh{.date = date, .instruments = {}};
    std::vector<domain::ContractId> unknown;
    const auto flush = [&] {
        if (!fresh.instruments.empty()) {
            tell_changed_lots(fresh, out);
            out.emit(StreamId::FeedInstrument, fresh);
            fresh.instruments.clear();
        }
    };
    for (const auto& quote : batch.quotes) {
        const auto contract = quote.contract;
        const bool is_expired = contract.expiry().days != 0 && contract.expiry() < date;
        if ((!is_new_day && state_.announced.contains(contract)) || is_expired ||
            contract.underlying() != batch.underlying) {
            continue;
        }
        const bool is_repeated =
            std::any_of(fresh.instruments.begin(), fresh.instruments.end(),
                        [&](const auto& instrument) { return instrument.contract == contract; });
        if (is_repeated) {
            continue;
        }
        if (auto instrument = rules_->instrument(contract, date)) {
            fresh.instruments.push_back(*instrument);
        } else if (contract.kind() != domain::ContractKind::Spot) {  // never traded
            unknown.push_back(contract);
        }
        if (fresh.instruments.size() >= config_.instruments_per_batch) {
            flush();
        }
    }
    flush();
    for (const auto contract : unknown) {
        if (state_.announced.contains(contract) && state_.announced_on == date) {
            continue;  // twice in one batch
        }
        Alert alert{
            .severity = domain::Severity::Warning,
            .reason = {ReasonCode::ContractUnknown,
                       {{"contract", static_cast<int64_t>(contract.raw()), domain::Unit::Contract},
                        {"date", date.days, domain::Unit::Date}}},
            .subject = domain::to_text(contract)};
        out.emit(StreamId::FeedAlert, std::move(alert));
    }
}

// A contract keeps its lot until it expires: another one than before is a fault of the rules, or of
// what was traded by them. Told once an expiry and change.
void FeedCore::tell_changed_lots(const domain::InstrumentBatch& batch, Emitter& out) {
    std::vector<std::pair<Underlying, domain::Date>> told;
    for (const auto& instrument : batch.instruments) {
        const auto contract = instrument.contract;
        const std::pair expiry{contract.underlying(), contract.expiry()};
        const auto before = state_.lots.find(expiry);
        if (before == state_.lots.end() || before->second == instrument.lot ||
            std::find(told.begin(), told.end(), expiry) != told.end()) {
            continue;
        }
        told.push_back(expiry);
        Alert alert{
            .severity = domain::Severity::Critical,
            .reason = {ReasonCode::LotChanged,
                       {{"contract", static_cast<int64_t>(contract.raw()), domain::Unit::Contract},
                        {"before", before->second.raw(), domain::Unit::Units},
                        {"lot", instrument.lot.raw(), domain::Unit::Units}}},
            .subject = domain::to_text(contract)};
        out.emit(StreamId::FeedAlert, std::move(alert));
    }
}

bool FeedCore::publish_bars(Timestamp now, Emitter& out) {
    const DueBars due = next_bars();
    if (due.end > now) {
        return false;
    }
    out.emit(StreamId::FeedBar, state_.books.at(due.underlying).bars_ending(due.length, due.end));
    return true;
}

void FeedCore::begin_staleness(Timestamp now, Emitter& out) {
    for (const auto& [underlying, source] : state_.sources) {
        if (stale_deadline(source) > now) {
            continue;
        }
        const auto limit = source.info.stale_limit;
        SessionEvent event = day_of(underlying)->event(SessionKind::StaleBegin);
        event.underlying = underlying;
        event.duration = limit;
        out.emit(StreamId::FeedSession, event);
        Alert alert{
            .severity = domain::Severity::Warning,
            .reason = {ReasonCode::FeedSilent,
                       {{"duration", limit.ns / base::seconds(1).ns, domain::Unit::Seconds}}},
            .subject = std::string(domain::to_text(underlying))};
        out.emit(StreamId::FeedAlert, std::move(alert));
    }
}

// By a fresh quote (is_resumed), or by the exchange's close.
void FeedCore::end_staleness(Underlying underlying, Timestamp now, bool is_resumed, Emitter& out) {
    const auto at = state_.sources.find(underlying);
    const auto* book = book_of(underlying);
    if (at == state_.sources.end() || !at->second.is_stale) {
        return;
    }
    Timestamp fresh_at = book == nullptr ? Timestamp{} : book->fresh_at();
    if (is_resumed) {
        if (now - fresh_at >= at->second.info.stale_limit) {
            return;  // an old snapshot again
        }
        fresh_at = book->previous_fresh_at();
    }
    SessionEvent event = day_of(underlying)->event(SessionKind::StaleEnd);
    event.underlying = underlying;
    event.duration = now - fresh_since(at->second, fresh_at);
    out.emit(StreamId::FeedSession, event);
    if (is_resumed) {
        Alert alert{.severity = domain::Severity::Info,
                    .reason = {ReasonCode::FeedResumed,
                               {{"duration", event.duration.ns / base::seconds(1).ns,
                                 domain::Unit::Seconds}}},
                    .subject = std::string(domain::to_text(underlying))};
        out.emit(StreamId::FeedAlert, std::move(alert));
    }
}

void FeedCore::run_calendar(Timestamp now, Emitter& out) {
    bool has_ended_day = false;
    for (auto& [exchange, day] : state_.days) {
        while (const auto event = day.due(now)) {
            if (event->kind == SessionKind::Close) {
                close_day(day, now, out);
            } else {
                out.emit(StreamId::FeedSession, *event);
            }
            has_ended_day = has_ended_day || event->kind == SessionKind::DayEnd;
        }
    }
    if (has_ended_day) {
        end_run(out);
    }
}

void FeedCore::close_day(const ExchangeDay& day, Timestamp now, Emitter& out) {
    std::vector<Underlying> stale;
    for (const auto& [underlying, source] : state_.sources) {
        if (source.is_stale && exchange_of(underlying) == day.exchange) {
            stale.push_back(underlying);
        }
    }
    for (const auto underlying : stale) {
        end_staleness(underlying, now, false, out);
    }
    out.emit(StreamId::FeedSession, day.event(SessionKind::Close));
    settle(day, out);
}

void FeedCore::settle(const ExchangeDay& day, Emitter& out) {
    for (const auto& [underlying, source] : state_.sources) {
        const auto* book = book_of(underlying);
        if (exchange_of(underlying) != day.exchange || book == nullptr ||
            !book->has_contracts_of(day.date)) {
            continue;
        }
        if (const auto price = book->settlement_price(day.date)) {
            SessionEvent event = day.event(SessionKind::Settlement);
            event.underlying = underlying;
            event.expiry = day.date;
            event.price = *price;
            out.emit(StreamId::FeedSession, event);
        } else {
            Alert alert{.severity = domain::Severity::Critical,
                        .reason = {ReasonCode::NoQuotes, {}},
                        .subject = "settlement of " + std::string(domain::to_text(underlying)) +
                                   " " + domain::to_text(day.date)};
            out.emit(StreamId::FeedAlert, std::move(alert));
        }
    }
}

const domain::Chain* FeedCore::chain(domain::Underlying underlying) const {
    const auto* book = book_of(underlying);
    return book == nullptr ? nullptr : &book->chain();
}

}  // namespace sauda::feed
