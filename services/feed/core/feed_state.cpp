// The other half of FeedCore: what its events change, what is due, and its snapshots.
#include "services/feed/core/feed_core.h"

#include <algorithm>

namespace sauda::feed {

using domain::Message;
using domain::ReasonCode;
using domain::SessionKind;
using domain::Underlying;

void FeedCore::apply(const Message& event) {
    const Timestamp at = event.meta.event_time;
    if (const auto* info = std::get_if<domain::SourceInfo>(&event.payload)) {
        apply_source(*info);
    } else if (const auto* session = std::get_if<domain::SessionEvent>(&event.payload)) {
        apply_session(*session, at);
    } else if (const auto* bars = std::get_if<domain::BarBatch>(&event.payload)) {
        state_.books[bars->underlying].published(*bars);
    } else if (const auto* alert = std::get_if<domain::Alert>(&event.payload)) {
        apply_alert(*alert);
    } else if (const auto* batch = std::get_if<domain::InstrumentBatch>(&event.payload)) {
        apply_instruments(*batch);
    }
}

void FeedCore::apply_instruments(const domain::InstrumentBatch& batch) {
    if (batch.date != state_.announced_on) {
        state_.announced.clear();
        state_.announced_on = batch.date;
        std::erase_if(state_.lots,
                      [&](const auto& entry) { return entry.first.second < batch.date; });
    }
    for (const auto& instrument : batch.instruments) {
        const auto contract = instrument.contract;
        state_.announced.insert(contract);
        if (contract.expiry().days != 0) {
            state_.lots[{contract.underlying(), contract.expiry()}] = instrument.lot;
        }
    }
}

void FeedCore::apply_source(const domain::SourceInfo& info) {
    auto& source = state_.sources[info.underlying];
    const bool is_same_day = source.info.date == info.date;
    source.info = info;
    source.has_ended = false;
    source.is_stale = source.is_stale && is_same_day;
    const auto exchange = exchange_of(info.underlying);
    auto& day = state_.days[exchange];
    if (day.date != info.date) {
        day = ExchangeDay::of(*rules_, exchange, info.date);
    }
}

void FeedCore::apply_session(const domain::SessionEvent& event, Timestamp at) {
    if (event.kind == SessionKind::StaleBegin || event.kind == SessionKind::StaleEnd) {
        state_.sources[event.underlying].is_stale = event.kind == SessionKind::StaleBegin;
    } else if (event.kind == SessionKind::RunEnd) {
        state_.sources.clear();
    } else if (event.kind != SessionKind::Settlement) {
        state_.days[event.exchange].apply(event, at);
    }
}

void FeedCore::apply_alert(const domain::Alert& alert) {
    if (alert.reason.code == ReasonCode::ContractUnknown) {
        const domain::Date date{static_cast<int32_t>(alert.reason.numbers.at(1).value)};
        if (date != state_.announced_on) {
            state_.announced.clear();
            state_.announced_on = date;
        }
        state_.announced.insert(
            domain::ContractId::from_raw(static_cast<uint64_t>(alert.reason.numbers.at(0).value)));
    } else if (alert.subject.starts_with(kSourceEnded)) {
        const auto name = std::string_view(alert.subject).substr(kSourceEnded.size());
        if (const auto underlying = domain::parse_underlying(name)) {
            state_.sources[*underlying].has_ended = true;
        }
    }
}

FeedCore::DueBars FeedCore::next_bars() const {
    DueBars due;
    for (const auto& [underlying, source] : state_.sources) {
        const auto* day = day_of(underlying);
        const auto* book = book_of(underlying);
        if (day == nullptr || book == nullptr || !day->is_trading ||
            day->phase == DayPhase::Ended) {
            continue;
        }
        const auto consider = [&, key = underlying](domain::Duration length) {
            const auto end = book->next_bar_end(length, day->open, day->close);
            if (end && *end < due.end) {
                due = {.end = *end, .length = length, .underlying = key};
            }
        };
        if (source.info.interval <= config_.fast_interval) {
            consider(base::seconds(1));
        }
        consider(base::minutes(1));
    }
    return due;
}

Timestamp FeedCore::fresh_since(const Source& source, Timestamp fresh_at) const {
    return std::max(fresh_at, day_of(source.info.underlying)->opened_at);
}

Timestamp FeedCore::stale_deadline(const Source& source) const {
    const auto* day = day_of(source.info.underlying);
    if (source.is_stale || day == nullptr || day->phase != DayPhase::Open) {
        return Timestamp::max();
    }
    const auto* book = book_of(source.info.underlying);
    const Timestamp fresh_at = book == nullptr ? Timestamp{} : book->fresh_at();
    const Timestamp due = fresh_since(source, fresh_at) + source.info.stale_limit;
    return due < day->close ? due : Timestamp::max();
}

const ExchangeDay* FeedCore::day_of(Underlying underlying) const {
    const auto at = state_.days.find(exchange_of(underlying));
    return at == state_.days.end() ? nullptr : &at->second;
}

const UnderlyingBook* FeedCore::book_of(Underlying underlying) const {
    const auto at = state_.books.find(underlying);
    return at == state_.books.end() ? nullptr : &at->second;
}

std::string FeedCore::save() const { return base::save_to_bytes(state_); }

bool FeedCore::load(std::string_view bytes) {
    state_ = State{};
    base::BinaryReader reader(bytes);
    reader.read(state_);
    if (!reader.ok() || !reader.at_end()) {
        state_ = State{};
        return false;
    }
    return true;
}

void FeedCore::metrics(std::vector<domain::Metric>& out) const {
    uint64_t quotes = 0;
    uint64_t batches = 0;
    uint64_t refused = 0;
    Timestamp last_known;
    for (const auto& [underlying, book] : state_.books) {
        quotes += book.quotes();
        batches += book.batches();
        refused += book.refused();
        last_known = std::max(last_known, book.last_known());
    }
    const auto stale = std::count_if(state_.sources.begin(), state_.sources.end(),
                                     [](const auto& entry) { return entry.second.is_stale; });
    out.push_back({"quotes", static_cast<int64_t>(quotes), domain::Unit::Count});
    out.push_back({"batches", static_cast<int64_t>(batches), domain::Unit::Count});
    out.push_back({"refused", static_cast<int64_t>(refused), domain::Unit::Count});
    out.push_back({"stale", stale, domain::Unit::Count});
    out.push_back({"last_known", last_known.ns, domain::Unit::Time});
    out.push_back(
        {"contracts", static_cast<int64_t>(state_.announced.size()), domain::Unit::Count});
}

}  // namespace sauda::feed
