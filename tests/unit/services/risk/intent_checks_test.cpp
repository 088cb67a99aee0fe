#include "tests/unit/services/risk/risk_bench.h"

using namespace sauda::risk;
using namespace sauda::risk::test;

TEST_CASE("a plain intent passes every check and each is recorded") {
    RiskBench bench;
    const Decision decision = bench.ask(bench.straddle());
    CAPTURE(static_cast<int>(decision.reason.code));
    REQUIRE(decision.verdict == Verdict::Approved);
    REQUIRE(decision.reason.code == ReasonCode::None);
    REQUIRE(decision.executor == "executor-1");
    REQUIRE(decision.id == 1);
    REQUIRE(decision.intent.group == decision.intent.id);
    REQUIRE(decision.bounds.size() == 2);
    // A sale: not below its limit, up to the collar around the bid of 118.50 (25 %, ours).
    CHECK(decision.bounds[0].price_low == rupees(118.00));
    CHECK(decision.bounds[0].price_high == rupees(148.10));
    CHECK(decision.bounds[0].quantity_max == units(75));
    std::size_t expected = 0;
    for (const auto& check : all_checks()) {
        if (check.applies == Applies::Reduce) {
            CHECK_FALSE(was_made(decision, check.code));
            continue;
        }
        CHECK(check_of(decision, check.code).passed);
        CHECK(decision.checks[expected++].check == check.code);
    }
    CHECK(decision.checks.size() == expected);
}

TEST_CASE("a malformed intent is invalid") {
    RiskBench bench;
    auto asked = bench.straddle();
    SECTION("without legs") { asked.legs.clear(); }
    SECTION("without a quantity") { asked.legs[0].quantity = {}; }
    SECTION("without a price") { asked.legs[1].limit = {}; }
    SECTION("without a side") { asked.legs[1].side = Side::Unspecified; }
    SECTION("with a group that is not its own") { asked.group = 77; }
    SECTION("without a purpose") { asked.purpose = Purpose::Unspecified; }
    SECTION("with a contract that is none") { asked.legs[0].contract = ContractId::from_raw(5); }
    SECTION("with a negative stop") { asked.exits.stop_loss = money(-1); }
    SECTION("with nine legs") { asked.legs.assign(9, asked.legs.front()); }
    const Decision decision = bench.ask(asked);
    REQUIRE(decision.verdict == Verdict::Denied);
    REQUIRE(decision.reason.code == ReasonCode::IntentInvalid);
}

TEST_CASE("nothing is approved before execution has named itself") {
    RiskBench bench(default_config(), false);
    bench.begin_day(kFriday);
    bench.deposit("standard", money(1'000'000));
    bench.at(10, 0);
    bench.quote_all();
    require_denied(bench.ask(bench.straddle()), ReasonCode::ExecutorUnknown, 0, 1);
    bench.executor("another");
    const Decision decision = bench.ask(bench.straddle());
    REQUIRE(decision.verdict == Verdict::Approved);
    REQUIRE(decision.executor == "another");
}

TEST_CASE("accounts and bots must be known") {
    auto config = default_config();
    config.bots = {"bot", "other"};
    RiskBench bench(config);
    auto asked = bench.straddle();
    REQUIRE(bench.ask(asked).verdict == Verdict::Approved);
    asked = bench.straddle(1, "nobody");
    auto decision = bench.ask(asked);
    require_denied(decision, ReasonCode::AccountUnknown, 0, 1);
    CHECK(number_of(decision.reason, "nobody") == 0);
    asked = bench.straddle();
    asked.bot = "stranger";
    decision = bench.ask(asked);
    require_denied(decision, ReasonCode::BotUnknown, 0, 1);
    CHECK(number_of(decision.reason, "stranger") == 0);
}

TEST_CASE("no bot may call itself flatten") {
    RiskBench bench;
    auto asked = bench.straddle();
    asked.bot = "flatten";
    require_denied(bench.ask(asked), ReasonCode::BotUnknown, 0, 1);
}

TEST_CASE("the id of a group is used once, also after it is closed") {
    RiskBench bench;
    const auto asked = bench.long_call();
    bench.open(asked);
    auto decision = bench.ask(asked);
    require_denied(decision, ReasonCode::DuplicateGroup, 1, 0);
    bench.close(asked, rupees(20));
    decision = bench.ask(asked);
    require_denied(decision, ReasonCode::DuplicateGroup, 1, 0);
    REQUIRE(bench.ask(bench.long_call()).verdict == Verdict::Approved);
}

TEST_CASE("a late intent is answered as expired") {
    RiskBench bench;
    auto asked = bench.straddle();
    asked.valid_until = bench.now();
    REQUIRE(bench.ask(asked).verdict == Verdict::Approved);
    asked = bench.straddle();
    asked.valid_until = bench.now() - sauda::base::milliseconds(1);
    require_denied(bench.ask(asked), ReasonCode::IntentExpired, bench.now().ns,
                   asked.valid_until.ns);
}
