#include "tests/unit/services/execution/fixture.h"

namespace sauda::execution::test {

using K = GroupEventKind;

namespace {

// The approval of a call as changed by `change` is refused with `code`, and nothing is sent.
template <class Change>
void refused(ReasonCode code, Change change) {
    Desktop desk;
    desk.open_session();
    desk.quotes(at(9, 20), {quote(call(24550), 99.90, 100.00)});
    auto decision = desk.approval({leg(call(24550), Side::Buy, 75, 100.50)});
    change(decision);
    const uint64_t id = desk.decide(decision, at(9, 20));
    REQUIRE(desk.steps(id) == std::vector{K::Accepted, K::Refused});
    REQUIRE(desk.last_step(id).reason.code == code);
    REQUIRE(desk.last_step(id).state == GroupState::Abandoned);
    REQUIRE(desk.orders(OrderEventKind::Placed).empty());
    desk.check_recovery();
}

}  // namespace

TEST_CASE("an approval that ran out is refused") {
    refused(ReasonCode::GateExpired,
            [](domain::Decision& d) { d.intent.valid_until = at(9, 20) - milliseconds(1); });
}

TEST_CASE("an approval for another execution database is refused") {
    refused(ReasonCode::GateExecutor, [](domain::Decision& d) { d.executor = "db-2"; });
}

TEST_CASE("an approval beyond its own bounds is refused") {
    refused(ReasonCode::GatePriceBound,
            [](domain::Decision& d) { d.bounds[0].price_high = rupees(100.45); });
    refused(ReasonCode::GateQuantityBound,
            [](domain::Decision& d) { d.bounds[0].quantity_max = units(74); });
    refused(ReasonCode::GateQuantityBound, [](domain::Decision& d) { d.bounds.clear(); });
}

TEST_CASE("an approval for an account that was never funded is refused") {
    refused(ReasonCode::AccountUnknown, [](domain::Decision& d) { d.intent.account = "other"; });
}

TEST_CASE("a denied decision is not ours") {
    Desktop desk;
    desk.open_session();
    desk.take();
    auto decision = desk.approval({leg(call(24550), Side::Buy, 75, 100.50)});
    decision.verdict = domain::Verdict::Denied;
    desk.decide(decision, at(9, 20));
    REQUIRE(desk.take().empty());
}

TEST_CASE("a second decision for a known group is told and ignored") {
    Desktop desk;
    desk.open_session();
    const uint64_t id = desk.open_call();
    auto again = desk.approval({leg(call(24550), Side::Buy, 75, 100.50)});
    again.intent.id = id;
    const std::size_t sent = desk.orders(OrderEventKind::Sent).size();
    desk.decide(again, at(9, 21));
    REQUIRE(desk.orders(OrderEventKind::Sent).size() == sent);
    REQUIRE(desk.alerts(ReasonCode::DuplicateGroup).size() == 1);
    REQUIRE(desk.core().state().duplicates == 1);
}

TEST_CASE("a group is known long after its details were forgotten") {
    Desktop desk;
    desk.open_session();
    const uint64_t id = desk.open_call();
    desk.reduce(id, ReasonCode::ExitStrategy, at(9, 21));
    desk.quotes(at(9, 21, 1), {quote(call(24550), 99.90, 100.00)});
    REQUIRE(desk.group(id).state == GroupState::Closed);
    const Timestamp later = at(9, 22) + minutes(2 * 24 * 60);
    desk.decide(desk.approval({leg(call(24550), Side::Buy, 75, 100.50)}), later);
    REQUIRE_FALSE(desk.core().state().groups.contains(id));
    auto again = desk.approval({leg(call(24550), Side::Buy, 75, 100.50)});
    again.intent.id = id;
    desk.decide(again, later + seconds(1));
    REQUIRE(desk.alerts(ReasonCode::DuplicateGroup).size() == 1);
    desk.check_recovery();
}

TEST_CASE("an exit of an unknown group is told") {
    Desktop desk;
    desk.open_session();
    desk.reduce(99, ReasonCode::ExitStrategy, at(9, 21));
    REQUIRE(desk.alerts(ReasonCode::IntentInvalid).size() == 1);
}

TEST_CASE("entries leave the reserve of the rate limit to exits") {
    Desktop desk;
    desk.open_session();
    const uint64_t held = desk.open_call();
    const auto decision = desk.approval({leg(call(24600), Side::Buy, 75, 50.0)});
    for (int i = 0; i < 6; ++i) {
        desk.decide(decision, at(9, 30));
    }
    const uint64_t seventh = desk.decide(decision, at(9, 30));
    REQUIRE(desk.last_step(seventh).reason.code == ReasonCode::GateRate);
    const std::size_t sent = desk.orders(OrderEventKind::Sent).size();
    desk.reduce(held, ReasonCode::ExitStrategy, at(9, 30));
    REQUIRE(desk.orders(OrderEventKind::Sent).size() == sent + 1);
    const uint64_t eighth = desk.decide(decision, at(9, 30, 1));
    REQUIRE(desk.last_step(eighth).kind == K::EntryStarted);
}

TEST_CASE("a group with more slices than a second allows is sent over the next seconds") {
    Desktop desk;
    desk.open_session();
    desk.quotes(at(9, 20), {quote(call(24550), 99.90, 100.00)});
    desk.decide(desk.approval({leg(call(24550), Side::Buy, 1800 * 8, 99.0)}), at(9, 20));
    REQUIRE(desk.orders(OrderEventKind::Sent).size() == 6);
    desk.advance_to(at(9, 20) + milliseconds(999));
    REQUIRE(desk.orders(OrderEventKind::Sent).size() == 6);
    desk.advance_to(at(9, 20, 1));
    REQUIRE(desk.orders(OrderEventKind::Sent).size() == 8);
}

TEST_CASE("minute and hour keep a fifth for exits") {
    RateBudget budget;
    const RateConfig config;
    for (int i = 0; i < 400; ++i) {
        budget.record(at(10, 0) + milliseconds(140 * i));
    }
    const Timestamp now = at(10, 0) + milliseconds(140 * 400) + seconds(2);
    REQUIRE_FALSE(budget.fits(1, now, config));
    REQUIRE(budget.free_at(RateClass::Complete, config) <= now);
    REQUIRE(budget.free_at(RateClass::Open, config) == at(10, 1));
    REQUIRE(budget.fits(1, at(10, 1), config));
}

TEST_CASE("halt cancels working entries, denies new ones and keeps exits") {
    Desktop desk;
    desk.open_session();
    domain::ExitPlan plan;
    plan.stop_loss = money(750);
    const uint64_t held = desk.open_call(plan);
    const auto decision = desk.approval({leg(call(24600), Side::Buy, 75, 50.0)});
    const uint64_t working = desk.decide(decision, at(9, 30));
    desk.command(domain::OperatorAct::Halt, at(9, 30, 1));
    desk.command(domain::OperatorAct::Halt, at(9, 30, 1));  // no second event
    desk.advance_to(at(9, 30, 2));
    REQUIRE(desk.last_step(working).kind == K::Refused);
    REQUIRE(desk.last_step(working).reason.code == ReasonCode::TradingHalted);
    const uint64_t denied = desk.decide(decision, at(9, 30, 3));
    REQUIRE(desk.last_step(denied).reason.code == ReasonCode::GateHalted);
    desk.restart();  // the latch survives
    desk.quotes(at(9, 31), {quote(call(24550), 89.0, 89.1)});
    REQUIRE(desk.last_step(held).kind == K::ExitStarted);
    desk.quotes(at(9, 31, 1), {quote(call(24550), 89.0, 89.1)});
    REQUIRE(desk.group(held).state == GroupState::Closed);
    REQUIRE(sauda::test::payloads_of<domain::TradingStateEvent>(desk.events()).size() == 1);
    desk.command(domain::OperatorAct::Resume, at(9, 32));
    REQUIRE(desk.last_step(desk.decide(decision, at(9, 32, 1))).kind == K::EntryStarted);
}

TEST_CASE("risk's trading state holds too, and reducing lets working entries be") {
    Desktop desk;
    desk.open_session();
    const auto decision = desk.approval({leg(call(24600), Side::Buy, 75, 50.0)});
    const uint64_t working = desk.decide(decision, at(9, 30));
    desk.risk_state(domain::TradingState::Reducing, at(9, 30, 1));
    desk.advance_to(at(9, 30, 2));
    REQUIRE(desk.group(working).has_live_orders());
    REQUIRE(desk.last_step(desk.decide(decision, at(9, 30, 2))).reason.code ==
            ReasonCode::GateHalted);
    desk.risk_state(domain::TradingState::Halted, at(9, 30, 3));
    desk.advance_to(at(9, 30, 4));
    REQUIRE(desk.group(working).state == GroupState::Abandoned);
    desk.command(domain::OperatorAct::Resume, at(9, 30, 5));  // does not undo risk's halt
    REQUIRE(desk.last_step(desk.decide(decision, at(9, 30, 6))).reason.code ==
            ReasonCode::GateHalted);
    desk.risk_state(domain::TradingState::Active, at(9, 30, 7));
    REQUIRE(desk.last_step(desk.decide(decision, at(9, 30, 8))).kind == K::EntryStarted);
    desk.check_recovery();
}

TEST_CASE("a dry run denies every child and refuses the group") {
    ExecutionConfig config = default_config();
    config.broker = BrokerKind::DryRun;
    Desktop desk(config);
    desk.open_session();
    desk.quotes(at(9, 20), {quote(call(24550), 99.90, 100.00)});
    const uint64_t id =
        desk.decide(desk.approval({leg(call(24550), Side::Buy, 3600, 100.50)}), at(9, 20));
    REQUIRE(desk.orders(OrderEventKind::Placed).size() == 2);
    const auto denied = desk.orders(OrderEventKind::Denied);
    REQUIRE(denied.size() == 2);
    REQUIRE(denied[0].reason.code == ReasonCode::DryRun);
    REQUIRE(desk.orders(OrderEventKind::Sent).empty());
    REQUIRE(desk.last_step(id).kind == K::Refused);
    REQUIRE(desk.last_step(id).reason.code == ReasonCode::DryRun);
    REQUIRE(desk.core().next_deadline() == Timestamp::max());
    desk.check_recovery();
}

}  // namespace sauda::execution::test
