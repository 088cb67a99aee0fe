#include "services/execution/core/slicing.h"
#include "tests/unit/services/execution/fixture.h"

namespace sauda::execution::test {

using K = GroupEventKind;

TEST_CASE("execution names itself once and deposits the capital once in the account's life") {
    Desktop desk;
    desk.open_session();
    desk.session(domain::SessionKind::DayStart, at(9, 0) + minutes(24 * 60));
    REQUIRE(sauda::test::payloads_of<domain::ExecutorEvent>(desk.events()).size() == 1);
    const auto deposits = desk.ledger(domain::LedgerKind::Deposit);
    REQUIRE(deposits.size() == 1);
    REQUIRE(deposits[0].amount == Money::from_rupees(1'000'000));
    REQUIRE(deposits[0].account == kAccount);
}

TEST_CASE("a straddle enters with both legs and never fills on the quote that caused it") {
    Desktop desk;
    desk.open_session();
    desk.quotes(at(9, 20), {quote(call(24550), 118.60, 118.70), quote(put(24550), 95.30, 95.40)});
    const uint64_t id = desk.decide(desk.approval({leg(call(24550), Side::Sell, 75, 118.00),
                                                   leg(put(24550), Side::Sell, 75, 95.00)}),
                                    at(9, 20));
    REQUIRE(desk.orders(OrderEventKind::Sent).size() == 2);
    desk.advance_to(at(9, 20) + milliseconds(200));
    REQUIRE(desk.orders(OrderEventKind::Accepted).size() == 2);
    REQUIRE(desk.orders(OrderEventKind::Fill).empty());
    desk.quotes(at(9, 20, 1), {quote(call(24550), 119.60, 119.70)});
    REQUIRE(desk.steps(id) == std::vector{K::Accepted, K::EntryStarted, K::LegFilled});
    desk.quotes(at(9, 20, 2), {quote(put(24550), 95.10, 95.20)});
    REQUIRE(desk.steps(id) ==
            std::vector{K::Accepted, K::EntryStarted, K::LegFilled, K::LegFilled, K::Opened});
    const auto fills = desk.orders(OrderEventKind::Fill);
    REQUIRE(fills[0].last_price == rupees(119.60));
    REQUIRE(fills[1].last_price == rupees(95.10));
    REQUIRE(to_text(fills[0].child) == "G1.0.0.0");
    desk.check_recovery();
}

TEST_CASE("hedges go first and the other legs only after every hedge is filled") {
    Desktop desk;
    desk.open_session();
    const std::vector<domain::Quote> now{quote(call(24600), 80.0, 80.1),
                                         quote(call(24700), 40.0, 40.1)};
    desk.quotes(at(9, 20), now);
    const uint64_t id = desk.decide(desk.approval({leg(call(24600), Side::Sell, 75, 79.0),
                                                   leg(call(24700), Side::Buy, 75, 41.0, true)}),
                                    at(9, 20));
    auto sent = desk.orders(OrderEventKind::Sent);
    REQUIRE(sent.size() == 1);
    REQUIRE(sent[0].contract == call(24700));
    desk.advance_to(at(9, 20, 1));
    REQUIRE(desk.orders(OrderEventKind::Sent).size() == 1);
    desk.quotes(at(9, 20, 2), now);
    sent = desk.orders(OrderEventKind::Sent);
    REQUIRE(sent.size() == 2);
    REQUIRE(sent[1].contract == call(24600));
    desk.quotes(at(9, 20, 3), now);
    REQUIRE(desk.group(id).state == GroupState::Open);
    desk.reduce(id, ReasonCode::ExitStrategy, at(9, 30));
    sent = desk.orders(OrderEventKind::Sent);
    REQUIRE(sent.size() == 3);
    REQUIRE(sent[2].contract == call(24600));  // the short first
    desk.quotes(at(9, 30, 1), now);
    sent = desk.orders(OrderEventKind::Sent);
    REQUIRE(sent.size() == 4);
    REQUIRE(sent[3].contract == call(24700));  // the hedge last
    desk.quotes(at(9, 30, 2), now);
    REQUIRE(desk.group(id).state == GroupState::Closed);
    desk.check_recovery();
}

TEST_CASE("quantities above the freeze are sliced into whole lots") {
    Desktop desk;
    desk.open_session();
    desk.quotes(at(9, 20), {quote(call(24550), 99.90, 100.00)});
    desk.decide(desk.approval({leg(call(24550), Side::Buy, 4500, 100.50)}), at(9, 20));
    const auto sent = desk.orders(OrderEventKind::Sent);
    REQUIRE(sent.size() == 3);
    REQUIRE(sent[0].quantity == units(1800));
    REQUIRE(sent[1].quantity == units(1800));
    REQUIRE(sent[2].quantity == units(900));
    REQUIRE(sent[2].child.slice == 2);
    const domain::Instrument odd{call(24550), units(65), rupees(0.05), units(1800), {}, 1, {}};
    REQUIRE(next_slice(units(2000), odd) == units(1755));
}

namespace {

// Sells a straddle of which only the call fills, 30 of 75 if `partial`; ends after the time-out.
uint64_t half_in(Desktop& desk, LegPolicy policy, bool partial = false) {
    desk.open_session();
    desk.quotes(at(9, 20), {quote(call(24550), 118.60, 118.70), quote(put(24550), 94.0, 94.1)});
    const uint64_t id = desk.decide(desk.approval({leg(call(24550), Side::Sell, 75, 118.00),
                                                   leg(put(24550), Side::Sell, 75, 95.00)},
                                                  policy),
                                    at(9, 20));
    desk.quotes(at(9, 20, 1), {quote(call(24550), 118.60, 118.70, partial ? 30 : 1000)});
    desk.quotes(at(9, 20, 2), {quote(put(24550), 94.0, 94.1)});
    REQUIRE(desk.group(id).state == GroupState::Entering);
    desk.advance_to(at(9, 20, 19));
    REQUIRE(desk.orders(OrderEventKind::CancelRequested).empty());
    desk.advance_to(at(9, 20, 20) + milliseconds(50));
    REQUIRE(desk.orders(OrderEventKind::CancelRequested).size() == (partial ? 2 : 1));
    desk.advance_to(at(9, 20, 21));
    return id;
}

}  // namespace

TEST_CASE("a partly filled entry is unwound after its time with policy unwind") {
    Desktop desk;
    const uint64_t id = half_in(desk, LegPolicy::Unwind, true);
    REQUIRE(desk.group(id).state == GroupState::Exiting);
    const auto sent = desk.orders(OrderEventKind::Sent);
    REQUIRE(sent.back().child.is_exit);
    REQUIRE(sent.back().quantity == units(30));
    desk.quotes(at(9, 20, 22), {quote(call(24550), 118.60, 118.70)});
    REQUIRE(desk.steps(id) ==
            std::vector{K::Accepted, K::EntryStarted, K::LegFailed, K::ExitStarted, K::Flattened});
    const auto last = desk.last_step(id);
    REQUIRE(last.state == GroupState::Closed);
    REQUIRE(last.reason.code == ReasonCode::ExitUnwind);
    REQUIRE(last.pnl == money(-0.10 * 30));
    desk.check_recovery();
}

TEST_CASE("with policy hold what is in stays and the rest is given up") {
    Desktop desk;
    const uint64_t id = half_in(desk, LegPolicy::Hold, true);
    REQUIRE(desk.group(id).state == GroupState::Open);
    REQUIRE(desk.group(id).legs[0].net == units(-30));
    REQUIRE_FALSE(desk.group(id).has_live_orders());
    desk.check_recovery();
}

TEST_CASE("with policy complete the missing leg is chased within the bounds of the approval") {
    Desktop desk;
    const uint64_t id = half_in(desk, LegPolicy::Complete);
    REQUIRE(desk.group(id).state == GroupState::Entering);
    auto sent = desk.orders(OrderEventKind::Sent);
    REQUIRE(sent.size() == 3);
    REQUIRE(to_text(sent[2].child) == "G1.1.0.1");
    REQUIRE(sent[2].limit < rupees(94.0));
    desk.quotes(at(9, 20, 22), {quote(put(24550), 93.80, 93.90)});
    REQUIRE(desk.group(id).state == GroupState::Open);
    desk.check_recovery();
}

TEST_CASE("a chased entry leg never goes beyond its bound, and is unwound when that fails") {
    Desktop desk;
    desk.open_session();
    desk.quotes(at(9, 20), {quote(call(24550), 118.60, 118.70), quote(put(24550), 94.0, 94.1)});
    auto decision = desk.approval(
        {leg(call(24550), Side::Sell, 75, 118.00), leg(put(24550), Side::Sell, 75, 95.00)},
        LegPolicy::Complete);
    decision.bounds[1].price_low = rupees(94.50);
    const uint64_t id = desk.decide(decision, at(9, 20));
    for (int second = 1; second < 120; ++second) {
        desk.quotes(at(9, 20) + seconds(second),
                    {quote(call(24550), 118.60, 118.70), quote(put(24550), 94.0, 94.1)});
    }
    for (const auto& order : desk.orders(OrderEventKind::Sent)) {
        const bool in_bound = order.child.leg == 0 || order.limit >= rupees(94.50);
        REQUIRE(in_bound);
    }
    REQUIRE(desk.group(id).state == GroupState::Closed);
    REQUIRE(desk.last_step(id).reason.code == ReasonCode::ExitUnwind);
    desk.check_recovery();
}

TEST_CASE("an entry of which nothing fills is refused as timed out") {
    Desktop desk;
    desk.open_session();
    desk.quotes(at(9, 20), {quote(call(24550), 101.0, 101.1)});
    auto decision = desk.approval({leg(call(24550), Side::Buy, 75, 100.50)}, LegPolicy::Complete);
    decision.intent.entry_timeout = seconds(7);
    const uint64_t id = desk.decide(decision, at(9, 20));
    desk.advance_to(at(9, 20, 8));
    REQUIRE(desk.steps(id) == std::vector{K::Accepted, K::EntryStarted, K::Refused});
    REQUIRE(desk.last_step(id).state == GroupState::Abandoned);
    REQUIRE(desk.last_step(id).reason.code == ReasonCode::EntryTimedOut);
    REQUIRE(desk.core().next_deadline() == Timestamp::max());
}

TEST_CASE("a fill that crosses our cancel on the wire completes the group") {
    Desktop desk;
    desk.open_session();
    desk.quotes(at(9, 20), {quote(call(24550), 101.0, 101.1)});
    const uint64_t id =
        desk.decide(desk.approval({leg(call(24550), Side::Buy, 75, 100.50)}), at(9, 20));
    desk.quotes(at(9, 20, 20) + milliseconds(50), {quote(call(24550), 100.2, 100.3)});
    REQUIRE(desk.orders(OrderEventKind::CancelRequested).size() == 1);
    REQUIRE(desk.group(id).state == GroupState::Open);
    desk.check_recovery();
}

TEST_CASE("a venue that rejects a leg unwinds the other one") {
    Desktop desk;
    desk.open_session();
    desk.quotes(at(9, 20), {quote(call(24550), 118.60, 118.70), quote(put(24550), 95.3, 95.4)});
    const uint64_t id = desk.decide(desk.approval({leg(call(24550), Side::Sell, 75, 118.00),
                                                   leg(put(24550), Side::Sell, 75, 95.00)}),
                                    at(9, 20));
    desk.quotes(at(9, 20, 1), {quote(call(24550), 118.60, 118.70)});
    VenueReport rejected;
    rejected.kind = VenueReportKind::Rejected;
    rejected.child = {id, 1, 0, 0, false};
    rejected.reason.code = ReasonCode::VenueRejected;
    desk.report(rejected, at(9, 20, 2));
    REQUIRE(desk.group(id).state == GroupState::Exiting);
    desk.quotes(at(9, 20, 3), {quote(call(24550), 118.60, 118.70)});
    REQUIRE(desk.group(id).state == GroupState::Closed);
    REQUIRE(desk.orders(OrderEventKind::Sent).size() == 3);
}

TEST_CASE("a fill after the cancel is the truth: told, booked, and taken out again") {
    Desktop desk;
    desk.open_session();
    desk.quotes(at(9, 20), {quote(call(24550), 101.0, 101.1)});
    const uint64_t id =
        desk.decide(desk.approval({leg(call(24550), Side::Buy, 75, 100.50)}), at(9, 20));
    desk.advance_to(at(9, 20, 30));
    REQUIRE(desk.group(id).state == GroupState::Abandoned);
    VenueReport late;
    late.kind = VenueReportKind::Fill;
    late.child = {id, 0, 0, 0, false};
    late.quantity = units(75);
    late.price = rupees(100.50);
    late.execution = "late-1";
    desk.report(late, at(9, 20, 31));
    desk.report(late, at(9, 20, 32));  // a duplicate
    REQUIRE(desk.ledger(domain::LedgerKind::Fill).size() == 1);
    REQUIRE(desk.alerts(ReasonCode::VenueRejected).size() == 1);
    REQUIRE(desk.group(id).legs[0].net == units(75));
    REQUIRE(desk.orders(OrderEventKind::Sent).back().child.is_exit);
    desk.quotes(at(9, 20, 33), {quote(call(24550), 101.0, 101.1)});
    REQUIRE(desk.group(id).is_flat());
    REQUIRE_FALSE(desk.group(id).is_active());
    desk.check_recovery();
}

TEST_CASE("a report for an order we do not know is an alert and nothing else") {
    Desktop desk;
    desk.open_session();
    VenueReport report;
    report.kind = VenueReportKind::Fill;
    report.child = {77, 0, 0, 0, false};
    report.quantity = units(75);
    desk.report(report, at(9, 21));
    REQUIRE(desk.alerts(ReasonCode::VenueRejected).size() == 1);
    REQUIRE(desk.orders(OrderEventKind::Fill).empty());
}

TEST_CASE("an order of unknown state counts as working and blocks its contract and side") {
    Desktop desk;
    desk.open_session();
    desk.quotes(at(9, 20), {quote(call(24550), 101.0, 101.1)});
    const auto decision = desk.approval({leg(call(24550), Side::Buy, 75, 100.50)});
    const uint64_t id = desk.decide(decision, at(9, 20));
    VenueReport lost;
    lost.kind = VenueReportKind::TimedOut;
    lost.child = {id, 0, 0, 0, false};
    desk.report(lost, at(9, 20, 1));
    const uint64_t other = desk.decide(decision, at(9, 20, 2));
    REQUIRE(desk.last_step(other).reason.code == ReasonCode::ContractBlocked);
    desk.advance_to(at(9, 20, 40));
    REQUIRE(desk.group(id).state == GroupState::Entering);
    lost.kind = VenueReportKind::NotFound;
    desk.report(lost, at(9, 20, 41));
    REQUIRE(desk.group(id).state == GroupState::Abandoned);
}

}  // namespace sauda::execution::test
