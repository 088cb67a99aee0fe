#include "tests/unit/services/risk/risk_bench.h"

using namespace sauda::risk;
using namespace sauda::risk::test;

namespace {

const Money kStraddle = straddle_margin();  // as reserved

}  // namespace

TEST_CASE("positions and money follow the ledger") {
    RiskBench bench;
    const auto asked = bench.straddle();
    bench.open(asked);
    bench.harness().take();
    bench.fill(asked, call(24'500), Side::Buy, 75, rupees(100.00), money(25));
    const auto events = bench.take<PositionEvent>();
    REQUIRE(events.size() == 1);
    CHECK(events[0].key.contract == call(24'500));
    CHECK(events[0].position.net.is_zero());
    CHECK(events[0].position.realised == rupees(18) * units(75));
    CHECK(events[0].position.charges.total() == money(25));
    // Capital + realised + unrealised (the put at the ask) - charges.
    const Money equity =
        money(1'000'000) + rupees(18) * units(75) - rupees(0.40) * units(75) - money(25);
    CHECK(bench.metric("standard.equity") == equity.raw());
    CHECK(bench.metric("standard.day_pnl") == (equity - money(1'000'000)).raw());
    CHECK(bench.metric("small.equity") == money(17'000).raw());
    bench.harness().check_recovery();
}

TEST_CASE("a reservation counts until every leg is in, then the positions count") {
    RiskBench bench;
    const auto asked = bench.straddle();
    REQUIRE(bench.ask(asked).margin_reserved == kStraddle);
    CHECK(bench.metric("standard.margin_used") == kStraddle.raw());
    CHECK(bench.metric("standard.open_groups") == 1);
    bench.group(asked, GroupEventKind::EntryStarted, GroupState::Entering);
    bench.fill(asked, call(24'500), Side::Sell, 75, rupees(118));
    CHECK(bench.metric("standard.margin_used") == kStraddle.raw());  // one leg, all reserved
    bench.group(asked, GroupEventKind::Opened, GroupState::Open);    // overtook the ledger
    CHECK(bench.metric("standard.margin_used") == kStraddle.raw());
    bench.fill(asked, put(24'500), Side::Sell, 75, rupees(95));
    bench.quote(spot(), {}, {}, rupees(25'000));
    CHECK(bench.metric("standard.margin_used") ==
          held_straddle_margin(rupees(25'000)).raw());  // by the positions, at the price of now
    bench.close(asked, rupees(100));
    CHECK(bench.metric("standard.margin_used") == 0);
    CHECK(bench.metric("standard.open_groups") == 0);
}

TEST_CASE("a reservation is released when the group was never entered") {
    RiskBench bench;
    const auto asked = bench.straddle();
    REQUIRE(bench.ask(asked).verdict == Verdict::Approved);
    bench.group(asked, GroupEventKind::Refused, GroupState::Abandoned);
    CHECK(bench.metric("standard.margin_used") == 0);
    CHECK(bench.metric("standard.open_groups") == 0);
    CHECK(bench.account().trades_today == 0);
}

TEST_CASE("positions count though their group is closed") {
    RiskBench bench;
    const auto asked = bench.straddle();
    bench.open(asked);
    bench.group(asked, GroupEventKind::ExitStarted, GroupState::Exiting);
    bench.group(asked, GroupEventKind::Flattened, GroupState::Closed);
    CHECK(bench.metric("standard.margin_used") == held_straddle_margin().raw());
}

TEST_CASE("a group that only execution knows is taken from its acceptance") {
    RiskBench bench;
    GroupEvent event;
    event.kind = GroupEventKind::Accepted;
    event.state = GroupState::Approved;
    event.group = 55;
    event.account = "standard";
    event.bot = "bot";
    Decision approval;
    approval.intent = bench.straddle();
    approval.margin_reserved = kStraddle;
    event.approval = approval;
    bench.harness().input(StreamId::ExecutionReport, event, bench.now());
    CHECK(bench.metric("standard.margin_used") == kStraddle.raw());
    const auto* group = bench.core().state().group("standard", 55);
    REQUIRE(group != nullptr);
    CHECK(group->legs.size() == 2);
    bench.harness().check_recovery();
}

TEST_CASE("the mark is the middle, else the last trade within the sides, else the one before") {
    RiskBench bench;
    const auto mark = [&] { return *bench.core().market().mark(call(25'000)); };
    CHECK(mark().mark == rupees(20.05));
    CHECK_FALSE(mark().is_stale);
    bench.quote(call(25'000), rupees(15), rupees(25), rupees(19));
    CHECK(mark().mark == rupees(19));
    bench.quote(call(25'000), rupees(15), rupees(25), rupees(40));
    CHECK(mark().mark == rupees(19));
    CHECK(mark().is_stale);
    CHECK(mark().closing(units(1)) == rupees(15));
    CHECK(mark().closing(units(-1)) == rupees(25));
    bench.quote(call(25'000), {}, rupees(25), rupees(18));
    CHECK(mark().mark == rupees(18));
    CHECK(mark().closing(units(1)) == rupees(18));  // no bid
}

TEST_CASE("the day is opened and closed with the account's figures") {
    RiskBench bench;
    bench.open(bench.straddle());
    bench.harness().take();
    bench.end_day();
    auto events = bench.take<AccountEvent>();
    REQUIRE(events.size() == 2);
    const Money closing = (rupees(0.70) + rupees(0.40)) * units(75);
    const auto& ended = events[1];
    CHECK(ended.kind == AccountEventKind::DayEnded);
    CHECK(ended.account == "standard");
    CHECK(ended.date == kFriday);
    CHECK(ended.capital == money(1'000'000));
    CHECK(ended.unrealised == -closing);
    CHECK(ended.equity == money(1'000'000) - closing);
    CHECK(ended.margin_used == held_straddle_margin());
    bench.begin_day(kMonday);
    events = bench.take<AccountEvent>();
    REQUIRE(events.size() == 2);
    CHECK(events[1].kind == AccountEventKind::DayStarted);
    CHECK(events[1].equity == money(1'000'000) - closing);  // carried over
    CHECK(bench.account().start_equity == money(1'000'000) - closing);
    bench.harness().check_recovery();
}

TEST_CASE("another exchange's start of the same day changes nothing") {
    RiskBench bench;
    SessionEvent event;
    event.kind = SessionKind::DayStart;
    event.exchange = Exchange::MCX;
    event.date = kFriday;
    bench.harness().input(StreamId::FeedSession, event, bench.now());
    CHECK(bench.harness().take().empty());
    CHECK(bench.ask(bench.straddle()).verdict == Verdict::Approved);  // quotes were kept
}

TEST_CASE("tomorrow's margin is told once at 14:30, with the surcharge of an expiry day") {
    RiskBench bench;
    bench.end_day();
    bench.begin_day(kMonday);
    bench.at(10, 0);
    bench.quote_all();
    CHECK(bench.core().next_deadline() == Timestamp::max());
    bench.open(bench.straddle());
    bench.harness().take();
    const auto due = sauda::base::ist(kMonday, minutes(14 * 60 + 30));
    CHECK(bench.core().next_deadline() == due);
    bench.harness().advance_to(due - seconds(1));
    CHECK(bench.harness().take().empty());
    bench.harness().advance_to(due);
    const auto alerts = bench.take<Alert>();
    REQUIRE(alerts.size() == 1);
    CHECK(alerts[0].reason.code == ReasonCode::TomorrowMargin);
    CHECK(alerts[0].severity == Severity::Info);
    CHECK(alerts[0].subject == "standard");
    const auto on = [&](Date date) { return held_straddle_margin(rupees(24'500), date); };
    CHECK(number_of(alerts[0].reason, "margin") == on(kExpiry).raw());
    CHECK(number_of(alerts[0].reason, "margin_today") == on(kMonday).raw());
    CHECK(on(kExpiry) - on(kMonday) > money(70'000));  // the surcharge of both legs
    CHECK(number_of(alerts[0].reason, "date") == kExpiry.days);
    CHECK(bench.core().next_deadline() == Timestamp::max());
    bench.harness().check_recovery();
}

TEST_CASE("figures show what was denied and how far each limit was used") {
    RiskBench bench;
    REQUIRE(bench.ask(bench.straddle()).verdict == Verdict::Approved);
    bench.ask(bench.straddle(1, "small"));
    CHECK(bench.metric("small.denied_today") == 1);
    CHECK(bench.metric("standard.denied_today") == 0);
    const auto name =
        "standard.worst_use." + std::to_string(static_cast<int>(ReasonCode::PositionCap));
    CHECK(bench.metric(name) ==
          sauda::base::scale_half_up(kStraddle.raw(), 1'000'000, money(350'000).raw()));
}
