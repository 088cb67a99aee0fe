#include "services/importer/core/session_builder.h"

#include <algorithm>

namespace sauda::importer {

using domain::ContractId;
using domain::ContractKind;
using domain::Quote;

namespace {

ContractId contract_of(const Row& row, ContractKind kind) {
    const auto exchange = domain::exchange_of(row.underlying);
    if (kind == ContractKind::Spot) {
        return ContractId::spot(exchange, row.underlying);
    }
    return kind == ContractKind::Future
               ? ContractId::future(exchange, row.underlying, row.expiry)
               : ContractId::option(exchange, row.underlying, kind, row.expiry, row.strike);
}

bool is_same_but_time(const Quote& a, const Quote& b) {
    return a.bid == b.bid && a.ask == b.ask && a.last == b.last && a.bid_size == b.bid_size &&
           a.ask_size == b.ask_size && a.volume == b.volume && a.open_interest == b.open_interest;
}

}  // namespace

SessionBuilder::SessionBuilder(const ColumnMap& map, const domain::MarketRules& rules,
                               MessageSink& sink, domain::Underlying underlying, Date date)
    : map_(map), rules_(rules), sink_(sink) {
    report_.underlying = underlying;
    report_.date = date;
    message_.stream = domain::market_data_stream(underlying);
    message_.payload = domain::QuoteBatch{underlying, {}};
}

void SessionBuilder::begin_snapshot(const Row& row) {
    end_snapshot();
    if (report_.snapshots == 0) {
        report_.first = row.known_time;
    }
    ++report_.snapshots;
    report_.repeats += report_.snapshots > 1 && row.event_time <= event_ ? 1 : 0;
    report_.last = row.known_time;
    constexpr Duration kFinest = base::milliseconds(100);
    if (report_.stamps.empty() || row.known_time - report_.stamps.back() >= kFinest) {
        report_.stamps.push_back(row.known_time);
    }
    known_ = row.known_time;
    event_ = row.event_time;
}

void SessionBuilder::end_snapshot() {
    give_batch();
    for (const auto at : touched_) {
        const auto& contract = contracts_[at];
        if (contract.quote.contract.kind() == ContractKind::Call &&
            contract.partner != UINT32_MAX &&
            contracts_[contract.partner].snapshot == report_.snapshots) {
            parity_.add(contract.expiry, contract.quote, contracts_[contract.partner].quote);
        }
    }
    parity_.finish(report_.quality);
    report_.quality.stale_snapshots += !touched_.empty() && !is_changed_ ? 1 : 0;
    touched_.clear();
    has_spot_ = false;
    is_changed_ = false;
}

uint32_t SessionBuilder::contract_at(ContractId id) {
    const auto [place, is_new] =
        places_.try_emplace(id.raw(), static_cast<uint32_t>(contracts_.size()));
    if (is_new) {
        introduce(place->second, id);
    }
    return place->second;
}

void SessionBuilder::introduce(uint32_t at, ContractId id) {
    auto& contract = contracts_.emplace_back();
    contract.quote.contract = id;
    contract.lot = lot_of(id);
    if (!id.is_option()) {
        return;
    }
    const auto found = std::find(expiries_.begin(), expiries_.end(), id.expiry());
    contract.expiry = static_cast<uint32_t>(found - expiries_.begin());
    if (found == expiries_.end()) {
        expiries_.push_back(id.expiry());
    }
    const auto other = id.kind() == ContractKind::Call ? ContractKind::Put : ContractKind::Call;
    const auto partner = places_.find(
        ContractId::option(id.exchange(), id.underlying(), other, id.expiry(), id.strike()).raw());
    if (partner != places_.end()) {
        contract.partner = partner->second;
        contracts_[partner->second].partner = at;
    }
}

int64_t SessionBuilder::lot_of(ContractId id) {
    const auto kind = id.kind() == ContractKind::Put ? ContractKind::Call : id.kind();
    const auto [entry, is_new] = lots_.try_emplace({kind, id.expiry()}, 0);
    if (is_new) {
        if (kind == ContractKind::Spot) {
            entry->second = 1;
        } else if (const auto instrument = rules_.instrument(id, report_.date)) {
            entry->second = instrument->lot.raw();
        }
    }
    return entry->second;
}

std::optional<Refusal> SessionBuilder::convert(const Row& row, const RowFigures& figures,
                                               int64_t lot, Quote& quote) const {
    const bool needs_lot = map_.volume_unit == CountUnit::Lots ||
                           map_.interest_unit == CountUnit::Lots ||
                           map_.size_unit == CountUnit::Lots;
    if (lot == 0 && needs_lot) {
        return Refusal{RefusalReason::LotUnknown, domain::to_text(quote.contract)};
    }
    const auto units_of = [&](int64_t count, CountUnit unit) {
        return base::units(
            base::scale_half_up(count, unit == CountUnit::Lots ? lot : 1, kTenThousand));
    };
    quote.bid = figures.bid;
    quote.ask = figures.ask;
    quote.last = figures.last;
    quote.bid_size = units_of(figures.bid_size, map_.size_unit);
    quote.ask_size = units_of(figures.ask_size, map_.size_unit);
    quote.volume = units_of(figures.volume, map_.volume_unit);
    quote.open_interest = units_of(figures.open_interest, map_.interest_unit);
    quote.event_time = row.event_time;
    quote.flags = map_.has_depth() ? 0 : domain::kQuoteNoDepth;
    return std::nullopt;
}

void SessionBuilder::begin_row(const Row& row) {
    if (report_.snapshots == 0 || row.known_time > known_) {
        begin_snapshot(row);
    }
    event_ = std::max(event_, row.event_time);
    ++report_.rows;
    report_.quality.odd_opens += row.is_open_odd ? 1 : 0;
    report_.quality.zero_spots += row.is_spot_zero ? 1 : 0;
    if (!row.spot.is_positive()) {
        return;
    }
    const auto at = contract_at(contract_of(row, ContractKind::Spot));
    Quote quote;
    quote.contract = contracts_[at].quote.contract;
    quote.last = row.spot;
    quote.event_time = row.event_time;
    quote.flags = domain::kQuoteNoDepth;
    // Every row of a snapshot repeats it.
    if (!has_spot_ || row.spot != contracts_[at].quote.last) {
        take(quote, at);
        has_spot_ = true;
    }
}

std::optional<Refusal> SessionBuilder::add(const Row& row, const RowSide& side) {
    auto& quality = report_.quality;
    if (contracts_.size() >= kContractsMax) {
        return Refusal{RefusalReason::TooManyContracts,
                       "more than " + std::to_string(kContractsMax) + " in one day"};
    }
    const auto at = contract_at(contract_of(row, side.kind));
    Quote quote;
    quote.contract = contracts_[at].quote.contract;
    const auto by_rules = contracts_[at].lot;
    const auto& figures = *side.figures;
    if (auto refusal = convert(row, figures, row.lot > 0 ? row.lot : by_rules, quote)) {
        return refusal;
    }
    if (map_.price_needs_volume && figures.volume == 0 && quote.last.is_positive()) {
        ++quality.old_prices;
        quote.last = {};
    }
    const auto& before = contracts_[at].quote;
    if (map_.is_volume_of_row) {
        quote.volume += before.volume;
    } else if (quote.volume < before.volume) {
        ++quality.volume_decreases;
        quote.volume = before.volume;
    }
    if (contracts_[at].snapshot == report_.snapshots) {
        quality.duplicates += map_.shape == Shape::Ticks ? 0 : 1;
        if (!map_.is_volume_of_row && is_same_but_time(quote, before)) {
            return std::nullopt;
        }
    }
    const bool has_price = quote.has_bid() || quote.has_ask() || quote.last.is_positive();
    quality.priceless += has_price ? 0 : 1;
    quality.sentinel_volatilities += has_price && figures.is_sentinel_volatility ? 1 : 0;
    quality.lot_differs += row.lot > 0 && row.lot != by_rules ? 1 : 0;
    report_.has_depth = report_.has_depth || quote.has_bid() || quote.has_ask();
    take(quote, at);
    return std::nullopt;
}

void SessionBuilder::take(const Quote& quote, uint32_t at) {
    auto& contract = contracts_[at];
    const bool is_same = contract.snapshot != 0 && is_same_but_time(quote, contract.quote);
    report_.quality.unchanged += is_same ? 1 : 0;
    is_changed_ = is_changed_ || !is_same;
    if (contract.snapshot != report_.snapshots) {
        touched_.push_back(at);
    }
    if (contract.snapshot == 0) {
        ++report_.contracts;
        if (quote.contract.expiry().days != 0) {
            report_.expiries.insert(quote.contract.expiry());
        }
    }
    contract.quote = quote;
    contract.snapshot = report_.snapshots;
    ++report_.quotes;
    auto& quotes = std::get<domain::QuoteBatch>(message_.payload).quotes;
    quotes.push_back(quote);
    message_.meta.event_time = std::max(message_.meta.event_time, quote.event_time);
    if (quotes.size() == domain::kQuotesPerBatchMax) {
        give_batch();
    }
}

void SessionBuilder::give_batch() {
    auto& batch = std::get<domain::QuoteBatch>(message_.payload);
    if (batch.quotes.empty()) {
        return;
    }
    ++message_.seq;
    message_.meta.known_time = known_;
    sink_.take(message_);
    ++report_.batches;
    batch.quotes.clear();
    message_.meta.event_time = {};
}

void SessionBuilder::finish() {
    end_snapshot();
    if (report_.quotes > 0) {
        sink_.end_session(report_);
    }
}

}  // namespace sauda::importer
