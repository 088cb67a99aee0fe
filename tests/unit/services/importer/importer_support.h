#pragma once

#include "common/domain/market_rules.h"
#include "services/importer/core/formats.h"
#include "services/importer/core/table_importer.h"

#include <stdexcept>
#include <string>
#include <vector>

// Small dated rules, rows of the chain file and a sink that keeps what it gets.
namespace importer_test {

using namespace sauda;

inline domain::MarketRules small_rules() {
    using domain::ContractKind;
    using domain::Exchange;
    using domain::Underlying;
    const auto hour = [](int h, int m) { return base::minutes(h * 60 + m); };
    domain::MarketRules rules;
    rules.sessions = {
        {Exchange::NSE, base::date_of(2010, 1, 1), hour(9, 15), hour(15, 30), hour(15, 30)},
        {Exchange::NSE, base::date_of(2026, 8, 3), hour(9, 15), hour(15, 40), hour(15, 15)}};
    rules.lots = {{Underlying::NIFTY, base::date_of(2025, 1, 1), base::units(75)},
                  {Underlying::NIFTY, base::date_of(2026, 1, 1), base::units(65)}};
    for (const auto kind : {ContractKind::Call, ContractKind::Spot}) {
        rules.ticks.push_back(
            {Underlying::NIFTY, kind, base::date_of(2010, 1, 1), base::Price::from_paise(5)});
    }
    rules.expiries = {{Exchange::NSE, Underlying::NIFTY, domain::ExpiryCycle::Weekly,
                       base::date_of(2010, 1, 1), 2}};
    rules.hash = "small";
    return rules;
}

inline const std::string kHeader =
    "Fetch_Time,Symbol,Expiry_Date,CALLS_OI,CALLS_Chng_in_OI,CALLS_Volume,CALLS_IV,CALLS_LTP,"
    "CALLS_Net_Chng,CALLS_Bid_Qty,CALLS_Bid_Price,CALLS_Ask_Price,CALLS_Ask_Qty,Strike_Price,"
    "PUTS_OI,PUTS_Chng_in_OI,PUTS_Volume,PUTS_IV,PUTS_LTP,PUTS_Net_Chng,PUTS_Bid_Qty,"
    "PUTS_Bid_Price,PUTS_Ask_Price,PUTS_Ask_Qty,collection_timestamp";

// One row of the NSE full chain; every cell can be set.
struct ChainLine {
    std::string fetched = "29-Aug-2025 09:22:45";
    std::string symbol = "NIFTY";
    std::string expiry = "02-Sep-2025";
    std::string call_oi = "85.0";
    std::string call_volume = "2";
    std::string call_last = "101.5";
    std::string call_bid_size = "750";
    std::string call_bid = "101.45";
    std::string call_ask = "101.6";
    std::string call_ask_size = "150";
    std::string strike = "24500";
    std::string put_bid = "0.95";
    std::string put_ask = "1.0";
    std::string collected = "20250829_092416";

    [[nodiscard]] std::string text() const {
        return fetched + "," + symbol + "," + expiry + "," + call_oi + ",0," + call_volume +
               ",0.0," + call_last + ",-0.10000000000000009," + call_bid_size + "," + call_bid +
               "," + call_ask + "," + call_ask_size + "," + strike + ",120.66666666666667,5," +
               "31669,30.16,0.95,nan,153825," + put_bid + "," + put_ask + ",450075," + collected;
    }
};

class KeepingSink : public importer::MessageSink {
 public:
    void take(const domain::Message& message) override { messages.push_back(message); }
    void end_session(const importer::SessionReport& report) override { sessions.push_back(report); }
    [[nodiscard]] const std::vector<domain::Quote>& quotes(std::size_t i) const {
        return std::get<domain::QuoteBatch>(messages.at(i).payload).quotes;
    }
    std::vector<domain::Message> messages;
    std::vector<importer::SessionReport> sessions;
};

// What came of a table: its messages, its sessions and what was told of the file.
struct Imported {
    KeepingSink sink;
    importer::ImportReport report;
    [[nodiscard]] const importer::SessionReport& session(std::size_t i = 0) const {
        return sink.sessions.at(i);
    }
    [[nodiscard]] uint64_t refused(importer::RefusalReason reason) const {
        return report.refusals.count(reason);
    }
    [[nodiscard]] uint64_t left_out(importer::RefusalReason reason) const {
        return report.left_out.count(reason);
    }
};

// Imports lines by a map; the first one is the header where the map has one.
inline Imported import_lines(const importer::ColumnMap& map, const std::vector<std::string>& lines,
                             const domain::MarketRules& rules, importer::ImportScope scope = {},
                             domain::Underlying underlying = domain::Underlying::Unspecified) {
    Imported out;
    const auto format = importer::apply_map(map, lines.front());
    if (!format) {
        throw std::runtime_error(format.error().text);
    }
    importer::RowReader reader(format->map, format->layout, underlying);
    importer::TableImporter importer(reader, rules, out.sink, scope);
    for (std::size_t i = map.has_header ? 1 : 0; i < lines.size(); ++i) {
        importer.line(i + 1, lines[i]);
    }
    importer.finish();
    out.report = importer.report();
    return out;
}

// By the format the first line is recognised as.
inline Imported import_known(const std::vector<std::string>& lines,
                             const domain::MarketRules& rules, importer::ImportScope scope = {},
                             domain::Underlying underlying = domain::Underlying::Unspecified) {
    const auto format = importer::detect_format(lines.front());
    if (!format) {
        throw std::runtime_error(format.error().text);
    }
    auto map = format->map;
    if (map.known_rule == importer::KnownRule::BarEnd) {
        map.length = base::minutes(1);
    }
    return import_lines(map, lines, rules, scope, underlying);
}

}  // namespace importer_test
