#include "common/market/search/search.h"

#include "tests/unit/common/masters/small_files.h"

#include <catch2/catch.hpp>

using namespace sauda;
using namespace sauda::search;
using sauda::test::contract;
using sauda::test::day;

namespace {

// NIFTY with two weeklies and two monthlies, BANKNIFTY monthly, MCX whose futures expire later than
// its options. Today is Wednesday 2031-05-07.
std::vector<domain::ContractId> listed() {
    std::vector<domain::ContractId> all{contract("NSE:NIFTY:SPOT"),
                                        contract("NSE:NIFTY:2031-05-27:FUT"),
                                        contract("NSE:NIFTY:2031-06-24:FUT"),
                                        contract("NSE:BANKNIFTY:2031-05-27:FUT"),
                                        contract("MCX:CRUDEOIL:2031-05-19:FUT"),
                                        contract("MCX:CRUDEOIL:2031-05-15:5500:CE")};
    for (const char* expiry :
         {"2031-05-06", "2031-05-13", "2031-05-20", "2031-05-27", "2031-06-24"}) {
        for (const char* strike : {"24900", "25000", "25100", "26000"}) {
            for (const char* right : {"CE", "PE"}) {
                all.push_back(contract(
                    (std::string("NSE:NIFTY:") + expiry + ":" + strike + ":" + right).c_str()));
            }
        }
    }
    all.push_back(contract("NSE:BANKNIFTY:2031-05-27:52000:PE"));
    all.push_back(contract("NSE:BANKNIFTY:2031-05-27:52000:CE"));
    return all;
}

SearchResult find(const char* text) {
    return search::search(parse_query(text), listed(), day("2031-05-07"));
}

std::string names(const std::vector<domain::ContractId>& contracts) {
    std::string text;
    for (const auto id : contracts) {
        text += (text.empty() ? "" : " ") + to_text(id);
    }
    return text;
}

}  // namespace

TEST_CASE("the nearest expiry comes first, expired ones not at all") {
    CHECK(names(find("nifty 25000 ce").matches) ==
          "NSE:NIFTY:2031-05-13:25000:CE NSE:NIFTY:2031-05-20:25000:CE "
          "NSE:NIFTY:2031-05-27:25000:CE NSE:NIFTY:2031-06-24:25000:CE");
    CHECK(names(find("bank nifty 52k").matches) ==
          "NSE:BANKNIFTY:2031-05-27:52000:CE NSE:BANKNIFTY:2031-05-27:52000:PE");
    CHECK(names(find("nifty fut").matches) == "NSE:NIFTY:2031-05-27:FUT NSE:NIFTY:2031-06-24:FUT");
    CHECK(names(find("nifty spot").matches) == "NSE:NIFTY:SPOT");
    CHECK(find("nifty").matches.front() == contract("NSE:NIFTY:SPOT"));
}

TEST_CASE("without an underlying every one is searched") {
    CHECK(names(find("52000 pe").matches) == "NSE:BANKNIFTY:2031-05-27:52000:PE");
    CHECK(find("fut").matches.size() == 4);
    CHECK(find("mcx fut").matches.size() == 1);
}

TEST_CASE("words for an expiry mean the listed ones, as seen from today") {
    const auto expiry = [](const char* text) {
        const auto result = find(text);
        return result.matches.empty() ? "" : domain::to_text(result.matches.front().expiry());
    };
    CHECK(expiry("nifty 25000 ce weekly") == "2031-05-13");
    CHECK(expiry("nifty 25000 ce this week") == "");  // its Tuesday is over
    CHECK(expiry("nifty 25000 ce next week") == "2031-05-13");
    CHECK(expiry("nifty 25000 ce next expiry") == "2031-05-20");
    CHECK(expiry("nifty 25000 ce monthly") == "2031-05-27");
    CHECK(expiry("nifty 25000 ce this month") == "2031-05-13");
    CHECK(expiry("nifty 25000 ce next month") == "2031-06-24");
    CHECK(expiry("nifty 25000 ce june") == "2031-06-24");
    CHECK(expiry("nifty 25000 ce 20th") == "2031-05-20");
    CHECK(expiry("nifty 25000 ce tuesday") == "2031-05-13");
    CHECK(expiry("crude fut") == "2031-05-19");
    CHECK(expiry("crude 5500 ce weekly") == "2031-05-15");
}

TEST_CASE("the reading that exists wins") {
    CHECK(names(find("NIFTY27MAY3125000CE").matches) == "NSE:NIFTY:2031-05-27:25000:CE");
    // NSE's monthly symbol of 2031: not the 31st of May, nor any week of it.
    CHECK(names(find("NIFTY31MAY25000CE").matches) == "NSE:NIFTY:2031-05-27:25000:CE");
    CHECK(names(find("NIFTY31MAYFUT").matches) == "NSE:NIFTY:2031-05-27:FUT");
    CHECK(names(find("NIFTY3152025000CE").matches) == "NSE:NIFTY:2031-05-20:25000:CE");
    CHECK(names(find("nifty jun 24 26 pe").matches) == "NSE:NIFTY:2031-06-24:26000:PE");
    CHECK(names(find("NSE:NIFTY:2031-05-20:24900:PE").matches) == "NSE:NIFTY:2031-05-20:24900:PE");
}

TEST_CASE("an expired contract is found by its whole date") {
    CHECK(names(find("nifty 6 may 2031 25000 ce").matches) == "NSE:NIFTY:2031-05-06:25000:CE");
    CHECK(find("nifty 6 may 25000 ce").outcome == Outcome::NoSuchExpiry);
}

TEST_CASE("a strike that is not listed names its neighbours") {
    const auto result = find("nifty 25040 ce 20 may");
    CHECK(result.outcome == Outcome::NoSuchStrike);
    REQUIRE(result.near_strikes.size() == 4);
    CHECK(result.near_strikes.front() == base::Price::from_rupees(24900));
    CHECK(result.near.front() == contract("NSE:NIFTY:2031-05-20:25000:CE"));
    const auto beyond = find("nifty 99000 ce 20 may");
    REQUIRE(beyond.near_strikes.size() == 2);
    CHECK(beyond.near_strikes.back() == base::Price::from_rupees(26000));
}

TEST_CASE("an expiry that is not listed names the nearest ones") {
    const auto result = find("bank nifty 52000 pe 30 may");
    CHECK(result.outcome == Outcome::NoSuchExpiry);
    REQUIRE(result.near_expiries.size() == 1);
    CHECK(result.near_expiries.front() == day("2031-05-27"));
    CHECK(names(result.near) == "NSE:BANKNIFTY:2031-05-27:52000:PE");
    const auto nifty = find("nifty 25000 ce 19 may");
    REQUIRE(!nifty.near.empty());
    CHECK(nifty.near.front() == contract("NSE:NIFTY:2031-05-20:25000:CE"));
}

TEST_CASE("unknown names, empty questions and underlyings nobody lists are told apart") {
    CHECK(find("reliance 25000 ce").outcome == Outcome::UnknownName);
    CHECK(find("").outcome == Outcome::NothingAsked);
    CHECK(find("the of at").outcome == Outcome::NothingAsked);
    CHECK(find("sensex fut").outcome == Outcome::NotListed);
    CHECK(find("nifty 25000 ce please").outcome == Outcome::Found);
    CHECK(search::search(parse_query("nifty"), {}, day("2031-05-07")).outcome ==
          Outcome::NotListed);
}
