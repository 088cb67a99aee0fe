#include "tests/unit/services/risk/risk_bench.h"

using namespace sauda::risk;
using namespace sauda::risk::test;

TEST_CASE("halt and resume are deliberate acts and say by whom") {
    RiskBench bench;
    bench.command(OperatorAct::Halt, {}, "standard");
    auto states = bench.take<TradingStateEvent>();
    REQUIRE(states.size() == 1);
    CHECK(states[0].state == TradingState::Halted);
    CHECK(states[0].account == "standard");
    CHECK(states[0].by == "operator:asha");
    CHECK(states[0].reason.code == ReasonCode::OperatorAct);
    CHECK(bench.account("small").trading == TradingState::Active);
    bench.command(OperatorAct::Halt, {}, "standard");
    CHECK(bench.harness().take().empty());  // it is halted already
    bench.command(OperatorAct::Resume, {}, "standard");
    auto alerts = bench.take<Alert>();
    REQUIRE(alerts.size() == 1);  // without a note
    CHECK(alerts[0].reason.code == ReasonCode::OperatorAct);
    CHECK(number_of(alerts[0].reason, "note_missing") == static_cast<int64_t>(OperatorAct::Resume));
    CHECK(bench.account().trading == TradingState::Halted);
    bench.harness().restart();
    CHECK(bench.account().trading == TradingState::Halted);
    bench.command(OperatorAct::Resume, "spoke to the broker", "standard");
    CHECK(bench.account().trading == TradingState::Active);
    bench.harness().check_recovery();
}

TEST_CASE("an account nobody knows halts everything and resumes nothing") {
    RiskBench bench;
    bench.command(OperatorAct::Halt, {}, "standrd");
    CHECK(bench.account().trading == TradingState::Halted);
    CHECK(bench.account("small").trading == TradingState::Halted);
    bench.harness().take();
    bench.command(OperatorAct::Resume, "done", "standrd");
    const auto alerts = bench.take<Alert>();
    REQUIRE(alerts.size() == 1);
    CHECK(alerts[0].reason.code == ReasonCode::AccountUnknown);
    CHECK(alerts[0].subject == "standrd");
    CHECK(bench.account().trading == TradingState::Halted);
    bench.command(OperatorAct::Resume, "all of it");
    CHECK(bench.account().trading == TradingState::Active);
    CHECK(bench.account("small").trading == TradingState::Active);
}

TEST_CASE("a halt outlives the day") {
    RiskBench bench;
    bench.command(OperatorAct::Halt);
    bench.end_day();
    bench.begin_day(kMonday);
    CHECK(bench.account().trading == TradingState::Halted);
}

TEST_CASE("flatten with nothing open is done at once") {
    RiskBench bench;
    bench.command(OperatorAct::Flatten, {}, "standard");
    const auto states = bench.take<TradingStateEvent>();
    REQUIRE(states.size() == 3);
    CHECK(states[0].flatten == FlattenPhase::Cancelling);
    CHECK(states[1].flatten == FlattenPhase::Closing);
    CHECK(states[2].flatten == FlattenPhase::Done);
    CHECK(states[2].state == TradingState::Halted);
}

TEST_CASE("flatten closes every open group, through a restart") {
    RiskBench bench;
    const auto first = bench.straddle();
    bench.open(first);
    bench.later(seconds(2));
    auto second = bench.intent({bench.leg(put(24'500), Side::Sell, 75, rupees(95.00)),
                                bench.leg(put(24'000), Side::Buy, 75, rupees(18.10), true)});
    second.exits.stop_loss = money(5'000);
    bench.open(second);
    bench.harness().take();
    bench.command(OperatorAct::Flatten);
    auto messages = bench.harness().take();
    auto decisions = sauda::test::payloads_of<Decision>(messages);
    REQUIRE(decisions.size() == 2);
    for (const auto& decision : decisions) {
        CHECK(decision.verdict == Verdict::Approved);
        CHECK(decision.executor == "executor-1");
        CHECK(decision.intent.bot == "flatten");
        CHECK(decision.intent.purpose == Purpose::Reduce);
        CHECK(decision.intent.why.code == ReasonCode::ExitFlatten);
        CHECK(decision.intent.product == Product::Carryforward);
        CHECK(decision.intent.id > kFlattenIntents);
        REQUIRE(decision.intent.legs.size() == 2);
        REQUIRE(decision.bounds.size() == 2);
        for (const auto& check : decision.checks) {
            CHECK(check.passed);
        }
        for (const auto& leg : decision.intent.legs) {
            CHECK(leg.limit.is_positive());
            CHECK(leg.quantity == units(75));
        }
    }
    CHECK(decisions[0].intent.group == first.id);
    CHECK(decisions[1].intent.group == second.id);
    for (const auto& leg : decisions[1].intent.legs) {
        CHECK(leg.is_hedge == (leg.contract == put(24'000)));
        CHECK(leg.side == (leg.is_hedge ? Side::Sell : Side::Buy));
    }
    bench.harness().restart();
    CHECK(bench.account().flatten == FlattenPhase::Closing);
    bench.close(first, rupees(100));
    bench.harness().check_recovery();
    bench.harness().restart();
    CHECK(bench.account().flatten == FlattenPhase::Closing);
    bench.harness().take();
    bench.close(second, rupees(50));
    const auto states = bench.take<TradingStateEvent>();
    REQUIRE(states.size() == 1);
    CHECK(states[0].flatten == FlattenPhase::Done);
    CHECK(states[0].state == TradingState::Halted);
    bench.harness().check_recovery();
    bench.command(OperatorAct::Resume, "next day");
    CHECK(bench.account().flatten == FlattenPhase::None);
}

TEST_CASE("flatten waits for entries to be taken back, but not for ever") {
    RiskBench bench;
    const auto opened = bench.straddle();
    bench.open(opened);
    bench.later(seconds(2));
    const auto entering = bench.long_call();
    REQUIRE(bench.ask(entering).verdict == Verdict::Approved);
    bench.group(entering, GroupEventKind::EntryStarted, GroupState::Entering);
    bench.harness().take();
    bench.command(OperatorAct::Flatten, {}, "standard");
    CHECK(bench.take<Decision>().empty());
    CHECK(bench.account().flatten == FlattenPhase::Cancelling);
    bench.harness().restart();
    SECTION("the entry is taken back") {
        bench.group(entering, GroupEventKind::Refused, GroupState::Abandoned);
        CHECK(bench.take<Decision>().size() == 1);
        CHECK(bench.account().flatten == FlattenPhase::Closing);
    }
    SECTION("nothing comes") {
        const auto deadline = bench.now() + seconds(5);
        CHECK(bench.core().next_deadline() == deadline);
        bench.harness().advance_to(deadline);
        CHECK(bench.take<Decision>().size() == 1);
        CHECK(bench.account().flatten == FlattenPhase::Closing);
        bench.harness().check_recovery();
    }
    SECTION("it fills after all, and is closed too") {
        bench.fill(entering, call(25'000), Side::Buy, 75, rupees(20.10));
        bench.group(entering, GroupEventKind::Opened, GroupState::Open);
        CHECK(bench.take<Decision>().size() == 2);
    }
}

TEST_CASE("flatten tells a group again that did not leave, and not one that is on its way") {
    RiskBench bench;
    const auto opened = bench.straddle();
    bench.open(opened);
    bench.command(OperatorAct::Flatten, {}, "standard");
    REQUIRE(bench.take<Decision>().size() >= 1);
    SECTION("it stays") {
        bench.harness().advance_to(bench.now() + seconds(29));
        CHECK(bench.take<Decision>().empty());
        bench.harness().advance_to(bench.now() + seconds(30));
        CHECK(bench.take<Decision>().size() == 1);
    }
    SECTION("it leaves") {
        bench.group(opened, GroupEventKind::ExitStarted, GroupState::Exiting);
        CHECK(bench.core().next_deadline() > bench.now() + minutes(60));
        bench.harness().advance_to(bench.now() + minutes(5));
        CHECK(bench.take<Decision>().empty());
    }
    SECTION("the exchange closes") {
        bench.at(15, 30);
        bench.session(SessionKind::Close);
        CHECK(bench.take<Decision>().size() > 0);  // the retries before the close
        bench.harness().advance_to(bench.now() + minutes(60));
        CHECK(bench.take<Decision>().empty());
        bench.end_day();
        bench.begin_day(kMonday);
        CHECK(bench.take<Decision>().size() == 1);  // at the open
    }
    bench.harness().check_recovery();
}

TEST_CASE("flatten of one account leaves the other alone") {
    RiskBench bench;
    bench.open(bench.straddle());
    const auto other = bench.long_call(1, "small");
    bench.open(other);
    bench.harness().take();
    bench.command(OperatorAct::Flatten, {}, "small");
    const auto decisions = bench.take<Decision>();
    REQUIRE(decisions.size() == 1);
    CHECK(decisions[0].intent.group == other.id);
    CHECK(bench.account().trading == TradingState::Active);
}

TEST_CASE("foreign positions are never touched by flatten") {
    RiskBench bench;
    LedgerEntry foreign;
    foreign.id = 900;
    foreign.kind = LedgerKind::Foreign;
    foreign.account = "standard";
    foreign.product = Product::Carryforward;
    foreign.contract = call(24'500);
    foreign.side = Side::Sell;
    foreign.quantity = units(75);
    foreign.price = rupees(118);
    bench.harness().input(StreamId::ExecutionLedger, foreign, bench.now());
    CHECK(bench.metric("standard.margin_used") > money(180'000).raw());  // but they count
    bench.harness().take();
    bench.command(OperatorAct::Flatten, {}, "standard");
    CHECK(bench.take<Decision>().empty());
    CHECK(bench.account().flatten == FlattenPhase::Done);
}
