#pragma once

#include "common/domain/market_rules.h"
#include "common/domain/message.h"
#include "services/importer/core/quality.h"
#include "services/importer/core/row_reader.h"

#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

namespace sauda::importer {

// What one recording came out of: the rows of one underlying on one day.
struct SessionReport {
    domain::Underlying underlying = domain::Underlying::Unspecified;
    Date date;
    uint64_t rows = 0;
    uint64_t quotes = 0;
    uint64_t snapshots = 0;
    uint64_t repeats = 0;  // snapshots with the exchange's stamp of the one before
    uint64_t batches = 0;
    uint64_t contracts = 0;
    bool has_depth = false;
    Timestamp first;  // known times
    Timestamp last;
    std::vector<Timestamp> stamps;  // of snapshots, at most ten a second
    std::set<Date> expiries;
    Quality quality;
};

// Where finished market data messages go.
class MessageSink {
 public:
    virtual ~MessageSink() = default;
    virtual void take(const domain::Message& message) = 0;
    // Nothing more comes of this underlying and day. A session without any quote is not told of.
    virtual void end_session(const SessionReport& /*report*/) {}
};

// Turns rows of one underlying and day into market data messages: all rows of one known time are
// one snapshot, split into batches of at most 64 quotes in file order.
class SessionBuilder {
 public:
    SessionBuilder(const ColumnMap& map, const domain::MarketRules& rules, MessageSink& sink,
                   domain::Underlying underlying, Date date);

    [[nodiscard]] Timestamp known() const { return known_; }
    [[nodiscard]] Date date() const { return report_.date; }
    // One side of a row; the refusal says why it was not taken. row.known_time >= known().
    std::optional<Refusal> add(const Row& row, const RowSide& side);
    // The row's spot and what else concerns the row as a whole; before its sides.
    void begin_row(const Row& row);
    void count_crossed() { ++report_.quality.crossed; }
    // Gives out the last batch and ends the session.
    void finish();
    [[nodiscard]] const SessionReport& report() const { return report_; }

    // More contracts than any underlying has listed at once, ten times over.
    static constexpr std::size_t kContractsMax = 50'000;

 private:
    struct Contract {
        domain::Quote quote;            // the last
        uint64_t snapshot = 0;          // its last; 0: nothing of it was taken yet
        uint32_t partner = UINT32_MAX;  // put of the call's strike and expiry, and back
        uint32_t expiry = 0;            // place in expiries_
        int64_t lot = 0;                // 0: not known
    };
    void begin_snapshot(const Row& row);
    void end_snapshot();
    uint32_t contract_at(domain::ContractId id);
    void introduce(uint32_t at, domain::ContractId id);
    int64_t lot_of(domain::ContractId id);
    std::optional<Refusal> convert(const Row& row, const RowFigures& figures, int64_t lot,
                                   domain::Quote& quote) const;
    void take(const domain::Quote& quote, uint32_t at);
    void give_batch();

    const ColumnMap& map_;
    const domain::MarketRules& rules_;
    MessageSink& sink_;
    SessionReport report_;
    domain::Message message_;
    Timestamp known_;
    Timestamp event_;  // latest of the open snapshot
    std::vector<Contract> contracts_;
    std::unordered_map<uint64_t, uint32_t> places_;  // never iterated
    std::vector<Date> expiries_;
    std::map<std::pair<domain::ContractKind, Date>, int64_t> lots_;
    std::vector<uint32_t> touched_;  // in the open snapshot
    bool has_spot_ = false;          // in the open snapshot
    bool is_changed_ = false;
    ParityCheck parity_;
};

}  // namespace sauda::importer
