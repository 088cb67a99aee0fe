#include "common/market/masters/master_book.h"

#include "common/market/masters/master_diff.h"
#include "tests/unit/common/masters/small_files.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace sauda;
using namespace sauda::masters;
using base::units;
using sauda::test::contract;
using sauda::test::day;

namespace {

const char* const kCall = "NSE:NIFTY:2031-05-20:25000:CE";
const char* const kPut = "NSE:NIFTY:2031-05-20:25000:PE";
const char* const kFuture = "NSE:NIFTY:2031-05-27:FUT";

ListedContract listed(const char* id, int64_t lot, const char* token, const char* symbol = "") {
    return {contract(id), units(lot), base::Price::from_paise(5), std::nullopt, token, symbol};
}

Master master(Broker broker, const char* date, std::vector<ListedContract> contracts) {
    std::sort(contracts.begin(), contracts.end(),
              [](const auto& a, const auto& b) { return a.contract < b.contract; });
    return {broker, day(date), std::string(to_text(broker)) + ".csv", std::move(contracts), {}};
}

}  // namespace

TEST_CASE("a book finds a contract in all masters, with each broker's token") {
    MasterBook book;
    book.add(master(Broker::Upstox, "2031-05-05", {listed(kCall, 65, "40001", "U")}));
    book.add(master(Broker::AngelOne, "2031-05-06",
                    {listed(kCall, 65, "40001", "A"), listed(kPut, 65, "40002", "B")}));
    const auto facts = book.find(contract(kCall), day("2031-05-06"));
    REQUIRE(facts);
    CHECK(facts->lot == units(65));
    CHECK(facts->lot_from == Broker::AngelOne);
    REQUIRE(facts->listings.size() == 2);
    CHECK(facts->listings[0].broker == Broker::AngelOne);
    CHECK(facts->listings[1].symbol == "U");
    CHECK_FALSE(book.find(contract(kFuture), day("2031-05-06")));
    CHECK(book.contracts(day("2031-05-06")).size() == 2);
    CHECK(book.by_symbol(Broker::AngelOne, "B", day("2031-05-06")) == contract(kPut));
    CHECK_FALSE(book.by_symbol(Broker::AngelOne, "U", day("2031-05-06")));
}

TEST_CASE("a token means what the master of the date says, since tokens are used again") {
    MasterBook book;
    book.add(master(Broker::AngelOne, "2031-05-05", {listed(kCall, 75, "40001")}));
    book.add(master(Broker::AngelOne, "2031-05-08", {listed(kPut, 65, "40001")}));
    const auto at = [&](const char* date) {
        return book.by_token(Broker::AngelOne, Segment::NseFo, "40001", day(date));
    };
    CHECK(at("2031-05-05") == contract(kCall));
    CHECK(at("2031-05-07") == contract(kCall));
    CHECK(at("2031-05-08") == contract(kPut));
    CHECK(at("2031-05-01") == contract(kCall));  // before all: the oldest
    CHECK_FALSE(book.by_token(Broker::AngelOne, Segment::BseFo, "40001", day("2031-05-08")));
    CHECK_FALSE(book.by_token(Broker::Upstox, Segment::NseFo, "40001", day("2031-05-08")));
    CHECK_FALSE(book.by_token(Broker::AngelOne, Segment::NseFo, "4000", day("2031-05-08")));
}

TEST_CASE("a second master of one broker and date replaces the first") {
    MasterBook book;
    book.add(master(Broker::AngelOne, "2031-05-05", {listed(kCall, 75, "1")}));
    book.add(master(Broker::AngelOne, "2031-05-05", {listed(kCall, 65, "1")}));
    CHECK(book.masters().size() == 1);
    CHECK(book.find(contract(kCall), day("2031-05-05"))->lot == units(65));
}

TEST_CASE("a symbol that a broker gives to a whole underlying names no contract") {
    MasterBook book;
    book.add(master(Broker::Icici, "2031-05-05",
                    {listed(kCall, 65, "1", "NIFTY"), listed(kPut, 65, "2", "NIFTY")}));
    CHECK_FALSE(book.by_symbol(Broker::Icici, "NIFTY", day("2031-05-05")));
}

TEST_CASE("masters that give one contract two lots or ticks are told") {
    MasterBook book;
    auto odd = listed(kCall, 75, "1");
    odd.tick = base::Price::from_paise(10);
    book.add(master(Broker::AngelOne, "2031-05-06", {listed(kCall, 65, "1")}));
    book.add(master(Broker::Upstox, "2031-05-05", {odd}));
    const auto list = book.disagreements(day("2031-05-06"));
    REQUIRE(list.size() == 2);
    CHECK(list[0].field == "lot");
    CHECK(list[0].text == "65 in angel of 2031-05-06, 75 in upstox of 2031-05-05");
    CHECK(list[1].field == "tick");
    CHECK(list[1].text == "0.0500 in angel of 2031-05-06, 0.1000 in upstox of 2031-05-05");
}

TEST_CASE("two files of one day join: the later one's segments replace the earlier one's") {
    const auto nse = master(Broker::Exchange, "2031-05-06", {listed(kCall, 65, "1")});
    auto bse =
        master(Broker::Exchange, "2031-05-06", {listed("BSE:SENSEX:2031-05-22:FUT", 20, "9")});
    bse.source = "bse.csv";
    const auto both = merged(nse, bse);
    CHECK(both.contracts.size() == 2);
    CHECK(both.source == "exchange.csv and bse.csv");
    CHECK(both.segments() == std::vector<Segment>{Segment::NseFo, Segment::BseFo});
    const auto again =
        merged(both, master(Broker::Exchange, "2031-05-06", {listed(kPut, 65, "2")}));
    CHECK(again.find(contract(kCall)) == nullptr);
    CHECK(again.contracts.size() == 2);
}

TEST_CASE("a changed lot or token of an open contract is an alert, an expiry is none") {
    const auto before = master(
        Broker::AngelOne, "2031-05-19",
        {listed(kCall, 75, "1"), listed(kPut, 75, "2"), listed(kFuture, 75, "3"),
         listed("NSE:NIFTY:2031-06-24:FUT", 75, "4"), listed("NSE:NIFTY:2031-07-29:FUT", 75, "5")});
    auto ticked = listed("NSE:NIFTY:2031-07-29:FUT", 75, "5");
    ticked.tick = base::Price::from_paise(10);
    const auto after =
        master(Broker::AngelOne, "2031-05-21",
               {listed(kFuture, 65, "3"), listed("NSE:NIFTY:2031-06-24:FUT", 75, "44"), ticked,
                listed("NSE:NIFTY:2031-08-26:FUT", 65, "6")});
    const auto changes = changes_between(before, after);
    REQUIRE(changes.size() == 6);
    CHECK(changes[0].kind == ChangeKind::LotChanged);
    CHECK(changes[0].contract == contract(kFuture));
    CHECK(changes[0].before == "75");
    CHECK(changes[0].after == "65");
    CHECK(changes[0].is_alert());
    CHECK(changes[1].kind == ChangeKind::TickChanged);
    CHECK(changes[1].after == "0.10");
    CHECK_FALSE(changes[1].is_alert());
    CHECK(changes[2].kind == ChangeKind::TokenChanged);
    CHECK(changes[2].is_alert());
    CHECK(changes[3].kind == ChangeKind::New);
    CHECK(changes[4].kind == ChangeKind::Expired);
    CHECK(changes[5].kind == ChangeKind::Expired);
    CHECK(changes_between(after, after).empty());
}

TEST_CASE("a contract that goes on under its token with another expiry was moved: an alert") {
    const auto before =
        master(Broker::Exchange, "2031-05-05", {listed(kCall, 75, "1"), listed(kPut, 75, "2")});
    const auto after = master(Broker::Exchange, "2031-05-06",
                              {listed("NSE:NIFTY:2031-05-19:25000:CE", 75, "1"),
                               listed("NSE:NIFTY:2031-05-19:25100:PE", 75, "2")});
    const auto changes = changes_between(before, after);
    REQUIRE(changes.size() == 3);
    CHECK(changes[0].kind == ChangeKind::ExpiryMoved);
    CHECK(changes[0].is_alert());
    CHECK(changes[0].before == "2031-05-20");
    CHECK(changes[0].after == "2031-05-19");
    CHECK(changes[1].kind == ChangeKind::New);
    CHECK(changes[2].kind == ChangeKind::Gone);
}

TEST_CASE("a master that lost a fifth of its open contracts looks cut short") {
    std::vector<ListedContract> all;
    for (int i = 0; i < 40; ++i) {
        const auto id = "NSE:NIFTY:2031-05-20:" + std::to_string(20000 + i * 50) + ":CE";
        all.push_back(listed(id.c_str(), 65, std::to_string(i).c_str()));
    }
    const auto before = master(Broker::AngelOne, "2031-05-05", all);
    const auto some = [&](std::size_t n, const char* date) {
        return master(Broker::AngelOne, date, {all.begin(), all.begin() + static_cast<long>(n)});
    };
    CHECK_FALSE(looks_cut_short(before, changes_between(before, some(33, "2031-05-06"))));
    CHECK(looks_cut_short(before, changes_between(before, some(31, "2031-05-06"))));
    CHECK_FALSE(looks_cut_short(before, changes_between(before, some(1, "2031-05-21"))));
}
