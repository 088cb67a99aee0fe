#include "services/importer/core/chain_importer.h"

#include <algorithm>

namespace sauda::importer {

using domain::ContractId;
using domain::ContractKind;
using domain::Exchange;

void ChainImporter::refuse_row(uint64_t number, const Refusal& refusal) {
    report_.refusals.add(number, refusal);
    ++report_.rows_refused;
}

// nullopt: the row fits behind those before it.
std::optional<Refusal> ChainImporter::check_order(const ChainRow& row) const {
    if (report_.snapshots == 0) {
        return std::nullopt;
    }
    if (row.underlying != report_.underlying) {
        return Refusal{RefusalReason::Symbol, "Symbol is '" +
                                                  std::string(domain::to_text(row.underlying)) +
                                                  "', but the file began with '" +
                                                  std::string(domain::to_text(report_.underlying)) +
                                                  "': import one underlying at a time"};
    }
    if (row.known_time < known_) {
        return Refusal{RefusalReason::TimeBackwards,
                       "collected " + std::to_string((known_ - row.known_time).ns / 1'000'000'000) +
                           " s before the row above it"};
    }
    if (base::ist_date(row.known_time) != base::ist_date(report_.first)) {
        return Refusal{RefusalReason::OtherDay,
                       "collected on " + domain::to_text(base::ist_date(row.known_time))};
    }
    return std::nullopt;
}

void ChainImporter::begin_snapshot(const ChainRow& row) {
    give_batch();
    if (report_.snapshots == 0) {
        report_.first = row.known_time;
        report_.underlying = row.underlying;
        message_.stream = domain::market_data_stream(row.underlying);
        message_.payload = domain::QuoteBatch{row.underlying, {}};
    }
    ++report_.snapshots;
    report_.repeats += report_.snapshots > 1 && row.event_time <= event_ ? 1 : 0;
    report_.last = row.known_time;
    report_.stamps.push_back(row.known_time);
    known_ = row.known_time;
    event_ = row.event_time;
}

std::optional<int64_t> ChainImporter::lot_of(ContractId contract) {
    const auto [entry, is_new] = lots_.try_emplace(contract.expiry(), std::nullopt);
    if (is_new) {
        if (const auto instrument = rules_.instrument(contract, base::ist_date(known_))) {
            entry->second = instrument->lot.raw();
        }
    }
    return entry->second;
}

bool ChainImporter::add(uint64_t number, const ChainRow& row, ContractKind kind,
                        const std::expected<ChainSide, Refusal>& side) {
    if (!side) {
        report_.refusals.add(number, side.error());
        ++report_.quotes_refused;
        return false;
    }
    const auto contract =
        ContractId::option(Exchange::NSE, row.underlying, kind, row.expiry, row.strike);
    const auto lot = lot_of(contract);
    if (!lot) {
        report_.refusals.add(number, {RefusalReason::LotUnknown, domain::to_text(contract)});
        ++report_.quotes_refused;
        return false;
    }
    const auto units_of = [&](double lots) {
        return base::units(static_cast<int64_t>(lots * static_cast<double>(*lot) + 0.5));
    };
    domain::Quote quote;
    quote.contract = contract;
    quote.bid = side->bid;
    quote.ask = side->ask;
    quote.last = side->last;
    quote.bid_size = base::units(side->bid_size);
    quote.ask_size = base::units(side->ask_size);
    quote.volume = units_of(side->volume_lots);
    quote.open_interest = units_of(side->open_interest_lots);
    quote.event_time = row.event_time;
    report_.has_depth = report_.has_depth || quote.has_bid() || quote.has_ask();
    report_.expiries.insert(row.expiry);
    report_.contracts.insert(contract);
    ++report_.quotes;
    auto& quotes = std::get<domain::QuoteBatch>(message_.payload).quotes;
    quotes.push_back(quote);
    message_.meta.event_time = std::max(message_.meta.event_time, row.event_time);
    if (quotes.size() == domain::kQuotesPerBatchMax) {
        give_batch();
    }
    return true;
}

void ChainImporter::give_batch() {
    auto* batch = std::get_if<domain::QuoteBatch>(&message_.payload);
    if (batch == nullptr || batch->quotes.empty()) {
        return;
    }
    ++message_.seq;
    message_.meta.known_time = known_;
    sink_.take(message_);
    ++report_.batches;
    batch->quotes.clear();
    message_.meta.event_time = {};
}

void ChainImporter::line(uint64_t number, std::string_view text) {
    ++report_.rows_read;
    const auto row = parser_.parse(text);
    if (!row) {
        refuse_row(number, row.error());
        return;
    }
    if (const auto refusal = check_order(*row)) {
        refuse_row(number, *refusal);
        return;
    }
    if (report_.snapshots == 0 || row->known_time > known_) {
        begin_snapshot(*row);
    }
    event_ = std::max(event_, row->event_time);
    const bool has_call = add(number, *row, ContractKind::Call, row->call);
    const bool has_put = add(number, *row, ContractKind::Put, row->put);
    ++(has_call || has_put ? report_.rows_taken : report_.rows_refused);
}

void ChainImporter::finish() { give_batch(); }

}  // namespace sauda::importer
