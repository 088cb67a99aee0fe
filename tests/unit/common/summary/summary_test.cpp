#include "common/summary/figures.h"
#include "tests/unit/common/summary/summary_fixture.h"

#include <catch2/catch.hpp>

using namespace sauda;
using namespace sauda::summary;
using namespace sauda::summary::test;

namespace {

bool has(const std::string& page, const std::string& words) {
    return page.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("the golden trade comes out to the paisa") {
    Day day;
    day.start();
    day.golden_trade();
    const auto f = figures_of(day.summary);
    REQUIRE(f.trades.size() == 1);
    const Trade& trade = *f.trades[0].trade;
    CHECK(trade.gross == Money::from_paise(178'500));
    CHECK(trade.charges == Money::from_paise(12'361));
    CHECK(trade.net() == Money::from_paise(166'139));
    CHECK(f.charges.brokerage == Money::from_rupees(80));
    CHECK(f.charges.stt == Money::from_paise(890 + 715));
    REQUIRE(f.money.size() == 1);
    CHECK(f.money[0].start == Money::from_rupees(10'00'000));
    CHECK(f.money[0].realised == Money::from_paise(178'500));
    CHECK(f.money[0].unrealised.is_zero());
    CHECK(f.money[0].end == Money::from_paise(10'01'661'39));
    CHECK(f.money[0].on_capital == 1'661);
    CHECK(f.money[0].on_margin == 7'223);  // 1,661.39 of 2,30,000
    CHECK(f.charges_of_gross == 69'249);
    CHECK(f.break_even == Price::from_raw(16'481));  // 123.61 / 75 units
    CHECK(day.summary.imbalances() == std::vector<std::string>{});
    CHECK(f.bots.at(0).won == 1);

    const auto page = text(day.summary, {});
    CHECK(has(page, "sell 75 24550 CE 118.60 > 47.75, sell 75 24550 PE 95.30 > 142.35"));
    CHECK(has(page, "+1,785.00"));
    CHECK(has(page, "+1,661.39"));
    CHECK(has(page,
              "start 10,00,000.00, realised +1,785.00, unrealised 0.00, charges 123.61, end "
              "10,01,661.39"));
    CHECK(has(page, "the books balance"));
    CHECK(has(page, "Fri 29-Aug-2025"));
    CHECK(has(page, "restarts unknown"));
    CHECK(trades_csv(day.summary) ==
          "number,date,group,bot,account,legs,in,out,why_out,stop_price,fill_price,gross,charges,"
          "net\n1,2025-08-29,1,straddle1,standard,\"sell 75 24550 CE 118.60 > 47.75, sell 75 24550 "
          "PE 95.30 > 142.35\",09:31:00.000,14:00:02.000,target,,190.10,1785.00,123.61,1661.39\n");
    CHECK(has(json(day.summary, {}), "\"net\": \"1661.39\""));
    if (std::getenv("SAUDA_SHOW_PAGE") != nullptr) {
        WARN(page);
    }
}

TEST_CASE("any ledger entry that is missing breaks the balance, and is named") {
    for (uint64_t dropped = 2; dropped <= 6; ++dropped) {
        Day day;
        day.dropped = dropped;
        day.start();
        day.golden_trade();
        CHECK_FALSE(day.summary.books_balance());
        const auto page = text(day.summary, {});
        CHECK(has(page, "BOOKS DO NOT BALANCE"));
        CHECK(has(page, "ledger entry " + std::to_string(dropped) +
                            " is in risk's positions and missing from the ledger"));
    }
}

TEST_CASE("a missing deposit shows at the day's end") {
    Day day;
    day.dropped = 1;
    day.start();
    AccountEvent end;
    end.kind = AccountEventKind::DayEnded;
    end.account = "standard";
    end.capital = Money::from_rupees(10'00'000);
    end.equity = end.capital;
    end.ledger_entry = 1;
    day.add(StreamId::RiskState, end, at(15, 45));
    REQUIRE(day.summary.imbalances().size() == 1);
    CHECK(day.summary.imbalances()[0] ==
          "capital of standard: the ledger says 0.00, risk says 10,00,000.00");
}

TEST_CASE("risk's day end is held against the ledger") {
    Day day;
    day.start();
    day.golden_trade();
    AccountEvent end;
    end.kind = AccountEventKind::DayEnded;
    end.account = "standard";
    end.date = friday();
    end.capital = Money::from_rupees(10'00'000);
    end.realised = Money::from_paise(178'500);
    end.charges = Money::from_paise(12'361);
    end.equity = Money::from_paise(10'01'661'39);
    end.ledger_entry = 6;
    day.add(StreamId::RiskState, end, at(15, 45));
    CHECK(day.summary.books_balance());
    end.realised += Money::from_paise(1);
    end.equity += Money::from_paise(1);
    day.add(StreamId::RiskState, end, at(15, 45));
    REQUIRE(day.summary.imbalances().size() == 1);
    CHECK(day.summary.imbalances()[0] ==
          "realised P&L of standard: the ledger says 1,785.00, risk says 1,785.01");
}

TEST_CASE("a correction that risk counts after the day's end is no imbalance") {
    Day day;
    day.start();
    day.golden_trade();
    AccountEvent end;
    end.kind = AccountEventKind::DayEnded;
    end.account = "standard";
    end.capital = Money::from_rupees(10'00'000);
    end.realised = Money::from_paise(178'500);
    end.charges = Money::from_paise(12'361);
    end.equity = Money::from_paise(10'01'661'39);
    end.ledger_entry = 6;
    Charges true_up;
    true_up.stt = Money::from_paise(2);
    day.correct(true_up, at(15, 30));  // entry 7: free running, out of step
    day.add(StreamId::RiskState, end, at(15, 45));
    CHECK(day.summary.imbalances() == std::vector<std::string>{});
}

TEST_CASE("an open position is marked at the closing side, in equity and in the live line") {
    Day day;
    day.start();
    day.quotes(at(9, 30),
               {{ContractKind::Call, 11'860, 11'900}, {ContractKind::Put, 9'500, 9'530}});
    day.fill(Side::Sell, ContractKind::Call, 11'860, at(9, 31), {}, false);
    CHECK(day.summary.live_line() ==
          "09:31:00  P&L -30.00  open 1 trade (1 contract)  last: session open");
    day.group(GroupEventKind::Opened, GroupState::Open, at(9, 31));
    day.quotes(at(10, 42, 16), {{ContractKind::Call, 10'100, 10'214}});
    day.session(SessionKind::StaleEnd, at(10, 42, 17), base::seconds(300));
    CHECK(day.summary.live_line() ==
          "10:42:17  P&L +1,234.50  open 1 trade (1 contract)  last: entry straddle1");
    day.quotes(at(11, 0), {{ContractKind::Call, 12'900, 13'000}});
    day.session(SessionKind::Close, at(15, 30));
    const auto f = figures_of(day.summary);
    REQUIRE(f.open.size() == 1);
    CHECK(f.open[0].mark == Price::from_paise(13'000));
    CHECK(f.money[0].unrealised == Money::from_paise(-1'140 * 75));
    CHECK(f.money[0].drawdown == Money::from_paise((13'000 - 10'214) * 75));
    CHECK(day.summary.books_balance());
    CHECK(has(text(day.summary, {}), "stale periods 0 (longest") == false);
}

TEST_CASE("a stop shows its price and the fill it got") {
    Day day;
    day.start();
    day.fill(Side::Sell, ContractKind::Call, 11'860, at(9, 31), {}, false);
    day.fill(Side::Sell, ContractKind::Put, 9'530, at(9, 31), {}, false);
    day.group(GroupEventKind::ExitStarted, GroupState::Exiting, at(10, 0),
              {ReasonCode::ExitStop, {}}, Money::from_rupees(-1'500));
    day.fill(Side::Buy, ContractKind::Call, 13'400, at(10, 0, 1), {}, true);
    day.fill(Side::Buy, ContractKind::Put, 10'110, at(10, 0, 1), {}, true);
    const auto f = figures_of(day.summary);
    REQUIRE(f.trades.size() == 1);
    CHECK(f.trades[0].why == "stop");
    CHECK(f.trades[0].stop_to_fill == "233.90 > 235.10");  // 213.90 + 1,500 / 75
    CHECK(has(day.summary.live_line(), "last: stop hit straddle1"));
}

TEST_CASE("a day without trades says why in words") {
    Day day;
    day.start();
    CHECK(has(text(day.summary, {}), "none, because no bot was running"));
    for (int i = 0; i < 3; ++i) {
        day.decision(Verdict::Denied, {ReasonCode::DataStale, {}}, at(10, i));
    }
    day.decision(Verdict::Denied, {ReasonCode::DailyLoss, {}}, at(11, 0));
    const auto page = text(day.summary, {});
    CHECK(has(page, "none. The most frequent reason, 3 times: "));
    CHECK(has(page, "Denied   3 x DATA_STALE"));
    CHECK(has(page, "1 x DAILY_LOSS"));
    const auto f = figures_of(day.summary);
    CHECK(f.bots.at(0).activity->denied == 4);
}

TEST_CASE("the straddle of 09:30 until 15:10 is a benchmark after charges") {
    Day day;
    day.start();
    day.quotes(at(9, 20),
               {{ContractKind::Call, 20'000, 20'010}, {ContractKind::Put, 20'000, 20'010}});
    day.quotes(at(9, 30, 5),
               {{ContractKind::Call, 11'860, 11'900}, {ContractKind::Put, 9'530, 9'560}});
    day.quotes(at(12, 0), {{ContractKind::Call, 9'000, 9'010}, {ContractKind::Put, 9'000, 9'010}});
    day.quotes(at(15, 10),
               {{ContractKind::Call, 4'700, 4'775}, {ContractKind::Put, 14'200, 14'235}});
    day.quotes(at(15, 29), {{ContractKind::Call, 1'000, 1'010}, {ContractKind::Put, 1'000, 1'010}});
    day.session(SessionKind::Close, at(15, 30));
    const auto f = figures_of(day.summary);
    REQUIRE(f.straddle_sale.has_value());
    // 1,785.00 less the charges of four orders, each rounded by itself (123.61 over the whole
    // note).
    const Money charges = Money::from_paise(178'500) - *f.straddle_sale;
    CHECK((charges - Money::from_paise(12'361)).abs() <= Money::from_paise(3));
    CHECK(day.summary.market()->first_straddle()->total() == Price::from_paise(40'010));
    // 400.10 until expiry, three trading days away with today: 400.10 x sqrt(1/3).
    CHECK(f.expected_move == Price::from_raw(2'309'978));
}

TEST_CASE("orders count, and slippage is against mid and touch of the moment they were sent") {
    Day day;
    day.start();
    using K = OrderEventKind;
    day.order(K::Placed, OrderState::Pending, at(9, 31), 11'880, 11'860, 0);
    day.order(K::Sent, OrderState::Sent, at(9, 31), 0, 0, 0);
    day.order(K::Fill, OrderState::Filled, at(9, 31, 2), 0, 0, 11'840);
    day.order(K::Placed, OrderState::Pending, at(9, 32), 11'880, 11'860, 0, 1);
    day.order(K::Sent, OrderState::Sent, at(9, 32), 0, 0, 0, 1);
    day.order(K::Cancelled, OrderState::Cancelled, at(9, 33), 0, 0, 0, 1);
    // What risk took note of repeats what execution said.
    OrderEvent note;
    note.kind = K::Fill;
    note.state = OrderState::Filled;
    note.side = Side::Sell;
    note.last_quantity = base::units(75);
    note.last_price = Price::from_paise(11'840);
    day.add(StreamId::RiskExposure, note, at(9, 31, 2));
    note.kind = K::Cancelled;
    note.state = OrderState::Cancelled;
    day.add(StreamId::RiskExposure, note, at(9, 33));
    const auto& orders = day.summary.orders();
    CHECK(orders.counts().sent == 2);
    CHECK(orders.counts().filled == 1);
    CHECK(orders.counts().cancelled == 1);
    CHECK(orders.counts().repriced == 1);
    CHECK(orders.against_mid().amount == Money::from_rupees(30));    // 0.40 x 75
    CHECK(orders.against_touch().amount == Money::from_rupees(15));  // 0.20 x 75
    CHECK(orders.time_to_fill()->first == base::seconds(2));
}

TEST_CASE("the worst use of each limit is kept") {
    Day day;
    day.start();
    const auto check = [](int64_t value, bool passed) {
        return CheckResult{ReasonCode::MarginTotal, value, 7'000'000, Unit::Rupees, passed, true};
    };
    day.decision(Verdict::Approved, {}, at(10, 0), {}, {check(3'500'000, true)});
    day.decision(Verdict::Approved, {}, at(10, 1), {}, {check(2'000'000, true)});
    const auto& use = day.summary.bots().limits().at(ReasonCode::MarginTotal);
    CHECK(use.value == 3'500'000);
    CHECK(use.use == 500'000);
    // A floor: passes above its limit, so the nearest is the smallest value.
    day.decision(Verdict::Approved, {}, at(10, 2), {},
                 {CheckResult{ReasonCode::CostGate, 900, 300, Unit::Rupees, true, false}});
    CHECK(day.summary.bots().limits().at(ReasonCode::CostGate).use == 333'333);
}

TEST_CASE("a second day starts from the equity of the first") {
    Day day;
    day.start();
    day.golden_trade();
    SessionEvent next;
    next.kind = SessionKind::DayStart;
    next.exchange = Exchange::NSE;
    next.date = base::date_of(2025, 9, 1);
    const auto monday = at(9, 0) + base::minutes(3 * 24 * 60);
    day.add(StreamId::FeedSession, next, monday);
    const auto f = figures_of(day.summary);
    CHECK(f.trades.empty());
    REQUIRE(f.money.size() == 1);
    CHECK(f.money[0].start == Money::from_paise(10'01'661'39));
    CHECK(f.money[0].end == f.money[0].start);
    CHECK(f.money[0].charges.is_zero());
    CHECK(day.summary.books_balance());
}

TEST_CASE("a restored summary prints the same page") {
    Day day;
    day.start();
    day.quotes(at(9, 30),
               {{ContractKind::Call, 11'860, 11'900}, {ContractKind::Put, 9'530, 9'560}});
    day.golden_trade();
    SessionSummary copy(rules());
    const std::string bytes = base::save_to_bytes(day.summary);
    base::BinaryReader again(bytes);
    again.read(copy);
    REQUIRE(again.ok());
    CHECK(again.at_end());
    CHECK(text(copy, {}) == text(day.summary, {}));
    CHECK(json(copy, {}) == json(day.summary, {}));
}

TEST_CASE("a holiday and an empty bus make a page without figures") {
    Day day;
    SessionEvent holiday;
    holiday.kind = SessionKind::Holiday;
    holiday.date = base::date_of(2025, 8, 27);
    holiday.detail = "Ganesh Chaturthi";
    day.add(StreamId::FeedSession, holiday, at(9, 0));
    const auto page = text(day.summary, {});
    CHECK(has(page, "The exchange is closed: Ganesh Chaturthi."));
    CHECK(has(page, "none, because the exchange was closed"));
    CHECK(has(page, "Money    no account"));
    CHECK(day.summary.books_balance());
    CHECK_FALSE(text(SessionSummary(), {}).empty());
    CHECK_FALSE(json(SessionSummary(), {}).empty());
}
