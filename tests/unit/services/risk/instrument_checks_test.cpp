#include "tests/unit/services/risk/risk_bench.h"

using namespace sauda::risk;
using namespace sauda::risk::test;

TEST_CASE("the contract must have been seen") {
    RiskBench bench;
    auto asked = bench.straddle();
    asked.legs[1].contract = put(24'550);
    auto decision = bench.ask(asked);
    require_denied(decision, ReasonCode::ContractUnknown, 1, 0);
    CHECK(number_of(decision.reason, "contract") == static_cast<int64_t>(put(24'550).raw()));
}

TEST_CASE("an expired contract is refused, also to exits") {
    RiskBench bench;
    const auto opened = bench.straddle();
    bench.open(opened);
    bench.end_day();
    bench.begin_day(sauda::base::date_of(2025, 9, 3));
    bench.at(10, 0);
    bench.quote_all();
    const int64_t end = sauda::base::ist(kExpiry, minutes(15 * 60 + 30)).ns;
    const auto decision = bench.ask(bench.straddle());
    require_denied(decision, ReasonCode::ContractExpired, bench.now().ns, end);
    CHECK(number_of(decision.reason, "expiry") == kExpiry.days);
    require_denied(bench.ask(bench.reduce(opened)), ReasonCode::ContractExpired, bench.now().ns,
                   end);
}

TEST_CASE("an index cannot be traded") {
    RiskBench bench;
    const auto asked = bench.intent({bench.leg(spot(), Side::Buy, 1, rupees(24'500))});
    const auto decision = bench.ask(asked);
    REQUIRE(decision.verdict == Verdict::Denied);
    REQUIRE(decision.reason.code == ReasonCode::ContractNotTraded);
}

TEST_CASE("quantities are whole lots and prices whole ticks") {
    RiskBench bench;
    auto asked = bench.straddle();
    asked.legs[1].quantity = units(74);
    require_denied(bench.ask(asked), ReasonCode::LotMultiple, 74, 75);
    asked = bench.straddle();
    asked.legs[0].limit = rupees(118.02);
    require_denied(bench.ask(asked), ReasonCode::TickMultiple, rupees(118.02).raw(),
                   rupees(0.05).raw());
}

TEST_CASE("an exit with a wrong lot or tick is refused") {
    RiskBench bench;
    const auto opened = bench.straddle();
    bench.open(opened);
    auto leaving = bench.reduce(opened);
    leaving.legs[0].quantity = units(74);
    require_denied(bench.ask(leaving), ReasonCode::LotMultiple, 74, 75);
    leaving = bench.reduce(opened);
    leaving.legs[0].limit = rupees(118.02);
    require_denied(bench.ask(leaving), ReasonCode::TickMultiple, rupees(118.02).raw(),
                   rupees(0.05).raw());
}

TEST_CASE("the exchange's largest order is not exceeded") {
    auto config = default_config();
    for (auto& account : config.accounts) {
        account.limits.lots_max = 1'000;
        account.limits.order_value_max = money(10'000'000);
        account.limits.position_cap = 1'000'000;
        account.limits.trade_risk = 1'000'000;
    }
    RiskBench bench(config);
    auto asked = bench.long_call(120);  // 9,000 units
    CHECK(check_of(bench.ask(asked), ReasonCode::QuantityMaximum).passed);
    bench.later(seconds(2));
    asked = bench.long_call(121);
    const auto decision = bench.ask(asked);
    REQUIRE(decision.verdict == Verdict::Reduced);
    REQUIRE(decision.reason.code == ReasonCode::QuantityMaximum);
    CHECK(number_of(decision.reason, "limit") == 9'000);
    CHECK(decision.intent.legs[0].quantity == units(9'000));
}
