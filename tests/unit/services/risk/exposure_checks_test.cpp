#include "tests/unit/services/risk/risk_bench.h"

using namespace sauda::risk;
using namespace sauda::risk::test;

namespace {

const Money kStraddle = straddle_margin();

RiskConfig with(void (*change)(AccountLimits&)) {
    auto config = default_config();
    for (auto& account : config.accounts) {
        change(account.limits);
    }
    return config;
}

}  // namespace

TEST_CASE("the standard account may sell a straddle, at about 2.2 lakh of margin") {
    RiskBench bench;
    const auto decision = bench.ask(bench.straddle());
    REQUIRE(decision.verdict == Verdict::Approved);
    CHECK(decision.margin_reserved == kStraddle);
    CHECK(kStraddle > money(215'000));
    CHECK(kStraddle < money(230'000));
    CHECK(decision.risk_reserved == money(10'000));
    const auto cap = check_of(decision, ReasonCode::PositionCap);
    CHECK(cap.value == kStraddle.raw());
    CHECK(cap.limit == money(350'000).raw());
    CHECK_FALSE(cap.estimated);
    CHECK(check_of(decision, ReasonCode::MarginTotal).limit == money(700'000).raw());
    CHECK(check_of(decision, ReasonCode::CapitalAvailable).limit == money(1'000'000).raw());
}

TEST_CASE("the small account may neither sell a straddle nor buy at the money") {
    RiskBench bench;
    auto decision = bench.ask(bench.straddle(1, "small"));
    require_denied(decision, ReasonCode::PositionCap, kStraddle.raw(), money(3'400).raw());
    CHECK(number_of(decision.reason, "used") == kStraddle.raw());
    CHECK(number_of(decision.reason, "limit") == money(3'400).raw());
    CHECK(number_of(decision.reason, "capital") == money(17'000).raw());
    auto asked = bench.intent({bench.leg(call(24'500), Side::Buy, 75, rupees(118.70))}, "small");
    asked.exits.stop_loss = money(340);
    require_denied(bench.ask(asked), ReasonCode::PositionCap, (rupees(118.70) * units(75)).raw(),
                   money(3'400).raw());
    REQUIRE(bench.ask(bench.long_call(1, "small")).verdict == Verdict::Approved);
}

TEST_CASE("what is too large is reduced to the whole lots that fit") {
    RiskBench bench;
    const auto decision = bench.ask(bench.straddle(3));  // 6.6 lakh against 3.5
    REQUIRE(decision.verdict == Verdict::Reduced);
    CHECK(decision.reason.code == ReasonCode::PositionCap);
    CHECK(number_of(decision.reason, "used") == straddle_margin(3).raw());
    CHECK(number_of(decision.reason, "asked") == 225);
    CHECK(number_of(decision.reason, "approved") == 75);
    for (const auto& leg : decision.intent.legs) {
        CHECK(leg.quantity == units(75));
    }
    CHECK(decision.intent.exits.stop_loss == money(10'000));
    CHECK(decision.intent.exits.target == money(5'000));
    CHECK(decision.margin_reserved == kStraddle);
    CHECK(decision.bounds[0].quantity_max == units(75));
    // What stood against the whole comes first, what was approved passes all.
    CHECK_FALSE(decision.checks.front().passed);
    CHECK(decision.checks.back().passed);
}

TEST_CASE("legs are reduced in proportion") {
    RiskBench bench(with([](AccountLimits& limits) { limits.lots_max = 5; }));
    auto asked = bench.intent({bench.leg(call(25'000), Side::Buy, 75 * 2, rupees(20.10)),
                               bench.leg(put(24'000), Side::Buy, 75 * 4, rupees(18.10))});
    asked.legs[0].quantity = units(75 * 4);
    asked.legs[1].quantity = units(75 * 8);
    asked.exits.stop_loss = money(4'000);
    const auto decision = bench.ask(asked);
    REQUIRE(decision.verdict == Verdict::Reduced);
    CHECK(decision.reason.code == ReasonCode::LotsMaximum);
    // Four shares of (1, 2) were asked, two fit below five lots.
    CHECK(decision.intent.legs[0].quantity == units(75 * 2));
    CHECK(decision.intent.legs[1].quantity == units(75 * 4));
    CHECK(decision.intent.exits.stop_loss == money(2'000));
}

TEST_CASE("nothing is reduced when something else is wrong too") {
    RiskBench bench;
    bench.command(OperatorAct::Halt);
    const auto decision = bench.ask(bench.straddle(3));
    REQUIRE(decision.verdict == Verdict::Denied);
    REQUIRE(decision.reason.code == ReasonCode::TradingHalted);
    CHECK_FALSE(check_of(decision, ReasonCode::PositionCap).passed);  // all checks are made
}

TEST_CASE("a reduced trade that no longer pays its costs is denied") {
    auto config = default_config();
    config.accounts[1].limits.lots_max = 1;
    RiskBench bench(config);
    auto asked = bench.long_call(20);
    asked.exits.target = money(3'000);  // 150 a lot; the round trip of one costs about 59
    const auto decision = bench.ask(asked);
    REQUIRE(decision.verdict == Verdict::Denied);
    REQUIRE(decision.reason.code == ReasonCode::LotsMaximum);
}

TEST_CASE("lots of a leg are limited") {
    RiskBench bench;
    auto asked = bench.intent({bench.leg(call(25'000), Side::Buy, 150, rupees(20.10)),
                               bench.leg(put(24'000), Side::Buy, 75, rupees(18.10))},
                              "small");
    asked.exits.stop_loss = money(300);
    auto decision = bench.ask(asked);
    require_denied(decision, ReasonCode::LotsMaximum, 2, 1);  // no common share above one
    REQUIRE(bench.ask(bench.long_call(1, "small")).verdict == Verdict::Approved);
}

TEST_CASE("the value of an order is limited") {
    RiskBench bench(with([](AccountLimits& limits) { limits.order_value_max = money(8'000); }));
    require_denied(bench.ask(bench.straddle()), ReasonCode::OrderValueMaximum,
                   (rupees(118) * units(75)).raw(), money(8'000).raw());
    REQUIRE(bench.ask(bench.long_call()).verdict == Verdict::Approved);
}

TEST_CASE("a check of several legs tells the one that uses most of its limit") {
    RiskBench bench;
    for (const bool is_larger_first : {true, false}) {
        auto asked = bench.intent({bench.leg(call(25'000), Side::Buy, 75, rupees(20.10)),
                                   bench.leg(put(24'000), Side::Buy, 75, rupees(18.10))});
        if (!is_larger_first) {
            std::swap(asked.legs[0], asked.legs[1]);
        }
        const auto decision = bench.ask(asked);
        const auto check = std::find_if(
            decision.checks.begin(), decision.checks.end(),
            [](const auto& made) { return made.check == ReasonCode::OrderValueMaximum; });
        REQUIRE(check != decision.checks.end());
        CHECK(check->value == (rupees(20.10) * units(75)).raw());
    }
}

TEST_CASE("open groups are limited") {
    RiskBench bench(with([](AccountLimits& limits) { limits.positions_max = 1; }));
    const auto opened = bench.long_call();
    bench.open(opened);
    require_denied(bench.ask(bench.long_call()), ReasonCode::PositionsMaximum, 2, 1);
    bench.close(opened, rupees(20));
    REQUIRE(bench.ask(bench.long_call()).verdict == Verdict::Approved);
}

TEST_CASE("trades of a day are limited, and only what was entered is one") {
    RiskBench bench(with([](AccountLimits& limits) { limits.trades_per_day = 1; }));
    auto asked = bench.long_call();
    REQUIRE(bench.ask(asked).verdict == Verdict::Approved);
    bench.group(asked, GroupEventKind::Refused, GroupState::Abandoned);
    asked = bench.long_call();
    bench.open(asked);
    bench.close(asked, rupees(20));
    require_denied(bench.ask(bench.long_call()), ReasonCode::TradesPerDayMaximum, 2, 1);
    bench.end_day();
    bench.begin_day(kMonday);
    bench.at(10, 0);
    bench.quote_all();
    REQUIRE(bench.ask(bench.long_call()).verdict == Verdict::Approved);
}

TEST_CASE("the margin of everything is limited") {
    RiskBench bench;
    for (int i = 0; i < 3; ++i) {
        bench.open(bench.straddle());
        bench.later(seconds(2));
    }
    const auto decision = bench.ask(bench.straddle());
    const Money held = held_straddle_margin() * 3;
    require_denied(decision, ReasonCode::MarginTotal, (held + kStraddle).raw(),
                   money(700'000).raw());
    CHECK(number_of(decision.reason, "margin_used") == held.raw());
    CHECK_FALSE(check_of(decision, ReasonCode::MarginTotal).estimated);
}

TEST_CASE("margin is covered by equity") {
    RiskBench bench(with([](AccountLimits& limits) { limits.margin_cap = 2'000'000; }));
    bench.deposit("standard", money(-600'000));
    bench.open(bench.straddle());
    bench.later(seconds(2));
    const auto decision = bench.ask(bench.straddle());
    // Equity: 4 lakh less what closing the first would cost now.
    const Money paid =
        (rupees(118.70) - rupees(118)) * units(75) + (rupees(95.40) - rupees(95)) * units(75);
    const Money free = money(400'000) - paid - held_straddle_margin();
    require_denied(decision, ReasonCode::CapitalAvailable, kStraddle.raw(), free.raw());
}

TEST_CASE("the loss at the stop is limited") {
    RiskBench bench;
    auto asked = bench.straddle();
    asked.exits.stop_loss = money(20'000);
    REQUIRE(bench.ask(asked).verdict == Verdict::Approved);
    asked = bench.straddle();
    asked.exits.stop_loss = money(20'001);
    require_denied(bench.ask(asked), ReasonCode::TradeRiskMaximum, money(20'001).raw(),
                   money(20'000).raw());
}

TEST_CASE("bought options without a stop risk their premium") {
    RiskBench bench;
    auto asked = bench.long_call(1, "small");
    asked.exits.stop_loss = {};
    require_denied(bench.ask(asked), ReasonCode::TradeRiskMaximum,
                   (rupees(20.10) * units(75)).raw(), money(340).raw());
    asked = bench.long_call();
    asked.exits.stop_loss = {};
    const auto decision = bench.ask(asked);
    REQUIRE(decision.verdict == Verdict::Approved);
    CHECK(decision.risk_reserved == rupees(20.10) * units(75));
    CHECK(decision.intent.exits.stop_loss.is_zero());
}

TEST_CASE("a short without a stop gets the account's, and is told") {
    RiskBench bench;
    auto asked = bench.straddle();
    asked.exits.stop_loss = {};
    const auto decision = bench.ask(asked);
    REQUIRE(decision.verdict == Verdict::Approved);
    CHECK(decision.intent.exits.stop_loss == money(20'000));
    CHECK(decision.risk_reserved == money(20'000));
    CHECK(number_of(decision.reason, "default_stop") == money(20'000).raw());
    CHECK(check_of(decision, ReasonCode::TradeRiskMaximum).estimated);
}

TEST_CASE("the worst way in counts: a hedge not marked as one may come second") {
    RiskBench bench;
    const auto spread = [&](bool is_hedge) {
        auto asked = bench.intent({bench.leg(put(24'500), Side::Sell, 75, rupees(95.00)),
                                   bench.leg(put(24'000), Side::Buy, 75, rupees(18.10), is_hedge)});
        asked.exits.stop_loss = money(5'000);
        return bench.ask(asked).margin_reserved;
    };
    CHECK(spread(true) < spread(false));
}
