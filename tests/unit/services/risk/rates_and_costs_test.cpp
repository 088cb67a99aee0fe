#include "tests/unit/services/risk/risk_bench.h"

using namespace sauda::risk;
using namespace sauda::risk::test;

namespace {

RiskConfig roomy() {
    auto config = default_config();
    for (auto& account : config.accounts) {
        account.limits.positions_max = 10'000;
        account.limits.trades_per_day = 10'000;
        account.limits.margin_cap = 100'000'000;
        account.limits.lots_max = 1'000;
        account.limits.position_cap = 10'000'000;
        account.limits.trade_risk = 10'000'000;
        account.limits.order_value_max = money(100'000'000);
    }
    return config;
}

}  // namespace

TEST_CASE("entries leave three orders a second to exits") {
    RiskBench bench(roomy());
    const auto opened = bench.long_call();
    bench.open(opened);  // one order
    for (int i = 0; i < 5; ++i) {
        REQUIRE(bench.ask(bench.long_call()).verdict == Verdict::Approved);
    }
    require_denied(bench.ask(bench.long_call()), ReasonCode::RateSecond, 7, 6);
    CHECK(bench.ask(bench.reduce(opened)).verdict == Verdict::Approved);
    bench.later(sauda::base::milliseconds(999));
    CHECK(bench.ask(bench.long_call()).reason.code == ReasonCode::RateSecond);
    bench.later(sauda::base::milliseconds(1));
    CHECK(bench.ask(bench.long_call()).verdict == Verdict::Approved);
}

TEST_CASE("denied intents use up no orders") {
    RiskBench bench(roomy());
    for (int i = 0; i < 20; ++i) {
        auto asked = bench.long_call();
        asked.legs[0].quantity = units(74);
        REQUIRE(bench.ask(asked).reason.code == ReasonCode::LotMultiple);
    }
    CHECK(bench.ask(bench.long_call()).verdict == Verdict::Approved);
}

TEST_CASE("slices above the freeze quantity count, and a large group waits for an empty second") {
    RiskBench bench(roomy());
    const auto large = bench.long_call(100);  // 7,500 units in five slices of 1,800
    const auto decision = bench.ask(large);
    REQUIRE(decision.verdict == Verdict::Approved);
    CHECK(check_of(decision, ReasonCode::RateSecond).value == 5);
    require_denied(bench.ask(bench.long_call(100)), ReasonCode::RateSecond, 10, 6);
    auto largest = bench.intent({bench.leg(call(25'000), Side::Buy, 7'500, rupees(20.10)),
                                 bench.leg(put(24'000), Side::Buy, 7'500, rupees(18.10))});
    largest.exits.stop_loss = money(30'000);
    bench.later(seconds(1));
    CHECK(bench.ask(largest).verdict == Verdict::Approved);  // ten orders, paced by execution
}

TEST_CASE("entries leave a fifth of the minute and of the hour to exits") {
    auto config = roomy();
    config.rates.per_minute = 10;
    config.rates.per_hour = 20;
    RiskBench bench(config);
    const auto opened = bench.long_call();
    bench.open(opened);
    for (int i = 0; i < 7; ++i) {
        bench.later(seconds(2));
        REQUIRE(bench.ask(bench.long_call()).verdict == Verdict::Approved);
    }
    bench.later(seconds(2));
    require_denied(bench.ask(bench.long_call()), ReasonCode::RateMinute, 9, 8);
    for (int i = 0; i < 8; ++i) {
        bench.later(minutes(1));
        bench.quote_all();
        REQUIRE(bench.ask(bench.long_call()).verdict == Verdict::Approved);
    }
    bench.later(minutes(1));
    bench.quote_all();
    require_denied(bench.ask(bench.long_call()), ReasonCode::RateHour, 17, 16);
    CHECK(bench.ask(bench.reduce(opened)).verdict == Verdict::Approved);
    bench.at(11, 1, 0);
    bench.quote_all();
    CHECK(bench.ask(bench.long_call()).verdict == Verdict::Approved);
    CHECK(bench.account().rates.size() == 10);  // older ones are forgotten
    bench.harness().check_recovery();
}

TEST_CASE("a target under three round trips is not worth it") {
    RiskBench bench;
    const auto rates = *test_rules()->charge_rates(Exchange::NSE, ContractKind::Call, kFriday);
    const Money cost =
        round_trip(rates, rupees(20.10), units(75)).total() + rupees(0.10) * units(75);
    auto asked = bench.long_call();
    asked.exits.target = cost * 3;
    CHECK(bench.ask(asked).verdict == Verdict::Approved);
    asked = bench.long_call();
    asked.exits.target = cost * 3 - Money::from_raw(1);
    const auto decision = bench.ask(asked);
    require_denied(decision, ReasonCode::CostGate, (cost * 3).raw() - 1, (cost * 3).raw());
    CHECK(number_of(decision.reason, "round_trip") == cost.raw());
    CHECK(number_of(decision.reason, "multiple") == 3);
    asked = bench.long_call();
    asked.exits.target = {};
    const auto without = bench.ask(asked);
    CHECK(without.verdict == Verdict::Approved);
    CHECK_FALSE(was_made(without, ReasonCode::CostGate));
}
