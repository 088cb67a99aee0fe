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
        : folder_(fs::temp_directory_path() / ("sauda-rules-" + std::to_string(::getpid()))) {
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
    CHECK(error_after("lots.csv", "NIFTI,2030-01-01,65,x") ==
          ", column underlying: \"NIFTI\" is not an underlying of underlyings.csv");
    CHECK(error_after("lots.csv", "NIFTY,2030-02-30,65,x") ==
          ", column expiry_from: \"2030-02-30\" is not a date such as 2025-08-29");
    CHECK(error_after("lots.csv", "NIFTY,2030-01-01,0,x") ==
          ", column lot: \"0\" is not a whole number from 1 to 1000000000");
    CHECK(error_after("lots.csv", "NIFTY,2030-01-01,65,") ==
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
    CHECK(error_after("margins.csv", "NSE,*,2030-01-01,9.3,8.5,17.7,270,4,25,0,2 %,2,1.75,yes,x") ==
          ", column exposure: \"2 %\" is not a percentage from 0 to 100 with at most 4 decimals");
    CHECK(error_after("protections.csv", "NSE,option,2030-01-01,-20,40,x") ==
          ", column absolute: \"-20\" is not an amount of rupees with at most 4 decimals");
    CHECK(error_after("freeze.csv", "NIFTY,2030-01-01,many,9,x") ==
          ", column freeze: \"many\" is not a whole number from 1 to 1000000000");
    CHECK(error_after("underlyings.csv", "4096,X,NSE,x") ==
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
    CHECK(error_after("lots.csv", "NIFTY,2025-01-02,80,x") ==
          ": a second row for the same key and date");
    CHECK(error_after("holidays.csv", "MCX BSE,2025-08-27,Again,x") ==
          ": a second row for the same key and date");
}

TEST_CASE("the list of underlyings must be the program's own") {
    CHECK(error_after("underlyings.csv", "11,GOLD,MCX,x") ==
          ": number 11 is unknown in this program, not GOLD");
    CHECK(error_after("underlyings.csv", "1,BANKNIFTY,NSE,x") ==
          ": number 1 is NIFTY in this program, not BANKNIFTY");
    const RulesCopy copy;
    copy.write("underlyings.csv", "number,name,exchange,source\n1,NIFTY,NSE,x\n");
    const auto rules = copy.load();
    REQUIRE_FALSE(rules);
    CHECK(rules.error().text == "underlyings.csv lists 1 underlyings; this program knows 10");
}
