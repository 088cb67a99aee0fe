#include "services/importer/shell/map_file.h"

#include "tests/unit/services/importer/importer_support.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>

using namespace importer_test;
using namespace sauda::importer;
using sauda::base::date_of;
using sauda::base::units;
using sauda::domain::ContractKind;

namespace {

std::string fault(const std::string& text) {
    const auto map = parse_map(text, "my.toml");
    return map ? "" : map.error().text;
}

ColumnMap map_of(const std::string& text) {
    const auto map = parse_map(text, "my.toml");
    INFO((map ? "" : map.error().text));
    REQUIRE(map);
    return *map;
}

Timestamp at(int year, int month, int day, int hour, int minute, int second = 0) {
    return sauda::base::ist(date_of(year, month, day),
                            sauda::base::seconds(hour * 3600 + minute * 60 + second));
}

const std::string kTicks = R"(
shape = "ticks"
underlying = "NIFTY"
[columns]
time = "ts"
last = "px"
[time]
zone = "UTC"
)";

std::string with(std::string text, const std::string& from, const std::string& to) {
    const auto at_from = text.find(from);
    REQUIRE(at_from != std::string::npos);
    return text.replace(at_from, from.size(), to);
}

}  // namespace

TEST_CASE("a map of ticks: UTC stamps become instants, each tick a quote") {
    const auto out = import_lines(
        map_of(kTicks),
        {"px,ts,note", "21500.05,2024-01-02 04:00:00.250,x", "21500.10,2024-01-02 04:00:00.250,x"},
        small_rules());
    REQUIRE(out.sink.messages.size() == 1);
    CHECK(out.sink.messages[0].meta.known_time.ns == at(2024, 1, 2, 9, 30).ns + 250'000'000);
    REQUIRE(out.sink.quotes(0).size() == 2);
    CHECK(out.sink.quotes(0)[1].last == Price::from_paise(2'150'010));
    CHECK(out.session().quality.duplicates == 0);  // ticks, not snapshots
}

TEST_CASE("a map of option bars: day first, lots, volume of the bar, stamped at their end") {
    const auto map = map_of(R"(
name = "vendor"
shape = "bars"
separator = ";"
[columns]
time = "Stamp"
symbol = "Root"
expiry = "Exp"
strike = "K"
type = "CP"
open = "O"
high = "H"
low = "L"
close = "C"
volume = "V"
open_interest = "OI"
[time]
form = "day-first"
expiry_form = "day-first"
zone = "Asia/Kolkata"
stamp = "bar-end"
[units]
volume = "lots"
volume_counts = "row"
open_interest = "units"
)");
    const auto out = import_lines(map,
                                  {"Stamp;Root;Exp;K;CP;O;H;L;C;V;OI",
                                   "02/09/2025 09:16;NIFTY;09/09/2025;24500;CALL;1;3;1;2.5;4;750",
                                   "02/09/2025 09:17;NIFTY;09/09/2025;24500;CALL;2;3;1;2.0;3;825",
                                   "09/02/2025 09:17;NIFTY;09/09/2025;24500;X;2;3;1;2.0;3;825"},
                                  small_rules());
    REQUIRE(out.sink.messages.size() == 2);
    CHECK(out.sink.messages[0].meta.known_time == at(2025, 9, 2, 9, 16));
    const auto& second = out.sink.quotes(1).at(0);
    CHECK(to_text(second.contract) == "NSE:NIFTY:2025-09-09:24500:CE");
    CHECK(second.last == Price::from_paise(200));
    CHECK(second.volume == units((4 + 3) * 75));
    CHECK(second.open_interest == units(825));
    CHECK(out.refused(RefusalReason::ContractType) == 1);
}

TEST_CASE("a map of a chain with both sides: columns by place, one expiry and time for all rows") {
    const auto map = map_of(R"(
shape = "chain"
skip_lines = 1
underlying = "NIFTY"
expiry = "2025-09-02"
[columns]
strike = "STRIKE"
call_open_interest = 2
call_last = 6
call_bid = 9
call_ask = 10
put_bid = 14
put_ask = 15
[time]
zone = "Asia/Kolkata"
date = "2025-08-29"
clock = "15:25:00"
[units]
open_interest = "lots"
)");
    const auto out = import_lines(
        map,
        {",OI,CHNG IN OI,VOLUME,IV,LTP,CHNG,BID QTY,BID,ASK,ASK QTY,STRIKE,BID QTY,BID,ASK",
         R"(,"1,001",-,-,-,-,-,65,"11,143.70","12,364.25",130,"12,000.00","18,395",0.15,0.30)"},
        small_rules());
    REQUIRE(out.sink.quotes(0).size() == 2);
    const auto& call = out.sink.quotes(0)[0];
    CHECK(call.bid == Price::from_paise(1'114'370));
    CHECK(call.last.is_zero());
    CHECK(call.open_interest == units(1'001 * 75));
    CHECK(call.flags == 0);
    CHECK(out.sink.quotes(0)[1].ask == Price::from_paise(30));
    CHECK(out.sink.messages[0].meta.known_time == at(2025, 8, 29, 15, 25));
    CHECK(out.session().has_depth);
}

TEST_CASE("what would change the meaning of a figure must be declared") {
    CHECK_THAT(fault(with(kTicks, "zone = \"UTC\"", "")),
               Catch::Contains("time.zone: must be declared") && Catch::Contains("Asia/Kolkata"));
    CHECK_THAT(fault(with(kTicks, "last = \"px\"", "last = \"px\"\nvolume = \"v\"")),
               Catch::Contains("units.volume: must be declared: one of \"units\", \"lots\""));
    CHECK_THAT(fault(with(kTicks, "[time]", "[units]\nvolume = \"lots\"\n[time]") + ""),
               Catch::Equals(""));
    CHECK_THAT(fault(with(with(kTicks, "ticks", "bars"), "last = ", "close = ")),
               Catch::Contains("time.stamp: must be declared") && Catch::Contains("bar-start"));
    CHECK(fault(with(kTicks, "zone = \"UTC\"", "form = \"epoch-seconds\"")).empty());
}

TEST_CASE("a fault of a map names file, line and key") {
    CHECK_THAT(fault("shape = \"chain"), Catch::Contains("my.toml:1"));
    CHECK_THAT(fault(with(kTicks, "ticks", "tick")),
               Catch::Contains("my.toml:2: shape: \"tick\" is none of \"chain\", \"bars\""));
    CHECK_THAT(fault(with(kTicks, "px", "px\"\nlots = \"1")),
               Catch::Contains("columns.lots: is nothing a column can hold"));
    CHECK_THAT(fault(kTicks + "zones = \"UTC\"\n"),
               Catch::Contains("time.zones: there is no such key"));
    CHECK_THAT(fault(with(kTicks, "NIFTY", "RELIANCE")), Catch::Contains("RELIANCE"));
    CHECK_THAT(fault(with(kTicks, "\"px\"", "true")), Catch::Contains("must be a text"));
    CHECK_THAT(fault(with(kTicks, "shape", "skip_lines = 200\nshape")),
               Catch::Contains("from 0 to 100"));
    CHECK_THAT(fault(with(kTicks, "last = \"px\"", "bid = \"px\"")),
               Catch::Contains("bid and ask come together"));
    CHECK_THAT(fault(with(kTicks, "last = \"px\"", "strike = \"px\"\nlast = \"x\"")),
               Catch::Contains("expiry"));
    CHECK_THAT(fault(with(kTicks, "time = \"ts\"", "")), Catch::Contains("the time of a row"));
    CHECK_THAT(fault("shape = \"ticks\"\n"), Catch::Contains("no [columns]"));
    CHECK_FALSE(load_map("/no/such.toml"));
}

TEST_CASE("without a header the columns are named by their place") {
    const auto text = with(with(kTicks, "\"ts\"", "1"), "\"px\"", "2");
    CHECK(map_of("header = false\n" + text).has_header == false);
    const auto out =
        import_lines(map_of("header = false\n" + text),
                     {"2024-01-02 04:00:00,21500.05", "2024-01-02 04:00:01"}, small_rules());
    CHECK(out.report.quotes == 1);
    CHECK(out.refused(RefusalReason::ColumnCount) == 1);
    const auto by_name = apply_map(map_of("header = false\n" + kTicks), "");
    REQUIRE_FALSE(by_name);
    CHECK_THAT(by_name.error().text, Catch::Contains("named by its place"));
}

TEST_CASE("the maps shown in the documentation are sound") {
    const char* source = std::getenv("SAUDA_SOURCE_DIR");
    REQUIRE(source != nullptr);
    std::ifstream file(std::string(source) + "/docs/how-to-import.md");
    std::stringstream page;
    page << file.rdbuf();
    const auto text = page.str();
    std::size_t maps = 0;
    for (auto at_block = text.find("```toml\n"); at_block != std::string::npos;
         at_block = text.find("```toml\n", at_block + 1)) {
        const auto begin = at_block + 8;
        const auto block = text.substr(begin, text.find("```", begin) - begin);
        INFO(block);
        CHECK(fault(block).empty());
        ++maps;
    }
    CHECK(maps >= 3);
}
