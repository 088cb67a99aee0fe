#include "common/market/masters/formats.h"
#include "tests/unit/common/masters/small_files.h"

#include <catch2/catch.hpp>

using namespace sauda;
using namespace sauda::masters;
using sauda::test::AngelRow;
using sauda::test::contract;
using sauda::test::day;

namespace {

base::Expected<LoadedMaster> read(const std::string& text) {
    return read_angel(bytes_of(text), {"angel.json", day("2031-05-06"), "told"});
}

LoadedMaster read_rows(const std::vector<AngelRow>& rows) {
    auto loaded = read(test::angel_text(rows));
    REQUIRE(loaded);
    return std::move(*loaded);
}

// The report of a sound row and one that was changed.
LoadReport with(void (*change)(AngelRow&)) {
    AngelRow bad;
    bad.token = "49999";
    bad.symbol = "NIFTY20MAY3126000CE";
    bad.strike = "2600000.000000";
    change(bad);
    const auto loaded = read_rows({AngelRow{}, bad});
    CHECK(loaded.master.contracts.size() == 1);
    CHECK(loaded.report.rows == 2);
    return loaded.report;
}

}  // namespace

TEST_CASE("Angel's rows become contracts by their meaning, strike and tick out of paise") {
    const auto loaded = read(test::sample_angel());
    REQUIRE(loaded);
    const auto& master = loaded->master;
    CHECK(loaded->report.rows == 7);
    CHECK(loaded->report.understood == 5);
    CHECK(loaded->report.broken() == 0);

    const auto* call = master.find(contract("NSE:NIFTY:2031-05-20:25000:CE"));
    REQUIRE(call != nullptr);
    CHECK(call->lot == base::units(65));
    CHECK(call->tick == base::Price::from_paise(5));
    CHECK_FALSE(call->freeze);
    CHECK(call->token == "40001");
    CHECK(call->symbol == "NIFTY20MAY3125000CE");
    CHECK(master.find(contract("NSE:NIFTY:2031-05-20:25000:PE")) != nullptr);

    const auto* future = master.find(contract("NSE:NIFTY:2031-05-27:FUT"));
    REQUIRE(future != nullptr);
    CHECK(future->tick == base::Price::from_paise(10));
    CHECK(future->freeze == base::units(1801));
    const auto* crude = master.find(contract("MCX:CRUDEOILM:2031-05-15:5550:CE"));
    REQUIRE(crude != nullptr);
    CHECK(crude->lot == base::units(10));

    const auto* index = master.find(contract("NSE:NIFTY:SPOT"));
    REQUIRE(index != nullptr);
    CHECK_FALSE(index->tick);
    CHECK_FALSE(index->freeze);
}

TEST_CASE("the symbol may be nonsense: meaning comes from the fields, the right from its end") {
    AngelRow row;
    row.symbol = "SENSEX99JAN0199999CE";
    CHECK(read_rows({row}).master.find(contract("NSE:NIFTY:2031-05-20:25000:CE")) != nullptr);
    row.symbol = "NIFTY20MAY3125000";
    CHECK_FALSE(read(test::angel_text({row})));
}

TEST_CASE("stock derivatives are left out by name, shares and other segments by count") {
    AngelRow stock;
    stock.name = "ACME";
    stock.type = "OPTSTK";
    AngelRow share;
    share.segment = "NSE";
    share.type = "";
    AngelRow currency;
    currency.segment = "CDS";
    currency.type = "OPTCUR";
    AngelRow test_row;
    test_row.name = "011NSETEST";
    test_row.type = "OPTSTK";
    const auto loaded = read_rows({AngelRow{}, stock, stock, share, currency, test_row});
    CHECK(loaded.report.count(RowReason::PhysicalDelivery) == 2);
    CHECK(loaded.report.count(RowReason::CashMarket) == 1);
    CHECK(loaded.report.count(RowReason::OtherSegment) == 1);
    CHECK(loaded.report.count(RowReason::TestRow) == 1);
    CHECK(loaded.report.broken() == 0);
    REQUIRE(loaded.master.left_out.size() == 1);
    CHECK(loaded.master.left_out[0] == LeftOutName{LeftOut::PhysicalDelivery, "ACME", 2});
    CHECK(explanation(RowReason::PhysicalDelivery).find("delivery of shares") !=
          std::string_view::npos);
}

TEST_CASE("an index without a number is told by name, also one of another exchange") {
    AngelRow unknown;
    unknown.name = "SENSEX50";
    unknown.segment = "BFO";
    AngelRow elsewhere;
    elsewhere.segment = "BFO";  // NIFTY is NSE's
    AngelRow commodity;
    commodity.name = "GOLD";
    commodity.segment = "MCX";
    commodity.type = "OPTFUT";
    const auto loaded = read_rows({AngelRow{}, unknown, elsewhere, commodity});
    CHECK(loaded.report.count(RowReason::UnknownIndex) == 2);
    CHECK(loaded.report.count(RowReason::NotNumbered) == 1);
    REQUIRE(loaded.master.left_out.size() == 3);
    CHECK(loaded.master.left_out[0].name == "NIFTY");
    CHECK(loaded.master.left_out[1].name == "SENSEX50");
    CHECK(loaded.master.left_out[2].name == "GOLD");
}

TEST_CASE("each broken field is refused with row, field and what was expected") {
    const auto check = [](void (*change)(AngelRow&), RowReason reason, const char* field,
                          const char* words) {
        const auto report = with(change);
        CHECK(report.count(reason) == 1);
        REQUIRE(report.problems.size() == 1);
        CHECK(report.problems[0].place == "angel.json row 2");
        CHECK(report.problems[0].field == field);
        CHECK(report.problems[0].text.find(words) != std::string::npos);
    };
    check([](AngelRow& r) { r.expiry = "31FEB2031"; }, RowReason::BadExpiry, "expiry",
          "\"31FEB2031\" is not a date such as 28OCT2025");
    check([](AngelRow& r) { r.expiry = ""; }, RowReason::BadExpiry, "expiry", "a date");
    check([](AngelRow& r) { r.expiry = "20MAY9031"; }, RowReason::BadExpiry, "expiry", "a date");
    check([](AngelRow& r) { r.strike = "-1.000000"; }, RowReason::BadStrike, "strike", "in paise");
    check([](AngelRow& r) { r.strike = "9900000000000.0"; }, RowReason::BadStrike, "strike",
          "26.8 lakh");
    check([](AngelRow& r) { r.lotsize = "0"; }, RowReason::BadLot, "lotsize", "above 0");
    check([](AngelRow& r) { r.lotsize = "6x"; }, RowReason::BadLot, "lotsize", "\"6x\"");
    check([](AngelRow& r) { r.tick = "0.000000"; }, RowReason::BadTick, "tick_size", "in paise");
    check([](AngelRow& r) { r.freeze = "-5"; }, RowReason::BadFreeze, "freeze_qty", "units");
    check([](AngelRow& r) { r.token = ""; }, RowReason::BadToken, "token", "a token");
    check([](AngelRow& r) { r.token = "4 0"; }, RowReason::BadToken, "token", "a token");
    check([](AngelRow& r) { r.symbol = "NIFTY20MAY3126000XX"; }, RowReason::BadKind, "symbol",
          "CE or PE");
    check([](AngelRow& r) { r.type = "OPTXYZ"; }, RowReason::BadKind, "instrumenttype", "OPTIDX");
    check([](AngelRow& r) { r.segment = "nse_cm"; }, RowReason::BadKind, "exch_seg", "nse_cm");
}

TEST_CASE("a field that is missing and a row that is no object are refused, the rest is read") {
    const auto loaded =
        read("[" + AngelRow{}.text() + R"(,{"token":"1","symbol":"x"},{"token":}])");
    REQUIRE(loaded);
    CHECK(loaded->report.understood == 1);
    CHECK(loaded->report.count(RowReason::MissingField) == 1);
    CHECK(loaded->report.count(RowReason::Unreadable) == 1);
    REQUIRE(loaded->report.problems.size() == 2);
    CHECK(loaded->report.problems[0].field == "name");
    CHECK(loaded->report.problems[1].place == "angel.json row 3");
}

TEST_CASE("only the first three of each broken kind are kept to be shown") {
    std::vector<AngelRow> rows(10);
    for (std::size_t i = 1; i < rows.size(); ++i) {
        rows[i].lotsize = "none";
    }
    const auto loaded = read_rows(rows);
    CHECK(loaded.report.count(RowReason::BadLot) == 9);
    CHECK(loaded.report.problems.size() == 3);
}

TEST_CASE("braces and quotes inside strings do not cut a row apart") {
    AngelRow row;
    row.name = "ACME {\\\"} ]";
    row.type = "OPTSTK";
    const auto loaded = read_rows({AngelRow{}, row});
    CHECK(loaded.report.rows == 2);
    CHECK(loaded.report.count(RowReason::PhysicalDelivery) == 1);
}

TEST_CASE("numbers and words that are no strings are read as well") {
    const auto loaded =
        read(R"([{"token":40001,"symbol":"NIFTY CE","name":"NIFTY","expiry":"20MAY2031",)"
             R"("strike":2500000.0,"lotsize":65,"instrumenttype":"OPTIDX","exch_seg":"NFO",)"
             R"("tick_size":5, "is_cas_enabled":false,"more":null}])");
    REQUIRE(loaded);
    CHECK(loaded->master.contracts.size() == 1);
    CHECK(loaded->master.contracts[0].lot == base::units(65));
}

TEST_CASE("a file that ends too early is refused whole, wherever it ends") {
    const auto text = test::sample_angel();
    for (std::size_t size = 0; size < text.size(); ++size) {
        const auto loaded = read(text.substr(0, size));
        REQUIRE_FALSE(loaded);
        CHECK((loaded.error().kind == base::ErrorKind::Corrupt ||
               loaded.error().kind == base::ErrorKind::Invalid));
    }
    const auto cut = read(text.substr(0, text.size() - 1));
    CHECK(cut.error().text ==
          "angel.json: it is cut short: it ends behind row 7; expected a closing ]. Get it again");
}

TEST_CASE("another JSON file says what was expected") {
    const auto object = read(R"({"records":[]})");
    REQUIRE_FALSE(object);
    CHECK(object.error().text.find("expected a JSON array of instruments") != std::string::npos);
    const auto other = read(R"([{"a":1},{"a":2}])");
    REQUIRE_FALSE(other);
    CHECK(other.error().text.find("is no Angel One scrip master: expected objects with token") !=
          std::string::npos);
    CHECK(other.error().text.find("angel.json row 1, token: the row has no such field") !=
          std::string::npos);
    const auto empty = read("[]");
    REQUIRE_FALSE(empty);
    CHECK(empty.error().text.find("it has no rows") != std::string::npos);
}

TEST_CASE("a contract that stands twice differently is left out, the same row twice is kept once") {
    AngelRow other_lot;
    other_lot.lotsize = "75";
    const auto lots = read_rows({AngelRow{}, other_lot});
    CHECK(lots.master.contracts.empty());
    CHECK(lots.report.count(RowReason::TwoLots) == 2);
    REQUIRE(lots.report.problems.size() == 1);
    CHECK(lots.report.problems[0].text ==
          "NSE:NIFTY:2031-05-20:25000:CE with lot 65 and token 40001; angel.json row 2: "
          "NSE:NIFTY:2031-05-20:25000:CE with lot 75 and token 40001");

    AngelRow other_token;
    other_token.token = "40777";
    const auto tokens = read_rows({AngelRow{}, other_token});
    CHECK(tokens.master.contracts.empty());
    CHECK(tokens.report.count(RowReason::TwoTokens) == 2);

    const auto same = read_rows({AngelRow{}, AngelRow{}});
    CHECK(same.master.contracts.size() == 1);
    CHECK(same.report.count(RowReason::Repeated) == 1);
}

TEST_CASE("one token for two contracts leaves both out, unless they stand in two segments") {
    AngelRow other;
    other.strike = "2600000.000000";
    const auto shared = read_rows({AngelRow{}, other});
    CHECK(shared.master.contracts.empty());
    CHECK(shared.report.count(RowReason::SharedToken) == 2);

    AngelRow crude{"40001",         "CRUDEOILM15MAY315550CE",
                   "CRUDEOILM",     "15MAY2031",
                   "555000.000000", "10",
                   "OPTFUT",        "MCX",
                   "5.000000",      ""};
    CHECK(read_rows({AngelRow{}, crude}).master.contracts.size() == 2);
}

TEST_CASE("what expired before the master's date is counted, not kept") {
    AngelRow old;
    old.expiry = "05MAY2031";
    old.token = "39000";
    AngelRow today;
    today.expiry = "06MAY2031";
    today.token = "39001";
    const auto loaded = read_rows({old, today});
    CHECK(loaded.report.count(RowReason::Expired) == 1);
    CHECK(loaded.master.contracts.size() == 1);
}
