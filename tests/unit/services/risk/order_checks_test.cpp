#include "tests/unit/services/risk/risk_bench.h"

using namespace sauda::risk;
using namespace sauda::risk::test;

namespace {

Intent of_bot(Intent intent, const std::string& bot) {
    intent.bot = bot;
    return intent;
}

Intent long_atm(RiskBench& bench) {
    auto asked = bench.intent({bench.leg(call(24'500), Side::Buy, 75, rupees(118.70))});
    asked.bot = "second";
    asked.exits.stop_loss = money(1'000);
    return asked;
}

}  // namespace

TEST_CASE("of two bots on opposite sides of a contract the later is denied") {
    RiskBench bench;
    const auto first = bench.straddle();
    REQUIRE(bench.ask(first).verdict == Verdict::Approved);
    const auto decision = bench.ask(long_atm(bench));
    require_denied(decision, ReasonCode::OppositeOrder, 1, 0);
    CHECK(number_of(decision.reason, "contract") == static_cast<int64_t>(call(24'500).raw()));
    SECTION("until the earlier gives up") {
        bench.group(first, GroupEventKind::Refused, GroupState::Abandoned);
        REQUIRE(bench.ask(long_atm(bench)).verdict == Verdict::Approved);
    }
    SECTION("not the same side") {
        REQUIRE(bench.ask(of_bot(bench.straddle(), "second")).reason.code !=
                ReasonCode::OppositeOrder);
    }
    SECTION("not the same bot") {
        REQUIRE(bench.ask(of_bot(long_atm(bench), "bot")).verdict == Verdict::Approved);
    }
    SECTION("not in another account") {
        auto config = default_config();
        auto twin = standard_account();
        twin.name = "twin";
        config.accounts.push_back(twin);
        RiskBench two(config);
        REQUIRE(two.ask(two.straddle()).verdict == Verdict::Approved);
        auto asked = long_atm(two);
        asked.account = "twin";
        REQUIRE(two.ask(asked).verdict == Verdict::Approved);
    }
}

TEST_CASE("a working exit of another bot is an opposite order too") {
    RiskBench bench;
    const auto opened = bench.straddle();
    bench.open(opened);
    const auto sell_more = [&] { return of_bot(bench.straddle(), "second"); };
    CHECK(check_of(bench.ask(sell_more()), ReasonCode::OppositeOrder).passed);
    bench.later(seconds(2));
    SECTION("placed by execution") {
        bench.order(opened, call(24'500), Side::Buy, 75, OrderEventKind::Placed,
                    OrderState::Pending, true);
        CHECK_FALSE(check_of(bench.ask(sell_more()), ReasonCode::OppositeOrder).passed);
        bench.order(opened, call(24'500), Side::Buy, 75, OrderEventKind::Fill, OrderState::Filled,
                    true);
        CHECK(check_of(bench.ask(sell_more()), ReasonCode::OppositeOrder).passed);
    }
    SECTION("just approved") {
        REQUIRE(bench.ask(bench.reduce(opened)).verdict == Verdict::Approved);
        CHECK_FALSE(check_of(bench.ask(sell_more()), ReasonCode::OppositeOrder).passed);
    }
}

TEST_CASE("an order of unknown state blocks its contract") {
    RiskBench bench;
    const auto entering = bench.long_call();
    REQUIRE(bench.ask(entering).verdict == Verdict::Approved);
    bench.order(entering, call(25'000), Side::Buy, 75, OrderEventKind::Placed, OrderState::Pending,
                false);
    REQUIRE(bench.ask(bench.long_call()).verdict == Verdict::Approved);
    bench.order(entering, call(25'000), Side::Buy, 75, OrderEventKind::TimedOut,
                OrderState::Unknown, false);
    require_denied(bench.ask(bench.long_call()), ReasonCode::ContractBlocked, 1, 0);
    CHECK(bench.ask(bench.straddle()).verdict == Verdict::Approved);  // another contract
    bench.later(seconds(2));
    bench.order(entering, call(25'000), Side::Buy, 75, OrderEventKind::NotFound,
                OrderState::Cancelled, false);
    REQUIRE(bench.ask(bench.long_call()).verdict == Verdict::Approved);
}

TEST_CASE("an exit is within what is open less working exits") {
    RiskBench bench;
    const auto opened = bench.straddle();
    bench.open(opened);
    SECTION("the whole position") {
        const auto decision = bench.ask(bench.reduce(opened));
        REQUIRE(decision.verdict == Verdict::Approved);
        CHECK(decision.margin_reserved.is_zero());
        CHECK(check_of(decision, ReasonCode::QuantityAboveOpen).limit == 75);
        // An exit must get out at any price.
        CHECK(decision.bounds[0].price_low == rupees(0.05));
        CHECK(decision.bounds[0].price_high == Price::from_rupees(10'000'000));
    }
    SECTION("not more than it") {
        auto leaving = bench.reduce(opened);
        leaving.legs[0].quantity = units(150);
        require_denied(bench.ask(leaving), ReasonCode::QuantityAboveOpen, 150, 75);
    }
    SECTION("not twice the same contract") {
        auto leaving = bench.reduce(opened);
        leaving.legs.push_back(leaving.legs.front());
        require_denied(bench.ask(leaving), ReasonCode::QuantityAboveOpen, 150, 75);
    }
    SECTION("not on the side that adds to it") {
        auto leaving = bench.reduce(opened);
        leaving.legs[0].side = Side::Sell;
        require_denied(bench.ask(leaving), ReasonCode::QuantityAboveOpen, 75, 0);
    }
    SECTION("not of another group") {
        auto leaving = bench.reduce(opened);
        leaving.group = 999;
        require_denied(bench.ask(leaving), ReasonCode::QuantityAboveOpen, 75, 0);
    }
    SECTION("less what execution is taking out") {
        bench.order(opened, call(24'500), Side::Buy, 75, OrderEventKind::Placed,
                    OrderState::Pending, true);
        require_denied(bench.ask(bench.reduce(opened)), ReasonCode::QuantityAboveOpen, 75, 0);
        bench.order(opened, call(24'500), Side::Buy, 75, OrderEventKind::Cancelled,
                    OrderState::Cancelled, true);
        REQUIRE(bench.ask(bench.reduce(opened)).verdict == Verdict::Approved);
    }
    SECTION("less what was just approved, until execution had its time") {
        REQUIRE(bench.ask(bench.reduce(opened)).verdict == Verdict::Approved);
        require_denied(bench.ask(bench.reduce(opened)), ReasonCode::QuantityAboveOpen, 75, 0);
        bench.later(kExitHandover);
        REQUIRE(bench.ask(bench.reduce(opened)).verdict == Verdict::Approved);
    }
}

TEST_CASE("an approved exit stops counting when execution starts it: its orders count") {
    RiskBench bench;
    const auto opened = bench.straddle();
    bench.open(opened);
    REQUIRE(bench.ask(bench.reduce(opened)).verdict == Verdict::Approved);
    bench.group(opened, GroupEventKind::ExitStarted, GroupState::Exiting);
    CHECK(check_of(bench.ask(bench.reduce(opened)), ReasonCode::QuantityAboveOpen).limit == 75);
}
