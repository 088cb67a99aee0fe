#pragma once

#include "common/domain/market_rules.h"
#include "common/domain/message.h"
#include "services/importer/core/cadence.h"
#include "services/importer/core/chain_row.h"

#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

namespace sauda::importer {

// Where finished market data messages go.
class MessageSink {
 public:
    virtual ~MessageSink() = default;
    virtual void take(const domain::Message& message) = 0;
};

struct ImportReport {
    uint64_t rows_read = 0;
    uint64_t rows_taken = 0;    // at least one of the two quotes
    uint64_t rows_refused = 0;  // neither
    uint64_t quotes = 0;
    uint64_t quotes_refused = 0;  // of rows whose other quote was taken, too
    uint64_t snapshots = 0;
    uint64_t repeats = 0;  // snapshots with the exchange's stamp of the one before
    uint64_t batches = 0;
    bool has_depth = false;
    domain::Underlying underlying = domain::Underlying::Unspecified;
    Timestamp first;  // known times
    Timestamp last;
    std::vector<Timestamp> stamps;  // of every snapshot
    std::set<Date> expiries;
    std::set<domain::ContractId> contracts;
    RefusalCounts refusals;
};

// Turns rows of one chain file into market data messages. A row takes effect when it was known;
// all rows of one collection stamp are one snapshot, split into batches in file order.
// Rules give the lot of each contract; sink outlives the importer.
class ChainImporter {
 public:
    ChainImporter(const domain::MarketRules& rules, MessageSink& sink)
        : rules_(rules), sink_(sink) {}

    // A line behind the header, without its end. `number` counts from 1 at the header.
    void line(uint64_t number, std::string_view text);
    // Gives out the last batch.
    void finish();
    [[nodiscard]] const ImportReport& report() const { return report_; }

 private:
    std::optional<Refusal> check_order(const ChainRow& row) const;
    void begin_snapshot(const ChainRow& row);
    bool add(uint64_t number, const ChainRow& row, domain::ContractKind kind,
             const std::expected<ChainSide, Refusal>& side);
    std::optional<int64_t> lot_of(domain::ContractId contract);
    void give_batch();
    void refuse_row(uint64_t number, const Refusal& refusal);

    const domain::MarketRules& rules_;
    MessageSink& sink_;
    ChainRowParser parser_;
    ImportReport report_;
    domain::Message message_;
    Timestamp known_;  // of the open snapshot
    Timestamp event_;  // latest of the open snapshot
    std::map<Date, std::optional<int64_t>> lots_;
};

}  // namespace sauda::importer
