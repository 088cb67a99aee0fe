#include "common/market/masters/master_check.h"

#include "common/market/masters/master_cache.h"
#include "tests/unit/common/masters/small_files.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

using namespace sauda;
using namespace sauda::masters;
using base::units;
using sauda::test::contract;
using sauda::test::day;

namespace {

domain::MarketRules small_rules() {
    using domain::ContractKind;
    using domain::Underlying;
    domain::MarketRules rules;
    rules.sessions.push_back({domain::Exchange::NSE, day("2030-01-01"), base::minutes(555),
                              base::minutes(930), base::minutes(930), base::minutes(960)});
    rules.holidays.push_back({domain::Exchange::NSE, day("2031-05-27"), "Festival"});
    rules.lots.push_back({Underlying::NIFTY, day("2030-01-01"), units(75)});
    rules.freezes.push_back({Underlying::NIFTY, day("2030-01-01"), units(1800)});
    rules.ticks.push_back(
        {Underlying::NIFTY, ContractKind::Call, day("2030-01-01"), base::Price::from_paise(5)});
    rules.ticks.push_back(
        {Underlying::NIFTY, ContractKind::Future, day("2030-01-01"), base::Price::from_paise(10)});
    rules.expiries.push_back({domain::Exchange::NSE, Underlying::NIFTY, domain::ExpiryCycle::Weekly,
                              day("2030-01-01"), 2});
    return rules;
}

ListedContract listed(const char* id, int64_t lot) {
    return {contract(id), units(lot), std::nullopt, std::nullopt, "1", ""};
}

std::vector<CheckFinding> findings(std::vector<ListedContract> contracts) {
    return check_against_rules({Broker::AngelOne, day("2031-05-06"), "a", std::move(contracts), {}},
                               small_rules());
}

}  // namespace

TEST_CASE("a master that agrees with the dated rules gives no finding") {
    auto full = listed("NSE:NIFTY:2031-05-20:25000:CE", 75);
    full.tick = base::Price::from_paise(5);
    full.freeze = units(1801);  // the first quantity that is refused
    CHECK(findings({full, listed("NSE:NIFTY:SPOT", 1)}).empty());
}

TEST_CASE("lots, ticks and freezes that differ are told once for an expiry, with the count") {
    auto odd = listed("NSE:NIFTY:2031-05-20:25100:CE", 65);
    odd.tick = base::Price::from_paise(10);
    odd.freeze = units(1200);
    const auto list = findings({listed("NSE:NIFTY:2031-05-20:25000:CE", 65), odd});
    REQUIRE(list.size() == 3);
    CHECK(list[0].kind == CheckKind::LotDiffers);
    CHECK(list[0].contracts == 2);
    CHECK(list[0].text == "lot 65 in the master, 75 in the rules");
    CHECK(list[1].kind == CheckKind::TickDiffers);
    CHECK(list[1].text == "tick 0.10 in the master, 0.05 in the rules");
    CHECK(list[2].kind == CheckKind::FreezeDiffers);
}

TEST_CASE("an expiry on a holiday, one the rules do not plan, and an unknown underlying are told") {
    const auto list =
        findings({listed("NSE:NIFTY:2031-05-21:FUT", 75), listed("NSE:NIFTY:2031-05-27:FUT", 75),
                  listed("NSE:BANKNIFTY:2031-05-20:FUT", 30)});
    REQUIRE(list.size() == 3);
    CHECK(list[0].kind == CheckKind::NoRule);
    CHECK(list[0].underlying == domain::Underlying::BANKNIFTY);
    CHECK(list[1].kind == CheckKind::ExpiryOnHoliday);
    CHECK(list[1].text.find("Festival") != std::string::npos);
    CHECK(list[2].kind == CheckKind::ExpiryUnplanned);
    CHECK(list[2].text == "the rules plan the next expiry on 2031-05-26");
}

TEST_CASE("a saved master is read back equal") {
    const test::TestFolder folder("cache");
    auto loaded = read_angel(bytes_of(test::sample_angel()), {"a,b\n.json", day("2031-05-06"), ""});
    REQUIRE(loaded);
    loaded->master.source = "a.json";
    const auto path = save_master(loaded->master, folder.path() + "/deep/er");
    REQUIRE(path);
    const auto read = read_saved_master(*path);
    REQUIRE(read);
    CHECK(*read == loaded->master);
    const auto list = saved_masters(folder.path() + "/deep/er");
    REQUIRE(list.size() == 1);
    CHECK(list[0].broker == Broker::AngelOne);
    CHECK(list[0].as_of == day("2031-05-06"));
    CHECK(saved_masters(folder.path() + "/none").empty());
}

TEST_CASE("a saved master with any byte changed or missing is refused") {
    const test::TestFolder folder("cache_damage");
    const auto loaded = read_angel(bytes_of(test::sample_angel()), {"a", day("2031-05-06"), ""});
    REQUIRE(loaded);
    const auto path = save_master(loaded->master, folder.path());
    REQUIRE(path);
    std::ifstream in(*path, std::ios::binary);
    const std::string good((std::istreambuf_iterator<char>(in)), {});
    for (std::size_t i = 0; i < good.size(); ++i) {
        auto bad = good;
        bad[i] = static_cast<char>(bad[i] ^ 1);
        CHECK_FALSE(read_saved_master(folder.write("bad.csv", bad)));
        CHECK_FALSE(read_saved_master(folder.write("bad.csv", good.substr(0, i))));
    }
}

TEST_CASE("only the newest saved masters of each broker stay") {
    const test::TestFolder folder("cache_prune");
    for (const char* date : {"2031-05-01", "2031-05-02", "2031-05-05"}) {
        REQUIRE(save_master({Broker::AngelOne, day(date), "a", {}, {}}, folder.path()));
    }
    REQUIRE(save_master({Broker::Upstox, day("2031-01-01"), "u", {}, {}}, folder.path()));
    CHECK(prune_saved_masters(folder.path(), 2) == 1);
    const auto list = saved_masters(folder.path());
    REQUIRE(list.size() == 3);
    CHECK(list[0].as_of == day("2031-05-02"));
}
