#include "tests/unit/services/risk/risk_bench.h"

using namespace sauda::risk;
using namespace sauda::risk::test;

namespace {

// A bought call 25,000 of `lots`, filled at 20.00 exactly.
Intent bought(RiskBench& bench, int64_t lots = 10) {
    auto asked = bench.long_call(lots);
    asked.legs[0].limit = rupees(20.00);
    bench.open(asked);
    return asked;
}

RiskConfig loss_of(int64_t limit) {
    auto config = default_config();
    for (auto& account : config.accounts) {
        account.limits.daily_loss_rupees = money(limit);
        account.limits.drawdown = 0;
        account.limits.lots_max = 100;
    }
    return config;
}

}  // namespace

TEST_CASE("the tighter of the daily losses counts") {
    auto account = standard_account();
    CHECK(daily_loss_limit(account) == money(30'000));
    account.limits.daily_loss_rupees = money(40'000);
    CHECK(daily_loss_limit(account) == money(30'000));
    account.limits.daily_loss_rupees = money(10'000);
    CHECK(daily_loss_limit(account) == money(10'000));
    CHECK(daily_loss_limit(small_account()) == money(850));
}

TEST_CASE("the daily loss is warned of once, then only reducing is allowed until the next day") {
    RiskBench bench(loss_of(7'500));  // 10 rupees of 750 units
    bench.later(seconds(2));
    const auto opened = bought(bench);
    bench.harness().take();
    bench.quote(call(25'000), rupees(13.05), rupees(13.15));  // 5,212.50 of 7,500
    CHECK(bench.harness().take().empty());
    bench.quote(call(25'000), rupees(13.00), rupees(13.10));  // 5,250 = 70 %
    auto alerts = bench.take<Alert>();
    REQUIRE(alerts.size() == 1);
    CHECK(alerts[0].reason.code == ReasonCode::DailyLossWarning);
    CHECK(alerts[0].severity == Severity::Warning);
    CHECK(alerts[0].subject == "standard");
    CHECK(number_of(alerts[0].reason, "loss") == money(5'250).raw());
    CHECK(number_of(alerts[0].reason, "limit") == money(7'500).raw());
    bench.quote(call(25'000), rupees(10.05), rupees(10.15));
    CHECK(bench.harness().take().empty());  // once a day
    bench.quote(call(25'000), rupees(10.00), rupees(10.10));
    auto messages = bench.harness().take();
    alerts = sauda::test::payloads_of<Alert>(messages);
    REQUIRE(alerts.size() == 1);
    CHECK(alerts[0].reason.code == ReasonCode::DailyLoss);
    CHECK(alerts[0].severity == Severity::Critical);
    auto states = sauda::test::payloads_of<TradingStateEvent>(messages);
    REQUIRE(states.size() == 1);
    CHECK(states[0].state == TradingState::Reducing);
    CHECK(states[0].flatten == FlattenPhase::None);
    CHECK(states[0].reason.code == ReasonCode::DailyLoss);
    CHECK(states[0].account == "standard");
    CHECK(bench.account("small").trading == TradingState::Active);
    bench.quote(call(25'000), rupees(9.00), rupees(9.10));
    CHECK(bench.harness().take().empty());
    // The exit goes out, an entry does not.
    CHECK(bench.ask(bench.reduce(opened)).verdict == Verdict::Approved);
    const auto denied = bench.ask(bench.long_call());
    REQUIRE(denied.reason.code == ReasonCode::TradingReducing);
    CHECK_FALSE(check_of(denied, ReasonCode::DailyLoss).passed);
    CHECK(check_of(denied, ReasonCode::DailyLoss).value == money(8'250).raw());
    bench.end_day();
    bench.begin_day(kMonday);
    CHECK(bench.account().trading == TradingState::Active);
    CHECK(bench.account().start_equity == money(1'000'000 - 8'250));
    bench.at(10, 0);
    bench.quote_all();
    const auto approved = bench.ask(bench.long_call());
    CHECK(approved.verdict == Verdict::Approved);
    CHECK(check_of(approved, ReasonCode::DailyLoss).value == money(-8'250).raw());
    bench.harness().check_recovery();
}

TEST_CASE("a loss through all levels at once says all of it") {
    RiskBench bench(loss_of(7'500));
    bought(bench);
    bench.harness().take();
    bench.quote(call(25'000), rupees(1.00), rupees(1.10));
    const auto alerts = bench.take<Alert>();
    REQUIRE(alerts.size() == 2);
    CHECK(alerts[0].reason.code == ReasonCode::DailyLossWarning);
    CHECK(alerts[1].reason.code == ReasonCode::DailyLoss);
}

TEST_CASE("the loss is what closing costs, not the middle or the last trade") {
    RiskBench bench(loss_of(7'500));
    bought(bench);
    bench.harness().take();
    bench.quote(call(25'000), rupees(10.00), rupees(30.00), rupees(20.00));
    CHECK(bench.account().trading == TradingState::Reducing);
}

TEST_CASE("charges count in the loss") {
    RiskBench bench(loss_of(7'500));
    const auto opened = bought(bench);
    LedgerEntry charge;
    bench.fill(opened, call(25'000), Side::Buy, 75, rupees(20.00), money(7'500));
    CHECK(bench.account().trading == TradingState::Reducing);
}

TEST_CASE("a loss taken by closing is seen without a further quote") {
    RiskBench bench(loss_of(7'500));
    const auto opened = bought(bench);
    bench.fill(opened, call(25'000), Side::Sell, 750, rupees(10.00));
    CHECK(bench.account().trading == TradingState::Reducing);
}

TEST_CASE("a daily loss closes everything when the account is configured so") {
    auto config = loss_of(7'500);
    config.accounts[1].limits.flatten_on_daily_loss = true;
    RiskBench bench(config);
    const auto opened = bought(bench);
    bench.harness().take();
    bench.quote(call(25'000), rupees(10.00), rupees(10.10));
    const auto messages = bench.harness().take();
    const auto decisions = sauda::test::payloads_of<Decision>(messages);
    REQUIRE(decisions.size() == 1);
    CHECK(decisions[0].intent.bot == "flatten");
    CHECK(decisions[0].intent.why.code == ReasonCode::ExitDailyLoss);
    CHECK(bench.account().trading == TradingState::Reducing);
    CHECK(bench.account().flatten == FlattenPhase::Closing);
    bench.close(opened, rupees(10));
    CHECK(bench.account().flatten == FlattenPhase::Done);
    bench.end_day();
    bench.begin_day(kMonday);
    CHECK(bench.account().trading == TradingState::Active);
    CHECK(bench.account().flatten == FlattenPhase::None);
    bench.harness().check_recovery();
}

TEST_CASE("a loss does not loosen a halt, and the next day does not end one") {
    RiskBench bench(loss_of(7'500));
    bought(bench);
    bench.command(OperatorAct::Halt);
    bench.quote(call(25'000), rupees(10.00), rupees(10.10));
    CHECK(bench.account().trading == TradingState::Halted);
    bench.end_day();
    bench.begin_day(kMonday);
    CHECK(bench.account().trading == TradingState::Halted);
}

TEST_CASE("opening is denied at the daily loss even after a resume") {
    RiskBench bench(loss_of(7'500));
    bought(bench);
    bench.quote(call(25'000), rupees(10.00), rupees(10.10));
    bench.command(OperatorAct::Resume, "I know");
    CHECK(bench.account().trading == TradingState::Active);
    bench.quote(call(25'000), rupees(10.00), rupees(10.10));
    CHECK(bench.account().trading == TradingState::Active);
    require_denied(bench.ask(bench.long_call()), ReasonCode::DailyLoss, money(7'500).raw(),
                   money(7'500).raw());
}

TEST_CASE("a fall from the day's high allows only reducing") {
    auto config = default_config();
    config.accounts[1].limits.drawdown = 10'000;  // 10,000 rupees
    RiskBench bench(config);
    bought(bench);
    bench.quote(call(25'000), rupees(32.00), rupees(32.10));  // + 9,000
    CHECK(bench.account().peak_equity == money(1'009'000));
    bench.quote(call(25'000), rupees(32.50), rupees(32.60));  // + 375: under a step
    CHECK(bench.account().peak_equity == money(1'009'000));
    bench.harness().take();
    bench.quote(call(25'000), rupees(18.70), rupees(18.80));  // 9,975 below
    CHECK(bench.account().trading == TradingState::Active);
    CHECK(check_of(bench.ask(bench.long_call()), ReasonCode::Drawdown).passed);
    bench.quote(call(25'000), rupees(18.65), rupees(18.75));  // 10,012.50 below
    CHECK(bench.account().trading == TradingState::Reducing);
    CHECK(bench.account().trading_reason == ReasonCode::Drawdown);
    bench.command(OperatorAct::Resume, "I know");
    require_denied(bench.ask(bench.long_call()), ReasonCode::Drawdown,
                   Money::from_paise(1'001'250).raw(), money(10'000).raw());
}

TEST_CASE("a deposit is no profit of the day") {
    RiskBench bench;
    bench.deposit("standard", money(50'000));
    CHECK(bench.account().start_equity == money(1'050'000));
    CHECK(bench.metric("standard.day_pnl") == 0);
    CHECK(bench.metric("standard.equity") == money(1'050'000).raw());
}

TEST_CASE("the warning comes again on the next day") {
    RiskBench bench(loss_of(7'500));
    bought(bench);
    bench.quote(call(25'000), rupees(13.00), rupees(13.10));
    bench.end_day();
    bench.begin_day(kMonday);
    bench.harness().take();
    bench.quote(call(25'000), rupees(6.00), rupees(6.10));  // another 5,250
    const auto alerts = bench.take<Alert>();
    REQUIRE(alerts.size() == 1);
    CHECK(alerts[0].reason.code == ReasonCode::DailyLossWarning);
}

TEST_CASE("a new day does not end the reducing of a flatten that is not done") {
    auto config = loss_of(7'500);
    config.accounts[1].limits.flatten_on_daily_loss = true;
    RiskBench bench(config);
    bought(bench);
    bench.quote(call(25'000), rupees(10.00), rupees(10.10));
    bench.end_day();
    bench.begin_day(kMonday);
    CHECK(bench.account().trading == TradingState::Reducing);
    CHECK(bench.account().flatten == FlattenPhase::Closing);
}
