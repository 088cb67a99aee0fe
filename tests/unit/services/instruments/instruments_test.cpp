#include "common/market/masters/master_cache.h"
#include "services/instruments/shell/changes.h"
#include "services/instruments/shell/find.h"
#include "services/instruments/shell/load.h"
#include "services/instruments/shell/store.h"
#include "tests/unit/common/masters/small_files.h"

#include <catch2/catch.hpp>

#include <cstdlib>

using namespace sauda;
using namespace sauda::instruments;
using sauda::test::AngelRow;
using sauda::test::day;

namespace {

std::string shipped_rules() {
    const char* directory = std::getenv("SAUDA_SOURCE_DIR");
    return std::string(directory != nullptr ? directory : ".") + "/deploy/market";
}

AngelRow row(const char* token, const char* expiry, const char* strike, const char* right,
             const char* lot = "65") {
    AngelRow one;
    one.token = token;
    one.expiry = expiry;
    one.strike = std::string(strike) + "00.000000";
    one.symbol = std::string("NIFTY") + expiry + strike + right;
    one.lotsize = lot;
    return one;
}

std::vector<AngelRow> two_weeks() {
    return {row("40001", "20OCT2026", "25000", "CE"), row("40002", "20OCT2026", "25000", "PE"),
            row("40003", "20OCT2026", "25100", "CE"), row("40004", "27OCT2026", "25000", "CE")};
}

class Desk {
 public:
    Answer load_rows(const char* file, const std::vector<AngelRow>& rows, const char* as_of) {
        return load(
            {{folder_.write(file, test::angel_text(rows))}, day(as_of), kept(), shipped_rules()});
    }
    Answer ask(const char* words, const char* today = "2026-10-15") {
        return find({words, day(today), 5, kept(), shipped_rules()});
    }
    [[nodiscard]] std::string kept() const { return folder_of(folder_.path()); }
    [[nodiscard]] const test::TestFolder& folder() const { return folder_; }

 private:
    test::TestFolder folder_{"instruments"};
};

bool holds(const Answer& answer, const std::string& text) {
    const auto all = answer.text + answer.error;
    const bool is_there = all.find(text) != std::string::npos;
    if (!is_there) {
        UNSCOPED_INFO("\"" << text << "\" is not in:\n" << all);
    }
    return is_there;
}

}  // namespace

TEST_CASE("load keeps a master and find prints one of its contracts whole") {
    Desk desk;
    const auto loaded = desk.load_rows("m.json", two_weeks(), "2026-10-15");
    CHECK(loaded.code == 0);
    CHECK(holds(loaded, "m.json: Angel One scrip master of Thu 15-Oct-2026 (date: as told)"));
    CHECK(holds(loaded, "4 rows: 4 contracts kept, 0 broken, 0 left out"));
    CHECK(holds(loaded, "kept in " + desk.kept() + "/angel-2026-10-15.csv"));

    const auto found = desk.ask("nifty 25000 ce");
    CHECK(found.code == 0);
    CHECK(holds(found,
                "NSE:NIFTY:2026-10-20:25000:CE   NIFTY 25,000 call, Tue 20-Oct-2026 (in 5 "
                "days)\n    lot 65 | tick 0.05 | freeze 1,800 (27 lots; dated rules)\n"
                "    angel 40001 NIFTY20OCT202625000CE\n"
                "NSE:NIFTY:2026-10-27:25000:CE"));
    CHECK(holds(found, "From angel of Thu 15-Oct-2026 (m.json)\n"));
}

TEST_CASE("find takes a token and a broker's symbol, and says when a name was misspelt") {
    Desk desk;
    desk.load_rows("m.json", two_weeks(), "2026-10-15");
    CHECK(holds(desk.ask("40003"), "NSE:NIFTY:2026-10-20:25100:CE"));
    CHECK(holds(desk.ask("nifty20oct202625100ce"), "NSE:NIFTY:2026-10-20:25100:CE"));
    CHECK(
        holds(desk.ask("nfity 25k put"), "\"nfity\" read as NIFTY\nNSE:NIFTY:2026-10-20:25000:PE"));
    CHECK(holds(desk.ask("nifty 25000 pe please"), "not understood, left aside: \"please\""));
}

TEST_CASE("where nothing matches find says what comes near") {
    Desk desk;
    desk.load_rows("m.json", two_weeks(), "2026-10-15");
    const auto strike = desk.ask("nifty 25040 ce");
    CHECK(strike.code == 1);
    CHECK(holds(strike, "No such strike of NIFTY. Near: 25,000, 25,100\n"));
    const auto expiry = desk.ask("nifty 25000 ce 22 oct");
    CHECK(expiry.code == 1);
    CHECK(holds(expiry, "Nothing of NIFTY expires then. Near: Tue 20-Oct-2026, Tue 27-Oct-2026\n"));
    CHECK(holds(expiry, "NSE:NIFTY:2026-10-20:25000:CE"));
    CHECK(holds(desk.ask("sensex fut"), "Nothing like it is listed of SENSEX."));
    CHECK(holds(desk.ask("xyzzy"), "\"xyzzy\" is no underlying of this system. There are NIFTY, "));
    CHECK(holds(desk.ask(""), "Ask for an underlying"));
}

TEST_CASE("options without a strike are told as chains") {
    Desk desk;
    desk.load_rows("m.json", two_weeks(), "2026-10-15");
    const auto chain = desk.ask("nifty options");
    CHECK(holds(chain,
                "NIFTY options, Tue 20-Oct-2026 (in 5 days): 2 strikes from 25,000 to "
                "25,100, lot 65\n"));
    CHECK(holds(chain, "NIFTY options, Tue 27-Oct-2026 (in 12 days): 1 strike from"));
}

TEST_CASE("a stock is refused with a sentence, an old master is told as old") {
    Desk desk;
    auto rows = two_weeks();
    AngelRow stock;
    stock.name = "ACMEIND";
    stock.type = "OPTSTK";
    rows.push_back(stock);
    const auto loaded = desk.load_rows("m.json", rows, "2026-10-15");
    CHECK(holds(loaded,
                "1 stock derivative, settled by delivery (ACMEIND 1). Stock options and "
                "futures end in the delivery of shares; Sauda does not trade them."));
    const auto answer = desk.ask("acmeind 100 ce");
    CHECK(answer.code == 1);
    CHECK(holds(answer, "ACMEIND is a stock: its options and futures end in the delivery"));
    CHECK(holds(desk.ask("nifty 25000 ce", "2026-10-27"), "12 days old, load a newer one"));
}

TEST_CASE("without a master find tells what the dated rules plan, and says so") {
    Desk desk;
    const auto answer = desk.ask("nifty 25000 ce");
    CHECK(answer.code == 0);
    CHECK(holds(answer, "NSE:NIFTY:2026-10-19:25000:CE"));  // Tuesday the 20th is a holiday
    CHECK(holds(answer, "(dated rules)"));
    CHECK(holds(answer, "No master is loaded: this is what the dated rules plan"));
}

TEST_CASE("a lot that changes from one master to the next is an alert, at load and in diff") {
    Desk desk;
    desk.load_rows("a.json", two_weeks(), "2026-10-14");
    auto rows = two_weeks();
    rows[0].lotsize = "75";
    rows.pop_back();
    const auto loaded = desk.load_rows("b.json", rows, "2026-10-15");
    CHECK(holds(loaded,
                "since angel of Wed 14-Oct-2026:\n  ALERT lot changed: "
                "NSE:NIFTY:2026-10-20:25000:CE (NIFTY 25,000 call, Tue 20-Oct-2026): 65 -> "
                "75\n    gone: 1 contract: NIFTY Tue 27-Oct-2026 1\n"));
    CHECK(holds(loaded,
                "ALERT lot differs: NIFTY options of Tue 20-Oct-2026, 1 contract: lot 75 in "
                "the master, 65 in the rules"));
    const auto compared = diff({"angel-2026-10-14", "angel-2026-10-15", {}, desk.kept()});
    CHECK(compared.code == 3);
    CHECK(holds(compared, "angel: from Wed 14-Oct-2026 to Thu 15-Oct-2026\n  ALERT lot changed"));
    CHECK(diff({"angel-2026-10-14", "angel-2026-10-14", {}, desk.kept()}).code == 0);
    const auto found = desk.ask("nifty 25000 ce");
    CHECK(holds(found, "ALERT the dated rules say lot 65"));
    const auto checked = check({desk.kept(), shipped_rules(), day("2026-10-15")});
    CHECK(checked.code == 3);
    CHECK(holds(checked, "ALERT lot differs: NIFTY options"));
    CHECK(holds(list(desk.kept()), "angel-2026-10-15  Thu 15-Oct-2026"));
}

TEST_CASE("a second file of the same day keeps the other segments") {
    Desk desk;
    desk.load_rows("a.json", two_weeks(), "2026-10-15");
    AngelRow crude{"70001",         "CRUDEOILM15OCT265550CE",
                   "CRUDEOILM",     "15OCT2026",
                   "555000.000000", "10",
                   "OPTFUT",        "MCX",
                   "5.000000",      ""};
    const auto loaded = desk.load_rows("b.json", {crude}, "2026-10-15");
    CHECK(holds(loaded, "it lists nothing of NSE F&O, which that one does and which stays"));
    CHECK(desk.ask("nifty 25000 ce").code == 0);
    CHECK(desk.ask("crude mini 5550 ce").code == 0);
}

TEST_CASE("a file that cannot be read keeps nothing and says why, the others are loaded") {
    Desk desk;
    const auto good = desk.folder().write("good.json", test::angel_text(two_weeks()));
    const auto cut = desk.folder().write("cut.json", test::angel_text(two_weeks()).substr(0, 300));
    const auto answer = load({{cut, good}, day("2026-10-15"), desk.kept(), shipped_rules()});
    CHECK(answer.code == 1);
    CHECK(holds(answer, "NOT LOADED cut.json: it is cut short"));
    CHECK(desk.ask("nifty 25000 ce").code == 0);
    const auto late = desk.load_rows("late.json", two_weeks(), "2027-01-01");
    CHECK(late.code == 1);
    CHECK(holds(late, "late.json: it holds no contract of ours on that date"));
}

TEST_CASE("a damaged saved master is told, and the others still answer") {
    Desk desk;
    desk.load_rows("a.json", two_weeks(), "2026-10-15");
    const test::TestFolder& folder = desk.folder();
    REQUIRE_FALSE(folder.write("instruments/upstox-2026-10-15.csv", "nonsense").empty());
    const auto answer = desk.ask("nifty 25000 ce");
    CHECK(answer.code == 0);
    CHECK(holds(answer, "upstox-2026-10-15.csv is damaged or of another version"));
    CHECK(check({desk.kept(), shipped_rules(), day("2026-10-15")}).code == 1);
}

TEST_CASE("figures read as an Indian trader writes them") {
    CHECK(grouped(1234567) == "12,34,567");
    CHECK(grouped(-100000) == "-1,00,000");
    CHECK(grouped(999) == "999");
    CHECK(price_text(base::Price::from_paise(2500050)) == "25,000.5");
    CHECK(price_text(base::Price::from_paise(5)) == "0.05");
    CHECK(date_text(day("2026-10-06")) == "Tue 06-Oct-2026");
    CHECK(days_until(day("2026-10-06"), day("2026-10-07")) == "expired 1 day ago");
    CHECK(human_name(test::contract("NSE:NIFTY:2026-10-27:FUT")) ==
          "NIFTY future, Tue 27-Oct-2026");
}
