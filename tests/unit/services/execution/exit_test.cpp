#include "services/execution/core/chase.h"
#include "tests/unit/services/execution/fixture.h"

namespace sauda::execution::test {

using K = GroupEventKind;

namespace {

domain::ExitPlan stop_of(double amount) {
    domain::ExitPlan plan;
    plan.stop_loss = money(amount);
    return plan;
}

std::vector<OrderEvent> exits_sent(const Desktop& desk) {
    auto sent = desk.orders(OrderEventKind::Sent);
    std::erase_if(sent, [](const OrderEvent& event) { return !event.child.is_exit; });
    return sent;
}

}  // namespace

TEST_CASE("a stop is judged on the closing side of the whole group") {
    Desktop desk;
    desk.open_session();
    const uint64_t id = desk.open_straddle(stop_of(1500));
    // Asks 128.50 and 105.20: -9.90 - 9.90 = -19.80 x 75 = -1,485. The last price does not count.
    auto jumpy = quote(call(24550), 128.0, 128.50);
    jumpy.last = rupees(400);
    desk.quotes(at(9, 30), {jumpy, quote(put(24550), 105.0, 105.20)});
    REQUIRE(desk.group(id).state == GroupState::Open);
    desk.quotes(at(9, 31), {quote(call(24550), 128.0, 128.70)});
    REQUIRE(desk.group(id).state == GroupState::Exiting);
    const auto step = desk.last_step(id);
    REQUIRE(step.kind == K::ExitStarted);
    REQUIRE(step.reason.code == ReasonCode::ExitStop);
    REQUIRE(step.stop_pnl == money(-1500));
    REQUIRE(step.pnl == money(-1500));
    REQUIRE(exits_sent(desk).size() == 2);
    REQUIRE(desk.orders(OrderEventKind::Fill).size() == 2);  // not on the quote that caused it
    desk.quotes(at(9, 31, 1), {quote(call(24550), 128.5, 129.0), quote(put(24550), 105.0, 105.2)});
    REQUIRE(desk.last_step(id).state == GroupState::Closed);
    REQUIRE(desk.last_step(id).pnl == money((118.6 + 95.3 - 129.0 - 105.2) * 75));
    REQUIRE(desk.last_step(id).charges.is_positive());
    desk.check_recovery();
}

TEST_CASE("a target is reached on live data only") {
    Desktop desk;
    desk.open_session();
    domain::ExitPlan plan;
    plan.target = money(750);
    const uint64_t id = desk.open_call(plan);
    desk.session(domain::SessionKind::StaleBegin, at(9, 25));
    desk.quotes(at(9, 25, 1), {quote(call(24550), 110.5, 110.6)});
    REQUIRE(desk.group(id).state == GroupState::Open);
    desk.session(domain::SessionKind::StaleEnd, at(9, 26));
    desk.quotes(at(9, 26, 1), {quote(call(24550), 109.95, 110.6)});
    REQUIRE(desk.group(id).state == GroupState::Open);
    desk.quotes(at(9, 26, 2), {quote(call(24550), 110.0, 110.6)});
    REQUIRE(desk.last_step(id).reason.code == ReasonCode::ExitTarget);
}

TEST_CASE("a stop counts on stale data, goes out wider and is told") {
    Desktop desk;
    desk.open_session();
    const uint64_t id = desk.open_call(stop_of(750));
    desk.session(domain::SessionKind::StaleBegin, at(9, 25));
    desk.quotes(at(9, 25, 1), {quote(call(24550), 89.0, 89.1)});
    REQUIRE(desk.group(id).state == GroupState::Exiting);
    REQUIRE(desk.alerts(ReasonCode::DataStale).size() == 1);
    // 89.00 less 0.5 % and 5 % is 84.105, down to the tick.
    REQUIRE(exits_sent(desk).back().limit == rupees(84.10));
    desk.check_recovery();
}

TEST_CASE("a one-sided book is left at the last known price, wider, with an alert") {
    Desktop desk;
    desk.open_session();
    const uint64_t id = desk.open_call();
    desk.quotes(at(9, 25), {quote(call(24550), 0, 100.1)});
    desk.reduce(id, ReasonCode::ExitStrategy, at(9, 25, 1));
    REQUIRE(desk.alerts(ReasonCode::DataOneSided).size() == 1);
    const auto sent = exits_sent(desk);
    REQUIRE(sent.size() == 1);
    REQUIRE(sent[0].limit == rupees(94.40));  // 99.90 - 0.4995 - 4.995, down to the tick
    REQUIRE(sent[0].touch.is_zero());
}

TEST_CASE("a trailing stop follows the best result in steps of a quarter of its distance") {
    Desktop desk;
    desk.open_session();
    domain::ExitPlan plan;
    plan.trailing_trigger = money(300);
    plan.trailing_distance = money(150);
    const uint64_t id = desk.open_call(plan);
    desk.quotes(at(9, 30), {quote(call(24550), 103.95, 104.1)});  // +296.25
    REQUIRE(desk.last_step(id).kind == K::Opened);
    desk.quotes(at(9, 31), {quote(call(24550), 104.0, 104.1)});  // +300: armed
    REQUIRE(desk.last_step(id).kind == K::TrailRaised);
    REQUIRE(desk.last_step(id).best_pnl == money(300));
    desk.quotes(at(9, 32), {quote(call(24550), 104.45, 104.6)});  // +333.75: less than a quarter
    REQUIRE(desk.last_step(id).best_pnl == money(300));
    desk.quotes(at(9, 33), {quote(call(24550), 106.0, 106.1)});  // +450
    REQUIRE(desk.last_step(id).best_pnl == money(450));
    desk.quotes(at(9, 34), {quote(call(24550), 104.05, 104.1)});
    REQUIRE(desk.group(id).state == GroupState::Open);
    desk.restart();
    desk.quotes(at(9, 35), {quote(call(24550), 104.0, 104.1)});  // +300 = 450 - 150
    REQUIRE(desk.last_step(id).kind == K::ExitStarted);
    REQUIRE(desk.last_step(id).reason.code == ReasonCode::ExitTrailing);
    REQUIRE(desk.last_step(id).stop_pnl == money(300));
}

TEST_CASE("square-off comes at the plan's time, else at 15:05") {
    Desktop desk;
    desk.open_session();
    domain::ExitPlan plan;
    plan.square_off_at = at(11, 0);
    const uint64_t early = desk.open_call(plan);
    const uint64_t late =
        desk.decide(desk.approval({leg(call(24550), Side::Buy, 75, 100.50)}), at(9, 21));
    desk.quotes(at(9, 21, 1), {quote(call(24550), 99.90, 100.00)});
    desk.advance_to(at(10, 59, 59));
    REQUIRE(desk.group(early).state == GroupState::Open);
    desk.advance_to(at(11, 0));
    REQUIRE(desk.group(early).state == GroupState::Exiting);
    REQUIRE(desk.group(early).exit_reason.code == ReasonCode::ExitSquareOff);
    desk.advance_to(at(15, 4, 59));
    REQUIRE(desk.group(late).state == GroupState::Open);
    desk.advance_to(at(15, 5));
    REQUIRE(desk.group(late).state == GroupState::Exiting);
    desk.check_recovery();
}

TEST_CASE("what is still open after the square-off is told at 15:20") {
    Desktop desk;
    desk.open_session();
    desk.open_call();
    desk.advance_to(at(15, 19, 59));
    const auto alarms = [&] {
        auto found = desk.alerts(ReasonCode::ExitChasing);
        std::erase_if(found, [](const domain::Alert& alert) {
            return alert.reason.numbers.back().name != "alarm_at";
        });
        return found.size();
    };
    REQUIRE(alarms() == 0);
    desk.advance_to(at(15, 29));
    REQUIRE(alarms() == 1);
}

TEST_CASE("a stop, a square-off and an exit of the bot together never flip the position") {
    Desktop desk;
    desk.open_session();
    domain::ExitPlan plan = stop_of(750);
    plan.square_off_at = at(9, 30);
    const uint64_t id = desk.open_call(plan);
    desk.quotes(at(9, 30), {quote(call(24550), 85.0, 85.1, 30)});  // stop, then square-off
    desk.advance_to(at(9, 30));
    desk.reduce(id, ReasonCode::ExitStrategy, at(9, 30));
    desk.reduce(id, ReasonCode::ExitFlatten, at(9, 30));
    desk.command(domain::OperatorAct::Flatten, at(9, 30));
    REQUIRE(exits_sent(desk).size() == 1);
    REQUIRE(exits_sent(desk)[0].quantity == units(75));
    desk.quotes(at(9, 30, 1), {quote(call(24550), 85.0, 85.1, 30)});
    desk.reduce(id, ReasonCode::ExitStrategy, at(9, 30, 1));
    for (int i = 2; i < 30; ++i) {
        desk.quotes(at(9, 30, i), {quote(call(24550), 80.0, 80.1, 30)});
    }
    REQUIRE(desk.group(id).state == GroupState::Closed);
    REQUIRE(desk.group(id).is_flat());
    REQUIRE(desk.last_step(id).reason.code == ReasonCode::ExitStop);
    const auto steps = desk.steps(id);
    REQUIRE(std::count(steps.begin(), steps.end(), K::ExitStarted) == 1);
    desk.check_recovery();
}

TEST_CASE("an unfilled exit is re-priced by cancel, confirm, place, ever further, to the collar") {
    Desktop desk;
    desk.open_session();
    const uint64_t id = desk.open_call();
    // Nothing is quoted any more: the exit rests and is chased on what is known.
    desk.reduce(id, ReasonCode::ExitStrategy, at(10, 0));
    REQUIRE(exits_sent(desk).size() == 1);
    REQUIRE(exits_sent(desk)[0].limit == rupees(99.40));
    desk.advance_to(at(10, 0, 2));
    REQUIRE(desk.orders(OrderEventKind::CancelRequested).size() == 1);
    REQUIRE(exits_sent(desk).size() == 1);  // not before the cancel is confirmed
    desk.advance_to(at(10, 0, 2) + milliseconds(100));
    auto sent = exits_sent(desk);
    REQUIRE(sent.size() == 2);
    REQUIRE(to_text(sent[1].child) == "G1x.0.0.1");
    REQUIRE(sent[1].limit == rupees(98.40));
    desk.advance_to(at(10, 0, 8));
    REQUIRE(exits_sent(desk).size() == 3);
    REQUIRE(desk.alerts(ReasonCode::ExitChasing).empty());
    desk.advance_to(at(10, 0, 10));
    REQUIRE(exits_sent(desk).size() == 4);
    REQUIRE(desk.alerts(ReasonCode::ExitChasing).size() == 1);
    desk.advance_to(at(10, 5));
    sent = exits_sent(desk);
    for (std::size_t i = 1; i < sent.size(); ++i) {
        REQUIRE(sent[i].limit < sent[i - 1].limit);
    }
    // Collar: 40 % below the mid of 99.95, on the tick. There it rests.
    REQUIRE(sent.back().limit == rupees(60.00));
    REQUIRE(sent.size() < 10);
    desk.quotes(at(10, 6), {quote(call(24550), 99.0, 99.1)});
    REQUIRE(desk.group(id).state == GroupState::Closed);
    REQUIRE(desk.last_step(id).pnl == money(-75));  // at the touch, not at the limit
    desk.check_recovery();
}

TEST_CASE("an exit follows a market that runs away and is modified at most twenty times") {
    Desktop desk;
    desk.open_session();
    const uint64_t id = desk.open_straddle();
    desk.reduce(id, ReasonCode::ExitStrategy, at(10, 0));
    double ask = 120;
    for (int i = 1; i < 600; ++i) {
        ask *= 1.02;  // beyond every limit, so that it never fills
        const double shown = static_cast<double>(static_cast<int64_t>(ask * 20)) / 20;
        auto gone = quote(call(24550), shown - 0.5, shown * 2);
        gone.ask_size = units(0);
        if (shown < 100'000) {
            desk.quotes(at(10, 0) + milliseconds(500 * i), {gone});
        }
    }
    uint16_t amendment = 0;
    for (const auto& order : exits_sent(desk)) {
        amendment = std::max(amendment, order.child.amendment);
    }
    REQUIRE(amendment > 5);
    REQUIRE(amendment <= 20);
    desk.check_recovery();
}

TEST_CASE("an exit waits for the next opening when the market is closed") {
    Desktop desk;
    desk.open_session();
    domain::ExitPlan plan;
    plan.square_off_at = at(15, 35);
    const uint64_t id = desk.open_call(plan);
    desk.session(domain::SessionKind::Close, at(15, 30));
    desk.advance_to(at(16, 0));
    REQUIRE(desk.group(id).state == GroupState::Exiting);
    REQUIRE(exits_sent(desk).empty());
    const Timestamp tomorrow = at(9, 15) + minutes(24 * 60);
    desk.session(domain::SessionKind::DayStart, tomorrow - minutes(15));
    REQUIRE(exits_sent(desk).empty());
    desk.session(domain::SessionKind::Open, tomorrow);
    REQUIRE(exits_sent(desk).size() == 1);
    desk.check_recovery();
}

TEST_CASE("an exit of a group that is still entering cancels the entry and takes out what is in") {
    Desktop desk;
    desk.open_session();
    desk.quotes(at(9, 20), {quote(call(24550), 99.90, 100.00)});
    const uint64_t id =
        desk.decide(desk.approval({leg(call(24550), Side::Buy, 75, 100.50)}), at(9, 20));
    desk.quotes(at(9, 20, 1), {quote(call(24550), 99.90, 100.00, 50)});
    desk.reduce(id, ReasonCode::ExitStrategy, at(9, 20, 2));
    REQUIRE(exits_sent(desk).empty());  // the entry may still fill
    desk.advance_to(at(9, 20, 3));
    REQUIRE(exits_sent(desk).size() == 1);
    REQUIRE(exits_sent(desk)[0].quantity == units(50));
    desk.quotes(at(9, 20, 4), {quote(call(24550), 99.90, 100.00)});
    REQUIRE(desk.last_step(id).state == GroupState::Closed);
    desk.check_recovery();
}

TEST_CASE("an exit the venue rejects is tried again, not at once") {
    Desktop desk;
    desk.open_session();
    const uint64_t id = desk.open_call();
    desk.reduce(id, ReasonCode::ExitStrategy, at(10, 0));
    VenueReport rejected;
    rejected.kind = VenueReportKind::Rejected;
    rejected.child = {id, 0, 0, 0, true};
    desk.report(rejected, at(10, 0, 0) + milliseconds(50));
    REQUIRE(exits_sent(desk).size() == 1);
    desk.advance_to(at(10, 0, 6));
    REQUIRE(exits_sent(desk).size() == 2);
}

TEST_CASE("the operator's flatten halts and closes everything") {
    Desktop desk;
    desk.open_session();
    const uint64_t id = desk.open_straddle();
    desk.command(domain::OperatorAct::Flatten, at(10, 0));
    desk.quotes(at(10, 0, 1), {quote(call(24550), 118.60, 118.70), quote(put(24550), 95.3, 95.4)});
    REQUIRE(desk.last_step(id).state == GroupState::Closed);
    REQUIRE(desk.last_step(id).reason.code == ReasonCode::ExitFlatten);
    REQUIRE(desk.last_step(desk.decide(desk.approval({leg(call(24550), Side::Buy, 75, 119.0)}),
                                       at(10, 0, 2)))
                .reason.code == ReasonCode::GateHalted);
}

}  // namespace sauda::execution::test
