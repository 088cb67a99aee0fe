#include "tests/unit/services/risk/risk_bench.h"

#include <set>

using namespace sauda::risk;
using namespace sauda::risk::test;

TEST_CASE("every check stands once in the table and says what must hold") {
    std::set<ReasonCode> codes;
    for (const auto& check : all_checks()) {
        CHECK(codes.insert(check.code).second);
        CHECK(std::string(check.what).size() > 10);
        CHECK_FALSE(std::string(check.value_name).empty());
        CHECK(check.run != nullptr);
    }
}

TEST_CASE("exits are refused for these reasons only") {
    const std::set<ReasonCode> sacred{ReasonCode::IntentInvalid,   ReasonCode::SessionHoliday,
                                      ReasonCode::SessionClosed,   ReasonCode::ContractUnknown,
                                      ReasonCode::ContractExpired, ReasonCode::LotMultiple,
                                      ReasonCode::TickMultiple,    ReasonCode::QuantityAboveOpen};
    std::set<ReasonCode> found;
    for (const auto& check : all_checks()) {
        if (check.applies != Applies::Open) {
            found.insert(check.code);
        }
    }
    CHECK(found == sacred);
}

TEST_CASE("the table's word on opening and reducing is honoured") {
    RiskBench bench;
    const auto opened = bench.straddle();
    bench.open(opened);
    const auto opening = bench.ask(bench.long_call());
    const auto reducing = bench.ask(bench.reduce(opened));
    REQUIRE(opening.verdict == Verdict::Approved);
    REQUIRE(reducing.verdict == Verdict::Approved);
    for (const auto& check : all_checks()) {
        CAPTURE(check.what);
        CHECK(applies_to(check, Purpose::Open) == (check.applies != Applies::Reduce));
        CHECK(applies_to(check, Purpose::Reduce) == (check.applies != Applies::Open));
        CHECK(applies_to(check, Purpose::Unspecified) == (check.applies != Applies::Reduce));
        const bool has_object = check.code != ReasonCode::CostGate;  // there is no target
        CHECK(was_made(opening, check.code) == (check.applies != Applies::Reduce && has_object));
        CHECK(was_made(reducing, check.code) == (check.applies != Applies::Open));
    }
}

TEST_CASE("an exit passes while everything else is wrong") {
    auto config = default_config();
    config.accounts[1].limits.trades_per_day = 1;
    config.accounts[1].limits.positions_max = 1;
    config.rates.per_second = 0;
    config.rates.kept_per_second = -10;
    config.bots = {"bot"};
    RiskBench bench(config);
    const auto opened = bench.straddle();
    bench.open(opened);
    bench.quote(call(24'500), rupees(500), {}, rupees(600));  // one-sided, a loss over the limit
    bench.command(OperatorAct::Halt);
    bench.session(SessionKind::StaleBegin);
    bench.at(15, 20);
    auto leaving = bench.reduce(opened);
    leaving.bot = "stranger";
    leaving.valid_until = bench.now() - minutes(10);
    const auto decision = bench.ask(leaving);
    CAPTURE(static_cast<int>(decision.reason.code));
    CHECK(decision.verdict == Verdict::Approved);
    auto entry = bench.straddle();
    entry.bot = "stranger";
    entry.valid_until = leaving.valid_until;
    const auto denied = bench.ask(entry);
    REQUIRE(denied.verdict == Verdict::Denied);
    for (const auto code :
         {ReasonCode::BotUnknown, ReasonCode::IntentExpired, ReasonCode::TradingHalted,
          ReasonCode::SessionEntriesOver, ReasonCode::DataStale, ReasonCode::DataOneSided,
          ReasonCode::PositionsMaximum, ReasonCode::TradesPerDayMaximum, ReasonCode::DailyLoss}) {
        CAPTURE(static_cast<int>(code));
        CHECK_FALSE(check_of(denied, code).passed);
    }
}
