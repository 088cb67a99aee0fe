#include "tests/unit/services/execution/fixture.h"

#include <catch2/catch.hpp>

// MCX options that were not closed in time: they become the future at their strike.
namespace sauda::execution::test {

using domain::Exchange;
using domain::LedgerKind;
using domain::SessionKind;
using domain::Underlying;

namespace {

const Date kOptionExpiry = base::date_of(2025, 9, 15);
const ContractId kFuture =
    ContractId::future(Exchange::MCX, Underlying::CRUDEOIL, base::date_of(2025, 9, 19));

ContractId crude(ContractKind kind, int strike) {
    return ContractId::option(Exchange::MCX, Underlying::CRUDEOIL, kind, kOptionExpiry,
                              Price::from_rupees(strike));
}

class CrudeDesk : public Desktop {
 public:
    explicit CrudeDesk(bool has_future = true) : has_future_(has_future) {
        open_session();
        domain::SourceInfo source;
        source.name = "crude";
        source.underlying = Underlying::CRUDEOIL;
        source.interval = milliseconds(250);
        input(StreamId::FeedSession, source, at(9, 20));
        day(at(9, 20));
    }
    // Start and opening of a day of MCX.
    void day(Timestamp when) {
        mcx(SessionKind::DayStart, when);
        mcx(SessionKind::Open, when);
        if (has_future_) {
            domain::InstrumentBatch batch;
            batch.date = base::ist_date(when);
            batch.instruments = {
                {kFuture, units(100), rupees(1), units(10'000), units(10'000), 1, {}}};
            input(StreamId::FeedInstrument, batch, when);
        }
    }
    void mcx(SessionKind kind, Timestamp when, Price price = {}) {
        domain::SessionEvent event;
        event.kind = kind;
        event.exchange = Exchange::MCX;
        event.underlying = Underlying::CRUDEOIL;
        event.date = base::ist_date(when);
        event.expiry = kOptionExpiry;
        event.price = price;
        input(StreamId::FeedSession, event, when);
    }
    void crude_quotes(Timestamp when, std::vector<domain::Quote> list) {
        input(domain::market_data_stream(Underlying::CRUDEOIL),
              domain::QuoteBatch{Underlying::CRUDEOIL, std::move(list)}, when);
        check_invariants(*this);
    }
    // Opened at 09:21 at the touch; 140.00 bought, 139.90 sold.
    uint64_t open(const std::vector<std::pair<ContractId, Side>>& legs) {
        std::vector<domain::Leg> list;
        std::vector<domain::Quote> market;
        for (const auto& [contract, side] : legs) {
            list.push_back(leg(contract, side, 100, side == Side::Buy ? 140.5 : 139.5));
            market.push_back(quote(contract, 139.90, 140.00));
        }
        crude_quotes(at(9, 21), market);
        const uint64_t id = decide(approval(list), at(9, 21));
        crude_quotes(at(9, 21, 1), market);
        REQUIRE(group(id).state == GroupState::Open);
        return id;
    }
    void expire(double settlement) {
        mcx(SessionKind::Close, at(9, 30));
        mcx(SessionKind::Settlement, at(9, 30), rupees(settlement));
        check_invariants(*this);
    }

 private:
    bool has_future_;
};

}  // namespace

TEST_CASE("a long MCX call in the money becomes a long future, and that leaves at the opening") {
    CrudeDesk desk;
    const auto option = crude(ContractKind::Call, 5500);
    const uint64_t id = desk.open({{option, Side::Buy}});
    desk.expire(5600);

    const auto settled = desk.ledger(LedgerKind::Settlement);
    REQUIRE(settled.size() == 2);
    REQUIRE(settled[0].contract == option);
    REQUIRE(settled[0].side == Side::Sell);
    REQUIRE(settled[0].price.is_zero());
    REQUIRE(settled[1].contract == kFuture);
    REQUIRE(settled[1].side == Side::Buy);
    REQUIRE(settled[1].quantity == units(100));
    REQUIRE(settled[1].price == rupees(5500));
    const auto exercised = desk.ledger(LedgerKind::Exercise);
    REQUIRE(exercised.size() == 1);
    REQUIRE(exercised[0].charges.total() == money(0.56));  // 0.0001 % of 5,600 x 100
    REQUIRE(desk.alerts(ReasonCode::Devolved).size() == 1);
    REQUIRE(desk.group(id).state == GroupState::Exiting);
    REQUIRE(desk.group(id).legs.back().net == units(100));
    desk.advance_to(at(9, 40));
    REQUIRE_FALSE(desk.group(id).has_live_orders());  // nothing before the opening
    desk.check_recovery();

    const auto next = at(9, 30) + minutes(24 * 60);
    desk.day(next);
    desk.crude_quotes(next, {quote(kFuture, 5629, 5630)});
    desk.crude_quotes(next + milliseconds(100), {quote(kFuture, 5629, 5630)});
    desk.advance_to(next + milliseconds(200));
    desk.crude_quotes(next + seconds(1), {quote(kFuture, 5629, 5630)});
    REQUIRE(desk.group(id).state == GroupState::Closed);
    REQUIRE(desk.last_step(id).reason.code == ReasonCode::ExitExpiry);
    REQUIRE(desk.last_step(id).pnl == money((5629 - 5500 - 140) * 100));
    desk.check_recovery();
}

TEST_CASE("a short MCX put in the money becomes a long future and its writer pays no tax") {
    CrudeDesk desk;
    const uint64_t id = desk.open({{crude(ContractKind::Put, 5700), Side::Sell}});
    desk.expire(5600);
    const auto settled = desk.ledger(LedgerKind::Settlement);
    REQUIRE(settled.size() == 2);
    REQUIRE(settled[1].side == Side::Buy);
    REQUIRE(settled[1].price == rupees(5700));
    REQUIRE(desk.ledger(LedgerKind::Exercise).empty());
    REQUIRE(desk.group(id).legs.back().net == units(100));
    desk.check_recovery();
}

TEST_CASE("two options in the money of one spread cancel out in the future") {
    CrudeDesk desk;
    const uint64_t id = desk.open({{crude(ContractKind::Call, 5400), Side::Buy},
                                   {crude(ContractKind::Call, 5500), Side::Sell}});
    desk.expire(5600);
    REQUIRE(desk.ledger(LedgerKind::Settlement).size() == 4);
    REQUIRE(desk.group(id).is_flat());
    REQUIRE(desk.group(id).state == GroupState::Closed);
    REQUIRE(desk.last_step(id).pnl == money((100 - 140 + 139.9) * 100));
    desk.check_recovery();
}

TEST_CASE("an MCX option out of the money ends worthless without a future") {
    CrudeDesk desk;
    const uint64_t id = desk.open({{crude(ContractKind::Call, 5600), Side::Buy}});
    desk.expire(5600);
    REQUIRE(desk.ledger(LedgerKind::Settlement).size() == 1);
    REQUIRE(desk.alerts(ReasonCode::Devolved).empty());
    REQUIRE(desk.group(id).state == GroupState::Closed);
}

TEST_CASE("where the feed told of no future, an MCX option is booked in cash and the owner told") {
    CrudeDesk desk(false);
    const uint64_t id = desk.open({{crude(ContractKind::Call, 5500), Side::Buy}});
    desk.expire(5600);
    const auto settled = desk.ledger(LedgerKind::Settlement);
    REQUIRE(settled.size() == 1);
    REQUIRE(settled[0].price == rupees(100));
    REQUIRE(desk.alerts(ReasonCode::ContractUnknown).size() == 1);
    REQUIRE(desk.group(id).state == GroupState::Closed);
    desk.check_recovery();
}

}  // namespace sauda::execution::test
