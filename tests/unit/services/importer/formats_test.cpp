#include "services/importer/core/formats.h"

#include "tests/unit/services/importer/importer_support.h"
#include "tests/unit/services/importer/sample_tables.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace importer_test;
using namespace sauda::importer;
using sauda::base::date_of;
using sauda::base::Quantity;
using sauda::base::units;
using sauda::domain::ContractKind;
using sauda::domain::Underlying;

namespace {

Imported imported(const SampleTable& table, ImportScope scope = {}) {
    return import_known(table.lines, small_rules(), scope, table.underlying);
}

Timestamp at(int year, int month, int day, int hour, int minute, int second = 0) {
    return sauda::base::ist(date_of(year, month, day),
                            sauda::base::seconds(hour * 3600 + minute * 60 + second));
}

// The quotes of all messages, in order.
std::vector<sauda::domain::Quote> quotes_of(const Imported& imported) {
    std::vector<sauda::domain::Quote> all;
    for (std::size_t i = 0; i < imported.sink.messages.size(); ++i) {
        const auto& quotes = imported.sink.quotes(i);
        all.insert(all.end(), quotes.begin(), quotes.end());
    }
    return all;
}

}  // namespace

TEST_CASE("every format is told by its first line, and gives the quotes it holds") {
    for (const auto& table : sample_tables()) {
        INFO(table.format);
        const auto format = detect_format(table.lines.front());
        REQUIRE(format);
        CHECK(format->map.name == table.format);
        CHECK(fault_of(format->map).empty());
        CHECK(format->layout.unread.empty());
        const auto out = imported(table);
        CHECK(out.report.rows_read == table.rows);
        CHECK(out.report.rows_refused == 0);
        CHECK(out.report.quotes == table.quotes);
    }
}

TEST_CASE("nothing is known before it happened, and a bar not before it is over") {
    for (const auto& table : sample_tables()) {
        INFO(table.format);
        for (const auto& message : imported(table).sink.messages) {
            const auto& batch = std::get<sauda::domain::QuoteBatch>(message.payload);
            for (const auto& quote : batch.quotes) {
                CHECK(quote.event_time <= message.meta.known_time);
                CHECK((quote.flags & sauda::domain::kQuoteNoDepth) != 0);
            }
        }
    }
    const auto known = [](const SampleTable& table) {
        return imported(table).sink.messages.front().meta.known_time;
    };
    CHECK(known(minute_chain_table()) == at(2026, 8, 19, 9, 32));  // when 09:31 is over
    CHECK(known(five_minute_table()) == at(2026, 1, 29, 9, 30, 11));
    CHECK(known(index_bars_table()) == at(2024, 1, 2, 9, 16));
    CHECK(known(daily_bars_table()) == at(2025, 8, 6, 15, 30));
    CHECK(known(second_values_table()) == at(2022, 9, 1, 10, 0, 2));
    CHECK(known(udiff_table()) == at(2025, 1, 8, 19, 0));
    CHECK(known(old_bhavcopy_table()) == at(2025, 1, 10, 19, 0));
    auto quarter = *detect_format(epoch_bars_table().lines.front());
    quarter.map.length = sauda::base::minutes(15);
    const auto bars = import_lines(quarter.map, epoch_bars_table().lines, small_rules(), {},
                                   Underlying::BANKNIFTY);
    CHECK(bars.sink.messages.at(0).meta.known_time == at(2018, 1, 2, 9, 30));
    CHECK(bars.sink.messages.at(1).meta.known_time == at(2018, 1, 2, 9, 45));
}

TEST_CASE("columns may stand in any order, and a quoted cell is one cell") {
    for (const auto& table : sample_tables()) {
        if (table.format == "second-values") {
            continue;  // has no header to tell
        }
        INFO(table.format);
        std::vector<std::string> turned;
        for (const auto& line : table.lines) {
            Cells cells;
            REQUIRE(cells.cut(line, ','));
            std::string other;
            for (std::size_t i = cells.size(); i-- > 0;) {
                other += (other.empty() && i + 1 == cells.size() ? "\"" : ",\"") +
                         std::string(cells[i]) + "\"";
            }
            turned.push_back(other);
        }
        const auto straight = quotes_of(imported(table));
        const auto out = import_known(turned, small_rules(), {}, table.underlying);
        CHECK(quotes_of(out) == straight);
    }
}

TEST_CASE(
    "the one-minute chain: spot first, lots to units, sentinels counted, volume never falls") {
    const auto out = imported(minute_chain_table());
    const auto& first = out.sink.quotes(0);
    REQUIRE(first.size() == 3);
    CHECK(to_text(first[0].contract) == "NSE:NIFTY:SPOT");
    CHECK(first[0].last == Price::from_paise(2'405'010));  // on the paisa
    CHECK(to_text(first[1].contract) == "NSE:NIFTY:2026-08-25:24000:CE");
    CHECK(first[1].last == Price::from_paise(15'050));
    CHECK(first[1].volume == units(12 * 65));
    CHECK(first[1].open_interest == units(40 * 65));
    const auto& second = out.sink.quotes(1);
    CHECK(second[1].volume == units(12 * 65));  // the file says 11
    const auto& quality = out.session().quality;
    CHECK(quality.volume_decreases == 1);
    CHECK(quality.sentinel_volatilities == 1);
    CHECK(quality.unchanged == 1);  // the put
    CHECK(out.session().has_depth == false);
}

TEST_CASE("the five-minute chain: nights, zero spots and prices of an earlier day are left out") {
    auto table = five_minute_table();
    auto night = table.lines.back();
    night.replace(night.find("09:35:02"), 8, "20:35:02");
    table.lines.push_back(night);
    const auto out = imported(table);
    CHECK(out.left_out(RefusalReason::OutOfHours) == 1);
    CHECK(out.session().quality.zero_spots == 1);
    CHECK(out.session().quality.old_prices == 1);  // the call of 25350 without volume
    CHECK(out.session().quality.priceless == 1);
    const auto& first = out.sink.quotes(0);
    REQUIRE(first.size() == 5);  // one spot, although two rows tell it
    CHECK(first[1].volume == units(650));
    CHECK(first[3].last.is_zero());
    CHECK(first[3].open_interest == units(1300));
    CHECK(out.sink.quotes(1).size() == 2);
    CHECK(imported(table, {.all_hours = true}).session().snapshots == 3);
}

TEST_CASE("bars are quotes of their close; what lies behind the session is left out") {
    auto table = index_bars_table();
    table.lines.push_back("NIFTY,20240102,15:30,21690.00,21692.00,21688.00,21690.55");
    table.lines.push_back("NIFTY,20240103,09:15,21700.00,21692.00,21688.00,21690.55");  // odd open
    table.lines.push_back("NIFTY,20240103,09:16,21690.00,21692.00,21688.00,21692.05");
    const auto out = imported(table);
    const auto quotes = quotes_of(out);
    REQUIRE(quotes.size() == 4);
    CHECK(quotes[0].last == Price::from_paise(2'171'005));
    CHECK(quotes[0].volume.is_zero());
    CHECK(out.sink.messages[2].meta.known_time == at(2024, 1, 2, 15, 30));  // the close itself
    CHECK(out.left_out(RefusalReason::OutOfHours) == 1);
    CHECK(out.session(1).quality.odd_opens == 1);
    CHECK(out.refused(RefusalReason::BarShape) == 1);
    REQUIRE(out.sink.sessions.size() == 2);
}

TEST_CASE("a day without a session is left out and named, unless it is asked for") {
    auto table = index_bars_table();
    for (auto& line : table.lines) {
        if (const auto at_date = line.find("20240102"); at_date != std::string::npos) {
            line.replace(at_date, 8, "20240106");  // a Saturday
        }
    }
    const auto out = imported(table);
    CHECK(out.left_out(RefusalReason::ClosedDay) == 3);
    CHECK(out.sink.messages.empty());
    CHECK(imported(table, {.all_hours = true}).report.quotes == 3);
}

TEST_CASE("the days asked for are taken, the others left out") {
    const auto out = imported(daily_bars_table(), {.from = date_of(2025, 8, 7)});
    CHECK(out.left_out(RefusalReason::NotAsked) == 1);
    REQUIRE(out.sink.sessions.size() == 1);
    CHECK(out.session().date == date_of(2025, 8, 7));
    CHECK(imported(daily_bars_table(), {.to = date_of(2025, 8, 6)}).report.quotes == 1);
}

TEST_CASE("a bhavcopy: futures and options of indices, volume by the file's own lot") {
    const auto out = imported(udiff_table());
    CHECK(out.left_out(RefusalReason::Foreign) == 1);
    const auto quotes = quotes_of(out);
    REQUIRE(quotes.size() == 4);
    CHECK(to_text(quotes[0].contract) == "NSE:NIFTY:SPOT");
    CHECK(quotes[0].last == Price::from_paise(2'368'895));
    CHECK(quotes[1].volume == units(1000 * 75));
    CHECK(quotes[1].open_interest == units(75'000));  // already units
    CHECK(quotes[2].last.is_zero());                  // the settlement is no trade
    CHECK(to_text(quotes[3].contract) == "NSE:NIFTY:2025-02-27:FUT");
    CHECK(quotes[3].volume == units(8'429 * 75));
    auto other = udiff_table();
    auto& row = other.lines[1];
    row.replace(row.find(",F1,75,"), 7, ",F1,25,");
    const auto told = imported(other);
    CHECK(told.session().quality.lot_differs >= 1);
    CHECK(quotes_of(told)[1].volume == units(1000 * 25));

    const auto old = quotes_of(imported(old_bhavcopy_table()));
    REQUIRE(old.size() == 2);
    CHECK(old[0].volume == units(1000 * 75));
    CHECK(old[1].last.is_zero());  // a close without a trade
}

TEST_CASE("duplicates: an equal row is left out, another figure is taken and counted") {
    auto table = minute_chain_table();
    table.lines.push_back(table.lines.back());
    auto other = table.lines.back();
    other.replace(other.find("101.25"), 6, "101.30");
    table.lines.push_back(other);
    const auto out = imported(table);
    CHECK(out.session().quality.duplicates == 2);
    CHECK(out.report.quotes == 7);
    CHECK(out.report.rows_taken == 6);
}

TEST_CASE("a snapshot that repeats the one before in every figure is stale") {
    auto table = minute_chain_table();
    table.lines.resize(3);
    for (const auto* minute : {"0932", "0933"}) {
        for (const std::size_t i : {std::size_t{1}, std::size_t{2}}) {
            auto line = table.lines[i];
            line.replace(8, 4, minute);
            table.lines.push_back(line);
        }
    }
    const auto out = imported(table);
    CHECK(out.session().snapshots == 3);
    CHECK(out.session().quality.stale_snapshots == 2);
    CHECK(out.session().quality.unchanged == 6);
}

TEST_CASE("a pair off parity is found among its neighbours") {
    const auto chain = [](double off) {
        auto table = minute_chain_table();
        table.lines.resize(1);
        for (int k = -3; k <= 3; ++k) {
            const double strike = 24'050 + 50 * k;
            const double call = std::max(0.0, -50.0 * k) + 120 + (k == 3 ? off : 0.0);
            const double put = std::max(0.0, 50.0 * k) + 120;
            for (const auto& [type, price] : {std::pair{"CE", call}, std::pair{"PE", put}}) {
                table.lines.push_back("202608190931,NIFTY50,25-Aug-2026," + std::to_string(strike) +
                                      "," + type + ",24050.0," + std::to_string(price) +
                                      ",,,,,12,40,0,12.5,0,0,0,0,0");
            }
        }
        return imported(table).session().quality;
    };
    CHECK(chain(0).parity_pairs == 7);
    CHECK(chain(0).parity_outliers == 0);
    CHECK(chain(55).parity_outliers == 0);  // 0.25 % of 24,050 is 60 points
    CHECK(chain(65).parity_outliers == 1);
    CHECK(chain(-65).parity_outliers == 1);
}

TEST_CASE("a file that is none of the formats is told what it lacks and what there is") {
    const auto text = [](std::string_view line) {
        const auto format = detect_format(line);
        REQUIRE_FALSE(format);
        return format.error().text;
    };
    const auto renamed = [](std::string line, const std::string& from, const std::string& to) {
        line.replace(line.find(from), from.size(), to);
        return line;
    };
    CHECK_THAT(text(renamed(kHeader, "PUTS_LTP", "PUTS_VI")),
               Catch::Contains("nearest is NSE full chain") &&
                   Catch::Contains("lacks the column 'PUTS_LTP'"));
    CHECK_THAT(text("a,b"), Catch::Contains("no format known here") &&
                                Catch::Contains("one-minute chain") && Catch::Contains("--map") &&
                                Catch::Contains("Its first line: a,b"));
    CHECK_THAT(text("Time,Open,High,Low,Close,Volume"),
               Catch::Contains("its column 'Volume' is none of this format's"));
    CHECK_THAT(text("Time,Open,High,Low,Close,close,Close"),
               Catch::Contains("'Close' more than once"));
    for (const auto& table : sample_tables()) {
        INFO(table.format);
        for (const auto& [separator, name] : {std::pair{';', "semicolons"}, {'\t', "tabs"}}) {
            auto line = table.lines.front();
            std::replace(line.begin(), line.end(), ',', separator);
            if (table.format == "second-values") {
                CHECK_FALSE(detect_format(line));
            } else {
                CHECK_THAT(text(line), Catch::Contains(name) && Catch::Contains("commas"));
            }
        }
    }
    CHECK_THAT(text("caf\xE9,\x01price"), Catch::Contains("caf?,?price"));
}

TEST_CASE("what is no text at all is named") {
    const auto fault = [](std::string_view line) { return text_fault(line); };
    CHECK_THAT(fault("\xFF\xFEt\0i\0"), Catch::Contains("UTF-16"));
    CHECK_THAT(fault("PK\x03\x04xyz"), Catch::Contains("zip archive"));
    CHECK_THAT(fault("\x89MCAP0\r"), Catch::Contains("recording already"));
    CHECK_THAT(fault(std::string_view("t\0i\0m\0", 6)), Catch::Contains("zero bytes"));
    std::string_view marked = "\xEF\xBB\xBFtime";
    CHECK(text_fault(marked).empty());
    CHECK(marked == "time");
}

TEST_CASE("the underlying a file's name speaks of") {
    CHECK(underlying_in_name("BANKNIFTY_2024-01_05.csv.zst") == Underlying::BANKNIFTY);
    CHECK(underlying_in_name("NIFTY_20250829_fullchain_65s.csv") == Underlying::NIFTY);
    CHECK(underlying_in_name("india_vix_daily.csv") == Underlying::INDIAVIX);
    CHECK(underlying_in_name("nifty bank 5min.csv") == Underlying::BANKNIFTY);
    CHECK(underlying_in_name("NIFTYNXT50.csv") == Underlying::NIFTYNXT50);
    CHECK(underlying_in_name("2022-09-01.csv.zst") == Underlying::Unspecified);
    CHECK(underlying_in_name("NIFTY_and_SENSEX.csv") == Underlying::Unspecified);
    CHECK(underlying_of("Nifty Fin Service") == Underlying::FINNIFTY);
    CHECK_FALSE(underlying_of("RELIANCE"));
}
