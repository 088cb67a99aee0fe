#include "common/market/masters/formats.h"
#include "tests/unit/common/masters/small_files.h"

#include <catch2/catch.hpp>

using namespace sauda;
using namespace sauda::masters;
using sauda::test::contract;
using sauda::test::day;

namespace {

base::Expected<LoadedMaster> upstox(const std::string& text) {
    return read_upstox(bytes_of(text), {"upstox.csv", day("2031-05-06"), "told"});
}
base::Expected<LoadedMaster> udiff(const std::string& text, base::Date as_of = {}) {
    return read_udiff(bytes_of(text), {"fo.csv", as_of, "its rows"});
}
base::Expected<LoadedMaster> icici(const std::vector<test::ZipFile>& files) {
    std::vector<IciciPart> parts;
    for (const auto& [name, text] : files) {
        parts.push_back({name, bytes_of(text)});
    }
    return read_icici(std::move(parts), {"master.zip", day("2031-05-06"), "told"});
}

}  // namespace

TEST_CASE("Upstox's rows become contracts; NSE's own crude oil is not MCX's") {
    const auto loaded = upstox(test::sample_upstox());
    REQUIRE(loaded);
    CHECK(loaded->report.rows == 5);
    CHECK(loaded->report.understood == 3);
    CHECK(loaded->report.count(RowReason::OtherSegment) == 1);
    CHECK(loaded->report.count(RowReason::PhysicalDelivery) == 1);
    const auto* future = loaded->master.find(contract("NSE:NIFTY:2031-05-27:FUT"));
    REQUIRE(future != nullptr);
    CHECK(future->tick == base::Price::from_paise(10));
    CHECK(loaded->master.find(contract("NSE:BANKNIFTY:SPOT")) != nullptr);
    CHECK(loaded->master.find(contract("MCX:CRUDEOIL:2031-05-19:FUT")) == nullptr);
    REQUIRE(loaded->master.left_out.size() == 1);
    CHECK(loaded->master.left_out[0].name == "ACME? INC");
}

TEST_CASE("a broken line of a CSV is refused by its number") {
    auto text = test::sample_upstox();
    text += "\"NSE_FO|1\",\"1\"\n";
    text +=
        R"("NSE_FO|40008","40008","X","NIFTY","1","2031-05-20","25100.0","0.05","sixty","OPTIDX","CE","NSE_FO")"
        "\n";
    text += "\"open quote\n";
    const auto loaded = upstox(text);
    REQUIRE(loaded);
    CHECK(loaded->report.understood == 3);
    CHECK(loaded->report.count(RowReason::Unreadable) == 2);
    CHECK(loaded->report.count(RowReason::BadLot) == 1);
    REQUIRE(loaded->report.problems.size() == 3);
    CHECK(loaded->report.problems[0].place == "upstox.csv line 7");
    CHECK(loaded->report.problems[0].text.find("2 cells; expected 12") == 0);
    CHECK(loaded->report.problems[1].place == "upstox.csv line 8");
    CHECK(loaded->report.problems[1].text ==
          "\"sixty\" is not a lot, a whole number of units above 0");
    CHECK(loaded->report.problems[2].text.find("a quote is not closed") == 0);
}

TEST_CASE("a CSV that ends within a row is refused whole") {
    const auto text = test::sample_udiff();
    const auto cut = udiff(text.substr(0, text.size() - 20));
    REQUIRE_FALSE(cut);
    CHECK(cut.error().kind == base::ErrorKind::Corrupt);
    CHECK(cut.error().text.find("fo.csv line 4: the file is cut short there") == 0);
}

TEST_CASE("a CSV with other columns says which were expected") {
    const auto loaded = upstox("a,b,c\n1,2,3\n");
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().text.find("upstox.csv line 1: no column exchange_token; expected "
                                   "exchange_token, tradingsymbol") == 0);
    const auto empty = udiff("");
    REQUIRE_FALSE(empty);
    CHECK(empty.error().text.find("fo.csv is empty; expected") == 0);
}

TEST_CASE("a bhavcopy takes its date from its rows and knows neither tick nor freeze") {
    const auto loaded = udiff(test::sample_udiff());
    REQUIRE(loaded);
    CHECK(loaded->master.as_of == day("2031-05-06"));
    CHECK(loaded->master.broker == Broker::Exchange);
    CHECK(loaded->report.count(RowReason::PhysicalDelivery) == 1);
    const auto* call = loaded->master.find(contract("NSE:NIFTY:2031-05-20:25000:CE"));
    REQUIRE(call != nullptr);
    CHECK(call->lot == base::units(65));
    CHECK_FALSE(call->tick);
    CHECK_FALSE(call->freeze);
}

TEST_CASE("rows of two trading days in one bhavcopy are refused, and another day than told") {
    const auto row = [](const char* date, const char* token, const char* strike) {
        return test::udiff_row(date, "IDO", token, "NIFTY", "2031-05-20", strike, "CE", "65");
    };
    const auto text =
        test::udiff_text({row("2031-05-06", "1", "25000"), row("2031-05-07", "2", "26000")});
    const auto loaded = udiff(text);
    REQUIRE(loaded);
    CHECK(loaded->master.contracts.size() == 1);
    REQUIRE(loaded->report.problems.size() == 1);
    CHECK(loaded->report.problems[0].text == "2031-05-07 is another day than 2031-05-06");
    CHECK_FALSE(udiff(test::sample_udiff(), day("2031-05-05")));
}

TEST_CASE("a bhavcopy's expiry is the day it really expires") {
    auto row = test::udiff_row("2031-05-06", "IDF", "1", "NIFTY", "2031-05-27", "", "", "65");
    row.replace(row.find("2031-05-27,2031-05-27"), 21, "2031-05-27,2031-05-26");
    const auto loaded = udiff(test::udiff_text({row}));
    REQUIRE(loaded);
    CHECK(loaded->master.find(contract("NSE:NIFTY:2031-05-26:FUT")) != nullptr);
}

TEST_CASE("ICICI's parts become one master; commodities are named stocks there and are none") {
    const auto loaded = icici(test::sample_icici());
    REQUIRE(loaded);
    const auto& master = loaded->master;
    CHECK(loaded->report.rows == 7);
    CHECK(loaded->report.understood == 4);
    CHECK(loaded->report.count(RowReason::PhysicalDelivery) == 1);
    CHECK(loaded->report.count(RowReason::UnknownIndex) == 1);
    CHECK(loaded->report.count(RowReason::NotNumbered) == 1);
    REQUIRE(loaded->report.notes.size() == 1);
    CHECK(loaded->report.notes[0].find("NSEScripMaster.txt: not read") == 0);
    const auto* crude = master.find(contract("MCX:CRUDEOIL:2031-05-15:5500:CE"));
    REQUIRE(crude != nullptr);
    CHECK(crude->lot == base::units(100));
    CHECK(crude->tick == base::Price::from_paise(10));
    CHECK(master.find(contract("NSE:MIDCPNIFTY:2031-05-27:12000:PE")) != nullptr);
    CHECK(master.find(contract("BSE:SENSEX:2031-05-29:FUT")) != nullptr);
}

TEST_CASE("a broken row of an archive is told by the part it stands in") {
    auto files = test::sample_icici();
    files[2].second +=
        R"("70009","OPTSTK","CRUDE","OPTION","CRUDEOIL",10,0,"15-May-2031","PE",5500,"CRUDEOIL")"
        "\n";
    const auto loaded = icici(files);
    REQUIRE(loaded);
    REQUIRE(loaded->report.problems.size() == 1);
    CHECK(loaded->report.problems[0].place == "MCXScripMaster.txt line 4");
    CHECK(loaded->report.problems[0].field == "LotSize");
}
