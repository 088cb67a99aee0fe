#include "services/importer/core/cadence.h"
#include "tests/unit/services/importer/importer_support.h"

#include <catch2/catch.hpp>

using namespace importer_test;
using sauda::importer::cadence_of;
using sauda::importer::RefusalReason;
using sauda::importer::Timestamp;
using Row = ChainLine;  // not the importer's own
using sauda::base::Price;
using sauda::base::units;
using sauda::domain::ContractId;
using sauda::domain::ContractKind;

namespace {

Imported import_rows(const std::vector<Row>& rows) {
    std::vector<std::string> lines{kHeader};
    for (const auto& row : rows) {
        lines.push_back(row.text());
    }
    return import_known(lines, small_rules());
}

// Imports one row and returns the reason it, or one of its sides, was refused for.
RefusalReason reason_of(const Row& row) {
    const auto out = import_rows({row});
    const auto& entries = out.report.refusals.entries();
    REQUIRE(entries.size() == 1);
    REQUIRE(entries.begin()->second.examples.at(0).line == 2);
    return entries.begin()->first;
}

template <class Change>
Row changed(Change change) {
    Row row;
    change(row);
    return row;
}

sauda::base::Timestamp ist(int hour, int minute, int second) {
    return sauda::base::ist(sauda::base::date_of(2025, 8, 29),
                            sauda::base::seconds(hour * 3600 + minute * 60 + second));
}

}  // namespace

TEST_CASE("a row becomes a call and a put in units, known when it was collected") {
    const auto out = import_rows({Row{}});
    REQUIRE(out.sink.messages.size() == 1);
    const auto& message = out.sink.messages[0];
    CHECK(message.stream == sauda::domain::market_data_stream(sauda::domain::Underlying::NIFTY));
    CHECK(message.seq == 1);
    CHECK(message.meta.event_time == ist(9, 22, 45));
    CHECK(message.meta.known_time == ist(9, 24, 16));
    const auto& quotes = out.sink.quotes(0);
    REQUIRE(quotes.size() == 2);
    CHECK(sauda::domain::to_text(quotes[0].contract) == "NSE:NIFTY:2025-09-02:24500:CE");
    CHECK(sauda::domain::to_text(quotes[1].contract) == "NSE:NIFTY:2025-09-02:24500:PE");
    CHECK(quotes[0].bid == Price::from_paise(10'145));
    CHECK(quotes[0].ask == Price::from_paise(10'160));
    CHECK(quotes[0].last == Price::from_paise(10'150));
    CHECK(quotes[0].bid_size == units(750));  // already units in the file
    CHECK(quotes[0].ask_size == units(150));
    CHECK(quotes[0].open_interest == units(85 * 75));
    CHECK(quotes[0].volume == units(2 * 75));
    CHECK(quotes[0].event_time == ist(9, 22, 45));
    CHECK(quotes[1].open_interest == units(9'050));  // 120 2/3 lots of 75
    CHECK(out.report.rows_taken == 1);
    CHECK(out.report.refusals.entries().empty());  // a change that is NaN is not read
}

TEST_CASE("the lot of a contract is that of its expiry") {
    const auto out = import_rows({changed([](Row& r) { r.expiry = "27-Jan-2026"; }), Row{}});
    CHECK(out.sink.quotes(0)[0].open_interest == units(85 * 65));
    CHECK(out.sink.quotes(0)[2].open_interest == units(85 * 75));
    CHECK(out.session().expiries.size() == 2);
    CHECK(out.session().contracts == 4);
}

TEST_CASE("a zero price means that the side or the last trade does not exist") {
    const auto out = import_rows({changed([](Row& r) {
        r.call_bid = "0.0";
        r.call_last = "0";
    })});
    const auto& call = out.sink.quotes(0)[0];
    CHECK_FALSE(call.has_bid());
    CHECK(call.has_ask());
    CHECK(call.last.is_zero());
    CHECK(out.session().has_depth);
}

TEST_CASE("one collection stamp is one snapshot, in batches of at most 64 quotes in file order") {
    std::vector<Row> rows;
    for (int i = 0; i < 50; ++i) {
        rows.push_back(changed([&](Row& r) { r.strike = std::to_string(20'000 + 50 * i); }));
    }
    for (int i = 0; i < 3; ++i) {
        rows.push_back(changed([&](Row& r) {
            r.collected = "20250829_092521";
            r.strike = std::to_string(20'000 + 50 * i);
        }));
    }
    const auto out = import_rows(rows);
    REQUIRE(out.sink.messages.size() == 3);
    CHECK(out.sink.quotes(0).size() == 64);
    CHECK(out.sink.quotes(1).size() == 36);
    CHECK(out.sink.quotes(2).size() == 6);
    CHECK(out.sink.quotes(1)[0].contract.strike() == Price::from_rupees(21'600));
    CHECK(out.sink.messages[0].meta.known_time == out.sink.messages[1].meta.known_time);
    CHECK(out.sink.messages[2].meta.known_time == ist(9, 25, 21));
    CHECK(out.sink.messages[2].seq == 3);
    CHECK(out.session().snapshots == 2);
    CHECK(out.session().repeats == 1);  // the second shows the same exchange time
    CHECK(out.session().stamps == std::vector<Timestamp>{ist(9, 24, 16), ist(9, 25, 21)});
}

TEST_CASE("each reason for refusing a whole row is named") {
    CHECK(reason_of(changed([](Row& r) { r.symbol = "RELIANCE"; })) == RefusalReason::Symbol);
    CHECK(reason_of(changed([](Row& r) { r.symbol = "SENSEX"; })) == RefusalReason::Symbol);
    CHECK(reason_of(changed([](Row& r) { r.fetched = "29/08/2025 09:22:45"; })) ==
          RefusalReason::AmbiguousDate);
    CHECK(reason_of(changed([](Row& r) { r.fetched = "29-Aug-2025 09:62:45"; })) ==
          RefusalReason::BadDate);
    CHECK(reason_of(changed([](Row& r) { r.expiry = "31-Feb-2026"; })) == RefusalReason::BadDate);
    CHECK(reason_of(changed([](Row& r) { r.expiry = ""; })) == RefusalReason::BadDate);
    CHECK(reason_of(changed([](Row& r) { r.collected = "20250829-092416"; })) ==
          RefusalReason::BadDate);
    CHECK(reason_of(changed([](Row& r) { r.collected = "20250829_092244"; })) ==
          RefusalReason::EventAhead);
    CHECK(reason_of(changed([](Row& r) { r.strike = "24500.005"; })) == RefusalReason::Strike);
    CHECK(reason_of(changed([](Row& r) { r.strike = "0"; })) == RefusalReason::Strike);
    CHECK(reason_of(changed([](Row& r) { r.strike = "x"; })) == RefusalReason::Unparsable);
    CHECK(reason_of(changed([](Row& r) { r.strike = "9000000"; })) == RefusalReason::Absurd);
    CHECK(reason_of(changed([](Row& r) { r.call_oi = "85,0"; })) == RefusalReason::ColumnCount);
}

TEST_CASE("each reason for refusing one side is named and leaves the other side standing") {
    const auto refused_call = [](auto change) {
        const auto row = changed(change);
        const auto out = import_rows({row});
        REQUIRE(out.report.rows_taken == 1);
        REQUIRE(out.report.quotes_refused == 1);
        REQUIRE(out.sink.quotes(0).size() == 1);
        REQUIRE(out.sink.quotes(0)[0].contract.kind() == ContractKind::Put);
        return reason_of(row);
    };
    CHECK(refused_call([](Row& r) { r.call_bid = "abc"; }) == RefusalReason::Unparsable);
    CHECK(refused_call([](Row& r) { r.call_bid = "101.45x"; }) == RefusalReason::Unparsable);
    CHECK(refused_call([](Row& r) { r.call_last = ""; }) == RefusalReason::Unparsable);
    CHECK(refused_call([](Row& r) { r.call_ask = "nan"; }) == RefusalReason::NotFinite);
    CHECK(refused_call([](Row& r) { r.call_oi = "inf"; }) == RefusalReason::NotFinite);
    CHECK(refused_call([](Row& r) { r.call_volume = "-1"; }) == RefusalReason::Negative);
    CHECK(refused_call([](Row& r) { r.call_bid_size = "-75"; }) == RefusalReason::Negative);
    CHECK(refused_call([](Row& r) { r.call_ask = "20000000"; }) == RefusalReason::Absurd);
    CHECK(refused_call([](Row& r) { r.call_ask = "1e999"; }) == RefusalReason::Absurd);
    CHECK(refused_call([](Row& r) { r.call_volume = "1e15"; }) == RefusalReason::Absurd);
    CHECK(refused_call([](Row& r) { r.call_bid = "101.65"; }) == RefusalReason::Crossed);
    CHECK(refused_call([](Row& r) { r.call_bid = "101.6"; }) == RefusalReason::Crossed);

    const auto out = import_rows({changed([](Row& r) { r.put_ask = "24600"; })});
    CHECK(out.report.refusals.count(RefusalReason::Absurd) == 1);  // a put above its strike
    CHECK(out.sink.quotes(0).size() == 1);
}

TEST_CASE("a contract of an unknown lot is refused, never guessed") {
    const auto out = import_rows({changed([](Row& r) { r.symbol = "BANKNIFTY"; })});
    CHECK(out.report.refusals.count(RefusalReason::LotUnknown) == 2);
    CHECK(out.report.rows_refused == 1);
    CHECK(out.sink.messages.empty());
}

TEST_CASE("rows collected before the row above them are refused; another day is another session") {
    const auto out = import_rows({
        Row{},
        changed([](Row& r) { r.collected = "20250829_092415"; }),
        changed([](Row& r) {
            r.fetched = "01-Sep-2025 09:30:00";
            r.collected = "20250901_093015";
        }),
        changed([](Row& r) { r.collected = "20250829_092500"; }),
    });
    CHECK(out.refused(RefusalReason::TimeBackwards) == 2);
    REQUIRE(out.sink.sessions.size() == 2);
    CHECK(out.session(0).snapshots == 1);
    CHECK(out.session(1).date == sauda::base::date_of(2025, 9, 1));
    CHECK(out.sink.messages[1].seq == 1);  // of a stream of its own
}

TEST_CASE("each underlying of a file is a session and a stream of its own") {
    auto rules = small_rules();
    rules.lots.push_back(
        {sauda::domain::Underlying::BANKNIFTY, sauda::base::date_of(2025, 1, 1), units(35)});
    rules.ticks.push_back({sauda::domain::Underlying::BANKNIFTY, ContractKind::Call,
                           sauda::base::date_of(2010, 1, 1), Price::from_paise(5)});
    const auto bank = changed([](Row& r) { r.symbol = "BANKNIFTY"; });
    const auto out = import_known({kHeader, Row{}.text(), bank.text()}, rules);
    REQUIRE(out.sink.sessions.size() == 2);
    REQUIRE(out.sink.messages.size() == 2);
    CHECK(out.sink.messages[0].stream != out.sink.messages[1].stream);
    CHECK(out.sink.messages[1].seq == 1);
    CHECK(out.report.quotes == 4);

    const auto only = import_known({kHeader, Row{}.text(), bank.text()}, rules,
                                   {.only = sauda::domain::Underlying::BANKNIFTY});
    REQUIRE(only.sink.sessions.size() == 1);
    CHECK(only.left_out(RefusalReason::NotAsked) == 1);
}

TEST_CASE("refusals are counted in full and shown by the first three lines") {
    std::vector<Row> rows(5, changed([](Row& r) { r.call_bid = "abc"; }));
    const auto out = import_rows(rows);
    const auto& entry = out.report.refusals.entries().at(RefusalReason::Unparsable);
    CHECK(entry.count == 5);
    REQUIRE(entry.examples.size() == 3);
    CHECK(entry.examples[2].line == 4);
    CHECK(entry.examples[0].detail == "CALLS_Bid_Price is 'abc', not a number");
}

TEST_CASE("the cadence is the median, rounded to the second, and gaps are over three of them") {
    std::vector<Timestamp> stamps;
    for (const int64_t ms : {0, 5'020, 10'010, 15'000, 40'000, 45'010, 60'020}) {
        stamps.push_back({ms * 1'000'000});
    }
    const auto cadence = cadence_of(stamps);
    CHECK(cadence.median == sauda::base::milliseconds(5'020));
    CHECK(cadence.declared == sauda::base::seconds(5));
    CHECK(cadence.stale_limit == sauda::base::seconds(15));
    CHECK(cadence.longest == sauda::base::seconds(25));
    REQUIRE(cadence.gaps.size() == 2);
    CHECK(cadence.gaps[0].from == stamps[3]);
    CHECK(cadence.gaps[0].to == stamps[4]);
    CHECK(cadence_of(stamps, sauda::base::seconds(9)).gaps.empty());
    CHECK(cadence_of({stamps[0]}).median.ns == 0);
    CHECK(cadence_of({}).gaps.empty());
    std::vector<Timestamp> hundred;
    for (int64_t i = 0, t = 0; i <= 100; t += ++i) {
        hundred.push_back({t});
    }
    CHECK(cadence_of(hundred).p95.ns == 95);
}
