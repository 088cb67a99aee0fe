#include "tests/unit/services/risk/risk_bench.h"

using namespace sauda::risk;
using namespace sauda::risk::test;

namespace {

RiskBench before_open(Date date) {
    RiskBench bench(default_config(), false);
    bench.executor("executor-1");
    bench.begin_day(date);
    bench.deposit("standard", money(1'000'000));
    return bench;
}

}  // namespace

TEST_CASE("no entries in the first five minutes") {
    RiskBench bench = before_open(kFriday);
    bench.at(9, 19, 59);
    bench.quote_all();
    require_denied(bench.ask(bench.straddle()), ReasonCode::SessionOpeningMinutes, bench.now().ns,
                   sauda::base::ist(kFriday, minutes(9 * 60 + 20)).ns);
    bench.at(9, 20);
    REQUIRE(bench.ask(bench.straddle()).verdict == Verdict::Approved);
}

TEST_CASE("no entries after 14:45") {
    RiskBench bench;
    bench.at(14, 45);
    bench.quote_all();
    REQUIRE(bench.ask(bench.straddle()).verdict == Verdict::Approved);
    bench.at(14, 45, 1);
    require_denied(bench.ask(bench.straddle()), ReasonCode::SessionEntriesOver, bench.now().ns,
                   sauda::base::ist(kFriday, minutes(14 * 60 + 45)).ns);
}

TEST_CASE("nothing trades while the exchange is closed") {
    RiskBench bench;
    const auto opened = bench.straddle();
    bench.open(opened);
    bench.at(15, 30);
    const int64_t close = sauda::base::ist(kFriday, minutes(15 * 60 + 30)).ns;
    SECTION("by the clock, before the feed says so") {}
    SECTION("by the feed") { bench.session(SessionKind::Close); }
    require_denied(bench.ask(bench.straddle()), ReasonCode::SessionClosed, bench.now().ns, close);
    require_denied(bench.ask(bench.reduce(opened)), ReasonCode::SessionClosed, bench.now().ns,
                   close);
}

TEST_CASE("nothing trades before the open") {
    RiskBench bench;
    bench.session(SessionKind::PreOpen);
    REQUIRE(bench.ask(bench.straddle()).reason.code == ReasonCode::SessionClosed);
    bench.session(SessionKind::Open);
    REQUIRE(bench.ask(bench.straddle()).verdict == Verdict::Approved);
}

TEST_CASE("a holiday is named") {
    const Date holiday = sauda::base::date_of(2025, 8, 27);
    SECTION("by the feed") {
        RiskBench bench = before_open(kFriday);
        bench.at(10, 0);
        bench.quote_all();
        bench.session(SessionKind::Holiday, "Diwali");
        const Decision decision = bench.ask(bench.straddle());
        require_denied(decision, ReasonCode::SessionHoliday, kFriday.days, 0);
        CHECK(number_of(decision.reason, "Diwali") == kFriday.days);
    }
    SECTION("by the calendar, when the feed is silent") {
        RiskBench bench = before_open(holiday);
        bench.session(SessionKind::PreOpen);
        const Decision decision = bench.ask(bench.straddle());
        require_denied(decision, ReasonCode::SessionHoliday, holiday.days, 0);
        CHECK(number_of(decision.reason, "Ganesh Chaturthi") == holiday.days);
    }
    SECTION("a feed that trades on it is believed") {
        RiskBench bench = before_open(holiday);
        bench.at(10, 0);
        bench.quote_all();
        CHECK(check_of(bench.ask(bench.straddle()), ReasonCode::SessionHoliday).passed);
    }
}

TEST_CASE("a halted account opens nothing, a reducing one neither") {
    RiskBench bench;
    bench.command(OperatorAct::Halt);
    require_denied(bench.ask(bench.straddle()), ReasonCode::TradingHalted,
                   static_cast<int64_t>(TradingState::Halted),
                   static_cast<int64_t>(TradingState::Active));
    bench.command(OperatorAct::Resume, "checked");
    const auto opened = bench.straddle();
    bench.open(opened);
    bench.quote(call(24'500), rupees(600), rupees(601));  // a loss of 36,000
    require_denied(bench.ask(bench.long_call()), ReasonCode::TradingReducing,
                   static_cast<int64_t>(TradingState::Reducing),
                   static_cast<int64_t>(TradingState::Active));
}
