#include "common/market/load_rules.h"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

using sauda::market::load_rules;
namespace fs = std::filesystem;

namespace {

fs::path shipped() { return fs::path(std::getenv("SAUDA_SOURCE_DIR")) / "deploy" / "market"; }

// A private copy of the shipped rules, removed at the end.
class RulesCopy {
 public:
    RulesCopy()
        : folder_(fs::temp_directory_path() /
                  ("sauda-rules-" + std::to_string(::getpid()) + "-" + std::to_string(++made_))) {
        fs::remove_all(folder_);
        fs::copy(shipped(), folder_);
    }
    ~RulesCopy() { fs::remove_all(folder_); }
    RulesCopy(const RulesCopy&) = delete;
    RulesCopy& operator=(const RulesCopy&) = delete;

    void append(const std::string& file, const std::string& line) const {
        std::ofstream(folder_ / file, std::ios::app) << line << "\n";
    }
    void write(const std::string& file, const std::string& text) const {
        std::ofstream(folder_ / file) << text;
    }
    void remove(const std::string& file) const { fs::remove(folder_ / file); }
    [[nodiscard]] auto load() const { return load_rules(folder_.string()); }

 private:
    static inline int made_ = 0;
    fs::path folder_;
};

// The error after `line` is added to `file`, without the line's number.
std::string error_after(const std::string& file, const std::string& line) {
    const RulesCopy copy;
    copy.append(file, line);
    const auto rules = copy.load();
    if (rules) {
        return "no error";
    }
    CHECK(rules.error().kind == sauda::base::ErrorKind::Invalid);
    std::string text = rules.error().text;
    const auto number = text.find_first_of("0123456789");
    const auto end = text.find_first_not_of("0123456789", number);
    CHECK(text.substr(0, number) == file + " line ");
    CHECK(std::stoi(text.substr(number, end - number)) > 2);
    return text.substr(end);
}

std::string error_of(const RulesCopy& copy) {
    const auto rules = copy.load();
    return rules ? "no error" : rules.error().text;
}

}  // namespace

TEST_CASE("the shipped rules load and their hash changes with any byte") {
    const auto first = load_rules(shipped().string());
    REQUIRE(first);
    CHECK(first->hash.size() == 16);
    CHECK(load_rules(shipped().string())->hash == first->hash);
    const RulesCopy copy;
    copy.append("ticks.csv", "# a remark");
    const auto second = copy.load();
    REQUIRE(second);
    CHECK(second->hash != first->hash);
}

TEST_CASE("a missing file is not found and named") {
    const RulesCopy copy;
    copy.remove("lots.csv");
    const auto rules = copy.load();
    REQUIRE_FALSE(rules);
    CHECK(rules.error().kind == sauda::base::ErrorKind::NotFound);
    CHECK(rules.error().text.find("lots.csv") != std::string::npos);
}

TEST_CASE("an empty file is invalid") {
    const RulesCopy copy;
    copy.write("lots.csv", "");
    const auto rules = copy.load();
    REQUIRE_FALSE(rules);
    CHECK(rules.error().text == "lots.csv: no line names the columns");
}

TEST_CASE("every kind of bad cell is told by file, line and column") {
    CHECK(error_after("lots.csv", "NIFTI,2030-01-01,-,65,x") ==
          ", column underlying: \"NIFTI\" is not an underlying of underlyings.csv");
    CHECK(error_after("lots.csv", "NIFTY,2030-02-30,-,65,x") ==
          ", column expiry_from: \"2030-02-30\" is not a date such as 2025-08-29");
    CHECK(error_after("lots.csv", "NIFTY,2030-01-01,-,0,x") ==
          ", column lot: \"0\" is not a whole number from 1 to 1000000000");
    CHECK(error_after("lots.csv", "NIFTY,2030-01-01,-,65,") ==
          ", column source: \"\" is not a text; it must not be empty");
    CHECK(error_after("holidays.csv", "NSE NYSE,2030-01-01,Day,x") ==
          ", column exchanges: \"NSE NYSE\" is not a list of exchanges (NSE, BSE, MCX) with "
          "single spaces");
    CHECK(error_after("holidays.csv", ",2030-01-01,Day,x") ==
          ", column exchanges: \"\" is not a list of exchanges (NSE, BSE, MCX) with single "
          "spaces");
    CHECK(error_after("holidays.csv", "NSE,2030-01-01,,x") ==
          ", column name: \"\" is not a text; it must not be empty");
    CHECK(error_after("special_sessions.csv", "NSE,2030-01-01,9:15,15:30,x,x") ==
          ", column open: \"9:15\" is not a time of day such as 15:30");
    CHECK(error_after("special_sessions.csv", "NSE,2030-01-01,09:15,24:00,x,x") ==
          ", column close: \"24:00\" is not a time of day such as 15:30");
    CHECK(error_after("phases.csv", "NSE,bonds,2030-01-01,post_close,16:00,16:30,x") ==
          ", column segment: \"bonds\" is not one of cash, future, option");
    CHECK(error_after("special_sessions.csv", "NSE,2030-01-01,?,15:30,x,x") ==
          ", column close: \"15:30\" is not one of ?");
    CHECK(error_after("settlements.csv", "NSE,option,final,2030-01-01,dice,-,-,x") ==
          ", column method: \"dice\" is not one of index_average, index_auction, "
          "contract_average, into_future, reference");
    CHECK(error_after("broker_cutoffs.csv", "x,NSE,delivery,2030-01-01,at,15:15,0,x") ==
          ", column product: \"delivery\" is not one of intraday, carryforward");
    CHECK(error_after("margins.csv",
                      "NSE,GOLD,2030-01-01,9.3,8.5,9.3,270,4,25,0,2,2,1.75,yes,0,6,x") ==
          ", column underlying: \"GOLD\" is not an underlying of underlyings.csv, nor *");
    CHECK(error_after("margins.csv", "NSE,*,2030-01-01,9.3,-1,9.3,270,4,25,0,2,2,1.75,yes,0,6,x") ==
          ", column price_scan_sigmas: \"-1\" is not a number from 0 to 100 with at most 6 "
          "decimals");
    CHECK(error_after("ticks.csv", "NIFTY,swap,2030-01-01,0.05,x") ==
          ", column kind: \"swap\" is not one of spot, future, option");
    CHECK(error_after("ticks.csv", "NIFTY,option,2030-01-01,0.00001,x") ==
          ", column tick: \"0.00001\" is not an amount of rupees with at most 4 decimals");
    CHECK(error_after("expiries.csv", "NSE,NIFTY,weekly,2030-01-01,Sunday,x") ==
          ", column weekday: \"Sunday\" is not one of none, Monday, Tuesday, Wednesday, "
          "Thursday, Friday");
    CHECK(error_after("expiries.csv", "LSE,NIFTY,weekly,2030-01-01,Monday,x") ==
          ", column exchange: \"LSE\" is not an exchange (NSE, BSE or MCX)");
    CHECK(error_after("charges.csv", "NSE,option,2030-01-01,20,101,0,0,0,0,18,x") ==
          ", column stt_sell: \"101\" is not a percentage from 0 to 100 with at most 7 decimals");
    CHECK(error_after("margins.csv",
                      "NSE,*,2030-01-01,9.3,8.5,17.7,270,4,25,0,2 %,2,1.75,yes,0,6,x") ==
          ", column exposure: \"2 %\" is not a percentage from 0 to 100 with at most 4 decimals");
    CHECK(error_after("protections.csv", "NSE,option,2030-01-01,-20,40,x") ==
          ", column absolute: \"-20\" is not an amount of rupees with at most 4 decimals");
    CHECK(error_after("freeze.csv", "NIFTY,2030-01-01,many,9,x") ==
          ", column freeze: \"many\" is not a whole number from 1 to 1000000000");
    CHECK(error_after("underlyings.csv", "4096,X,NSE,cash,x") ==
          ", column number: \"4096\" is not a whole number from 1 to 4095");
    CHECK(error_after("sessions.csv", "NSE,2030-01-01,09:15,15:30,x") ==
          ": 5 cells; expected 7 (exchanges,from,open,close,spot_close,day_end,source)");
}

TEST_CASE("rows that contradict themselves or another row are refused") {
    CHECK(error_after("sessions.csv", "NSE,2030-01-01,15:30,09:15,15:30,16:15,x") ==
          ": the times must rise: open < spot_close <= close <= day_end");
    CHECK(error_after("special_sessions.csv", "NSE,2030-01-01,18:15,18:15,x,x") ==
          ": the session closes before it opens");
    CHECK(error_after("freeze.csv", "NIFTY,2030-01-01,1800,900,x") ==
          ": order_max is smaller than freeze");
    CHECK(error_after("ticks.csv", "NIFTY,option,2030-01-01,0,x") ==
          ": the tick must be above zero");
    CHECK(error_after("lots.csv", "NIFTY,2025-01-02,2024-11-20,80,x") ==
          ", column traded_from: a second row for NIFTY and 2025-01-02 traded from 2024-11-20; the "
          "first is "
          "line 8");
    CHECK(error_after("holidays.csv", "BSE,2025-08-27,Again,x") ==
          ", column date: a second row for BSE and 2025-08-27; the first is line 73");
    CHECK(error_after("expiries.csv", "NSE,SENSEX,weekly,2030-01-01,Monday,x") ==
          ": SENSEX is not listed on NSE");
    CHECK(error_after("phases.csv", "MCX,option,2030-01-01,post_close,09:00,09:00,x") ==
          ": the phase ends before it starts");
    CHECK(error_after("settlements.csv", "MCX,option,final,2030-01-01,reference,10:00,09:00,x") ==
          ": the window ends before it starts");
    CHECK(error_after("margins.csv", "NSE,*,2030-01-01,9.3,8.5,9,270,4,25,0,2,2,1.75,yes,0,6,x") ==
          ": price_scan must be above zero and price_scan_far not below it");
}

TEST_CASE("rows out of the order of their dates are refused") {
    CHECK(error_after("lots.csv", "NIFTY,2025-03-06,-,80,x") ==
          ", column expiry_from: 2025-03-06 of NIFTY comes after 2026-03-30 traded from 2025-12-31 "
          "in line "
          "15; rows of one key stand in the order of their dates");
    CHECK(error_after("holidays.csv", "MCX,2025-08-27,Late,x") ==
          ", column date: 2025-08-27 of MCX comes after 2026-12-25 in line 94; rows of one key "
          "stand in the order of their dates");
}

TEST_CASE("phases of one market must not overlap each other, nor continuous trading") {
    const RulesCopy copy;
    copy.append("phases.csv", "MCX,option,2030-01-01,pre_open_entry,08:30,08:50,x");
    CHECK(copy.load());
    copy.append("phases.csv", "MCX,option,2030-01-01,pre_open_matching,08:49,08:55,x");
    CHECK(error_of(copy).find(": the phase overlaps another of the same market and date") !=
          std::string::npos);

    const RulesCopy other;
    other.append("phases.csv", "MCX,future,2030-01-01,pre_open_entry,08:50,09:05,x");
    CHECK(error_of(other) ==
          "phases.csv: the phase from 08:50 to 09:05 of MCX and 2030-01-01 overlaps continuous "
          "trading from 09:00 to 23:55 on 2030-01-01 (sessions.csv)");

    // A phase that fitted when it came, and hours that changed under it.
    const RulesCopy later;
    later.append("sessions.csv", "NSE,2030-01-01,09:15,15:45,15:15,16:15,x");
    CHECK(error_of(later) ==
          "phases.csv: the phase from 15:40 to 16:15 of NSE and 2026-08-03 overlaps continuous "
          "trading from 09:15 to 15:45 on 2030-01-01 (sessions.csv)");
}

TEST_CASE("files that contradict each other are refused") {
    const RulesCopy copy;
    copy.write("special_sessions.csv",
               "exchanges,date,open,close,name,source\nMCX,2019-01-01,09:00,17:00,x,x\n");
    CHECK(error_of(copy) ==
          "special_sessions.csv: 2019-01-01 of MCX is before the exchange's "
          "first row in sessions.csv");
    const RulesCopy bare;
    bare.write("freeze.csv", "underlying,from,freeze,order_max,source\nNIFTY,2021-01-01,1,1,x\n");
    CHECK(error_of(bare) ==
          "freeze.csv: no row for BANKNIFTY of NSE, which has options by "
          "underlyings.csv");
}

TEST_CASE("a special session whose hours are not known keeps the day closed and says so") {
    const auto rules = load_rules(shipped().string());
    REQUIRE(rules);
    const auto day = rules->day(sauda::domain::Exchange::NSE, sauda::base::date_of(2026, 11, 8));
    CHECK_FALSE(day.is_open);
    CHECK(day.holiday == "Muhurat (hours not known)");
}

TEST_CASE("the list of underlyings must be the program's own") {
    CHECK(error_after("underlyings.csv", "11,GOLD,MCX,future,x") ==
          ": number 11 is unknown in this program, not GOLD");
    CHECK(error_after("underlyings.csv", "1,BANKNIFTY,NSE,cash,x") ==
          ": number 1 is NIFTY in this program, not BANKNIFTY");
    const RulesCopy copy;
    copy.write("underlyings.csv",
               "number,name,exchange,option_settlement,source\n1,NIFTY,NSE,cash,x\n");
    const auto rules = copy.load();
    REQUIRE_FALSE(rules);
    CHECK(rules.error().text == "underlyings.csv lists 1 underlyings; this program knows 10");
}
