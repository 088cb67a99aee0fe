#include "tests/unit/services/execution/fixture.h"

namespace sauda::execution::test {

using domain::LedgerKind;

TEST_CASE("charges of the golden straddle are rounded once per child order") {
    Desktop desk;
    desk.open_session();
    const uint64_t id = desk.open_straddle();
    desk.reduce(id, ReasonCode::ExitStrategy, at(14, 0));
    // In pieces: what is booked must not depend on how an order was filled.
    desk.quotes(at(14, 0, 1),
                {quote(call(24550), 47.70, 47.75, 10), quote(put(24550), 142.30, 142.35, 40)});
    desk.quotes(at(14, 0, 1) + milliseconds(250),
                {quote(call(24550), 47.70, 47.75, 20), quote(put(24550), 142.30, 142.35, 35)});
    REQUIRE(desk.group(id).state == GroupState::Exiting);
    // The exits went out at the touch of 09:20; the call's is above the market and has filled.
    desk.quotes(at(14, 0, 1) + milliseconds(500),
                {quote(call(24550), 47.70, 47.75, 45), quote(put(24550), 142.30, 142.35, 75)});
    for (int i = 2; i < 20 && desk.group(id).state != GroupState::Closed; ++i) {
        desk.quotes(at(14, 0, i), {quote(put(24550), 142.30, 142.35)});
    }
    REQUIRE(desk.group(id).state == GroupState::Closed);
    const auto charges = desk.core().state().book.charges(kAccount);
    REQUIRE(charges.brokerage == money(80.00));
    REQUIRE(charges.stt == money(8.90 + 7.15));
    REQUIRE(charges.exchange == money(3.16 + 2.54 + 1.27 + 3.79));
    REQUIRE(charges.sebi == money(0.03));
    REQUIRE(charges.stamp == money(0.43));
    REQUIRE(charges.gst == money(16.34));
    REQUIRE(charges.total() == money(123.61));
    REQUIRE(desk.last_step(id).pnl == money(1785.00));
    REQUIRE(desk.last_step(id).charges == money(123.61));
}

TEST_CASE("the close books what the contract note adds to orders rounded one by one") {
    Desktop desk;
    desk.open_session();
    const uint64_t id = desk.open_straddle();
    desk.reduce(id, ReasonCode::ExitStrategy, at(14, 0));
    for (int i = 1; i < 20 && desk.group(id).state != GroupState::Closed; ++i) {
        desk.quotes(at(14, 0, i),
                    {quote(call(24550), 47.70, 47.75), quote(put(24550), 142.30, 142.35)});
    }
    REQUIRE(desk.group(id).state == GroupState::Closed);
    REQUIRE(desk.ledger(LedgerKind::Correction).empty());
    desk.session(domain::SessionKind::Close, at(15, 30));
    const auto corrections = desk.ledger(LedgerKind::Correction);
    REQUIRE(corrections.size() == 1);
    REQUIRE(corrections[0].account == kAccount);
    REQUIRE(corrections[0].charges.stt == money(-0.01));
    REQUIRE(corrections[0].charges.exchange == money(0.01));
    const auto charges = desk.core().state().book.charges(kAccount);
    REQUIRE(charges.stt == money(16.04));
    REQUIRE(charges.exchange == money(10.77));
    REQUIRE(charges.total() == money(123.61));
    desk.session(domain::SessionKind::Close, at(15, 31));
    REQUIRE(desk.ledger(LedgerKind::Correction).size() == 1);
    desk.check_recovery();
}

TEST_CASE("ledger ids count up and executions are named after their child") {
    Desktop desk;
    desk.open_session();
    desk.open_straddle();
    const auto entries = sauda::test::payloads_of<domain::LedgerEntry>(desk.events());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        REQUIRE(entries[i].id == i + 1);
    }
    REQUIRE(desk.ledger(LedgerKind::Fill)[0].execution == "PG1.0.0.0-1");
}

TEST_CASE("partial fills are booked one by one with brokerage once") {
    Desktop desk;
    desk.open_session();
    desk.quotes(at(9, 20), {quote(call(24550), 99.90, 100.00)});
    desk.decide(desk.approval({leg(call(24550), Side::Buy, 75, 100.50)}), at(9, 20));
    desk.quotes(at(9, 20, 1), {quote(call(24550), 99.90, 100.00, 20)});
    desk.quotes(at(9, 20, 2), {quote(call(24550), 99.90, 100.20, 55)});
    const auto fills = desk.ledger(LedgerKind::Fill);
    REQUIRE(fills.size() == 2);
    REQUIRE(fills[0].quantity == units(20));
    REQUIRE(fills[0].charges.brokerage == Money::from_rupees(20));
    REQUIRE(fills[1].charges.brokerage.is_zero());
    REQUIRE(fills[1].execution == "PG1.0.0.0-2");
    domain::Charges sum = fills[0].charges;
    sum += fills[1].charges;
    const auto rates =
        *rules_of_2025()->charge_rates(domain::Exchange::NSE, ContractKind::Call, kToday);
    const Money turnover = rupees(100.0) * units(20) + rupees(100.2) * units(55);
    REQUIRE(sum == domain::charges_of(rates, Side::Buy, turnover, true));
}

TEST_CASE("settlement closes a long option in the money at intrinsic value and charges STT") {
    Desktop desk;
    desk.open_session();
    const uint64_t id = desk.open_call();
    desk.session(domain::SessionKind::Close, at(15, 4));
    desk.settle(24'700, at(15, 4, 30));
    const auto settled = desk.ledger(LedgerKind::Settlement);
    REQUIRE(settled.size() == 1);
    REQUIRE(settled[0].price == rupees(150));
    REQUIRE(settled[0].side == Side::Sell);
    REQUIRE(settled[0].quantity == units(75));
    const auto exercised = desk.ledger(LedgerKind::Exercise);
    REQUIRE(exercised.size() == 1);
    REQUIRE(exercised[0].charges.stt == money(14.06));  // 0.125 % of 11,250
    REQUIRE(exercised[0].charges.total() == money(14.06));
    REQUIRE(desk.last_step(id).state == GroupState::Closed);
    REQUIRE(desk.last_step(id).reason.code == ReasonCode::ExitExpiry);
    REQUIRE(desk.last_step(id).pnl == money(50 * 75));
    check_invariants(desk);
    desk.check_recovery();
}

TEST_CASE("settlement of shorts pays the intrinsic value, charges nothing, and zero is a price") {
    Desktop desk;
    desk.open_session();
    const uint64_t id = desk.open_straddle();
    desk.session(domain::SessionKind::Close, at(15, 4));
    desk.settle(24'600, at(15, 4, 30));
    const auto settled = desk.ledger(LedgerKind::Settlement);
    REQUIRE(settled.size() == 2);
    REQUIRE(settled[0].price == rupees(50));
    REQUIRE(settled[0].side == Side::Buy);
    REQUIRE(settled[1].price.is_zero());
    REQUIRE(desk.ledger(LedgerKind::Exercise).empty());
    REQUIRE(desk.last_step(id).pnl == money((118.6 + 95.3 - 50) * 75));
    check_invariants(desk);
}

TEST_CASE("a long option out of the money expires without exercise") {
    Desktop desk;
    desk.open_session();
    const uint64_t id = desk.open_call();
    desk.session(domain::SessionKind::Close, at(15, 4));
    desk.settle(24'550, at(15, 4, 30));
    REQUIRE(desk.ledger(LedgerKind::Exercise).empty());
    REQUIRE(desk.last_step(id).pnl == money(-7500));
}

TEST_CASE("an exit that is working when its contract settles cannot fill any more") {
    Desktop desk;
    desk.open_session();
    const uint64_t id = desk.open_call();
    desk.reduce(id, ReasonCode::ExitStrategy, at(15, 4));
    desk.settle(24'700, at(15, 4, 1));
    desk.quotes(at(15, 4, 1) + milliseconds(50), {quote(call(24550), 149.0, 151.0)});
    REQUIRE(desk.group(id).state == GroupState::Closed);
    REQUIRE(desk.group(id).is_flat());
    REQUIRE(desk.ledger(LedgerKind::Fill).size() == 1);
    REQUIRE(desk.core().next_deadline() == Timestamp::max());
    desk.check_recovery();
}

TEST_CASE("settlement of another expiry leaves the position alone") {
    Desktop desk;
    desk.open_session();
    const uint64_t id = desk.open_call();
    domain::SessionEvent event;
    event.kind = domain::SessionKind::Settlement;
    event.exchange = domain::Exchange::NSE;
    event.underlying = domain::Underlying::NIFTY;
    event.expiry = base::date_of(2025, 9, 9);
    event.price = rupees(24'700);
    desk.input(StreamId::FeedSession, event, at(15, 4));
    REQUIRE(desk.ledger(LedgerKind::Settlement).empty());
    REQUIRE(desk.group(id).state == GroupState::Open);
}

}  // namespace sauda::execution::test
