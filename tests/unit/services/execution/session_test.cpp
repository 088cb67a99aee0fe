#include "tests/unit/services/execution/fixture.h"

namespace sauda::execution::test {

TEST_CASE("the close cancels the day's working orders") {
    Desktop desk;
    desk.open_session();
    desk.quotes(at(9, 20), {quote(call(24550), 99.90, 100.00)});
    auto decision = desk.approval({leg(call(24550), Side::Buy, 75, 50.0)});
    decision.intent.entry_timeout = minutes(29);
    const uint64_t id = desk.decide(decision, at(15, 1));
    decision.intent.exits.square_off_at = at(15, 40);
    const uint64_t late = desk.decide(decision, at(15, 2));
    desk.session(domain::SessionKind::Close, at(15, 4));
    desk.advance_to(at(15, 4, 1));
    REQUIRE_FALSE(desk.group(id).has_live_orders());
    REQUIRE(desk.group(late).state == GroupState::Abandoned);
    REQUIRE(desk.last_step(late).reason.code == ReasonCode::SessionClosed);
    const uint64_t after =
        desk.decide(desk.approval({leg(call(24550), Side::Buy, 75, 50.0)}), at(15, 4, 2));
    REQUIRE(desk.last_step(after).reason.code == ReasonCode::SessionClosed);
    REQUIRE(desk.steps(after) == std::vector{GroupEventKind::Accepted, GroupEventKind::Refused});
    desk.check_recovery();
}

TEST_CASE("an exit that is working at the close ends there and is sent again at the opening") {
    Desktop desk;
    desk.open_session();
    const uint64_t id = desk.open_call();
    desk.reduce(id, ReasonCode::ExitStrategy, at(15, 4));
    desk.session(domain::SessionKind::Close, at(15, 4, 1));
    REQUIRE_FALSE(desk.group(id).has_live_orders());
    desk.quotes(at(15, 4, 1) + milliseconds(50), {quote(call(24550), 99.90, 100.00)});
    desk.advance_to(at(16, 0));
    REQUIRE(desk.orders(OrderEventKind::Fill).size() == 1);
    const Timestamp tomorrow = at(9, 15) + minutes(24 * 60);
    desk.session(domain::SessionKind::Open, tomorrow);
    desk.quotes(tomorrow + seconds(1), {quote(call(24550), 99.90, 100.00)});
    REQUIRE(desk.group(id).state == GroupState::Closed);
    desk.check_recovery();
}

TEST_CASE("no entry rests longer than half an hour") {
    Desktop desk;
    desk.open_session();
    auto decision = desk.approval({leg(call(24550), Side::Buy, 75, 50.0)});
    decision.intent.entry_timeout = minutes(120);
    const uint64_t id = desk.decide(decision, at(10, 0));
    desk.advance_to(at(10, 29, 59));
    REQUIRE(desk.group(id).has_live_orders());
    desk.advance_to(at(10, 30, 1));
    REQUIRE(desk.group(id).state == GroupState::Abandoned);
}

TEST_CASE("positions open at the end of the day are told") {
    Desktop desk;
    desk.open_session();
    domain::ExitPlan plan;
    plan.square_off_at = at(15, 0) + minutes(24 * 60);
    desk.open_call(plan);
    desk.session(domain::SessionKind::Close, at(15, 30));
    desk.session(domain::SessionKind::DayEnd, at(16, 0));
    const auto alerts = desk.alerts(ReasonCode::ExitChasing);
    REQUIRE(alerts.size() == 1);
    REQUIRE(alerts[0].subject == "open at the end of the day: tester");
    desk.check_recovery();
}

TEST_CASE("metrics show what is open, working and earned") {
    Desktop desk;
    desk.open_session();
    desk.open_straddle();
    std::vector<domain::Metric> metrics;
    desk.core().metrics(metrics);
    std::map<std::string, int64_t> values;
    for (const auto& metric : metrics) {
        values[metric.name] = metric.value;
    }
    REQUIRE(values.at("open_groups") == 1);
    REQUIRE(values.at("working_orders") == 0);
    REQUIRE(values.at("fills") == 2);
    REQUIRE(values.at("net_pnl") < 0);
}

}  // namespace sauda::execution::test
