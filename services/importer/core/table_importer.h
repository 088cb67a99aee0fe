#pragma once

#include "services/importer/core/session_builder.h"

#include <map>
#include <memory>
#include <optional>
#include <string_view>

namespace sauda::importer {

// Which rows of a file are wanted.
struct ImportScope {
    domain::Underlying only = domain::Underlying::Unspecified;
    Date from{};             // days 0: from the first
    Date to{};               // the last one included; days 0: to the last
    bool all_hours = false;  // also what lies outside of the session, and days without one
};

// Of a whole file; what belongs to one underlying and day is in its SessionReport.
struct ImportReport {
    uint64_t rows_read = 0;
    uint64_t rows_taken = 0;     // at least one of its quotes
    uint64_t rows_refused = 0;   // none
    uint64_t rows_left_out = 0;  // sound, but of no use or not asked for
    uint64_t quotes = 0;
    uint64_t quotes_refused = 0;  // of rows whose other quote was taken, too
    uint64_t relabelled = 0;      // rows that name another underlying than told
    RefusalCounts refusals;
    RefusalCounts left_out;
};

// Turns the rows of one table into market data messages. A row takes effect when it was known; a
// table may hold several underlyings and several days, each of which becomes a session of its own.
// Rules give lots and hours; reader, rules and sink outlive the importer.
class TableImporter {
 public:
    TableImporter(RowReader& reader, const domain::MarketRules& rules, MessageSink& sink,
                  ImportScope scope = {})
        : reader_(reader), rules_(rules), sink_(sink), scope_(scope) {}

    // A line behind the header, without its end. `number` counts from 1 at the file's first line.
    void line(uint64_t number, std::string_view text);
    // Ends the open sessions.
    void finish();
    [[nodiscard]] const ImportReport& report() const { return report_; }

 private:
    std::optional<Refusal> settle_time();
    std::optional<Refusal> leave_out(const domain::TradingDay& day) const;
    const domain::TradingDay& day_of(Date date);
    // The session of the open row; a refusal if time runs backwards.
    std::expected<SessionBuilder*, Refusal> session();
    void take_sides(uint64_t number, SessionBuilder& session);

    RowReader& reader_;
    const domain::MarketRules& rules_;
    MessageSink& sink_;
    ImportScope scope_;
    ImportReport report_;
    Row row_;
    std::map<domain::Underlying, std::unique_ptr<SessionBuilder>> sessions_;
    std::map<std::pair<domain::Exchange, Date>, domain::TradingDay> days_;
};

}  // namespace sauda::importer
