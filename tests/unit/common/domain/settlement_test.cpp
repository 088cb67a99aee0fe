#include "common/domain/settlement.h"

#include "common/domain/position_book.h"

#include <catch2/catch.hpp>

using namespace sauda::domain;
using sauda::base::date_of;

namespace {

Money paise(int64_t n) { return Money::from_paise(n); }
Price rupees(int64_t n) { return Price::from_rupees(n); }

ContractId nifty(ContractKind kind, int64_t strike) {
    return ContractId::option(Exchange::NSE, Underlying::NIFTY, kind, date_of(2025, 9, 2),
                              rupees(strike));
}
ContractId crude(ContractKind kind, int64_t strike) {
    return ContractId::option(Exchange::MCX, Underlying::CRUDEOIL, kind, date_of(2026, 10, 15),
                              rupees(strike));
}
const ContractId kCrudeFuture =
    ContractId::future(Exchange::MCX, Underlying::CRUDEOIL, date_of(2026, 10, 19));

ChargeRates nse_rates() {
    ChargeRates rates;
    rates.stt_exercise = 1'250'000;  // 0.125 %
    return rates;
}
ChargeRates mcx_rates() {
    ChargeRates rates;
    rates.stt_exercise = 1'000;  // 0.0001 %
    return rates;
}

ExpiryResult expire_nifty(ContractKind kind, int64_t strike, int64_t net) {
    return expire(nifty(kind, strike), units(net), rupees(24'600), OptionSettlement::Cash,
                  nse_rates(), std::nullopt);
}
ExpiryResult expire_crude(ContractKind kind, int64_t strike, int64_t net,
                          std::optional<ContractId> future = kCrudeFuture) {
    return expire(crude(kind, strike), units(net), rupees(5'600), OptionSettlement::Future,
                  mcx_rates(), future);
}

}  // namespace

TEST_CASE("an option in the money closes at its intrinsic value and the holder pays the tax") {
    const auto call = expire_nifty(ContractKind::Call, 24'500, 75);
    CHECK(call.close_price == rupees(100));
    CHECK(call.is_exercised);
    CHECK(call.charges.stt == paise(938));  // 0.125 % of 7,500 = 9.375
    CHECK(call.charges.total() == call.charges.stt);
    CHECK_FALSE(call.future);
    const auto put = expire_nifty(ContractKind::Put, 24'900, 75);
    CHECK(put.close_price == rupees(300));
    CHECK(put.charges.stt == paise(2813));  // 0.125 % of 22,500 = 28.125
}

TEST_CASE("a writer pays no tax of exercise") {
    const auto call = expire_nifty(ContractKind::Call, 24'500, -75);
    CHECK(call.close_price == rupees(100));
    CHECK(call.is_exercised);
    CHECK(call.charges == Charges{});
}

TEST_CASE("an option at or out of the money ends worthless and untaxed") {
    for (const auto kind : {ContractKind::Call, ContractKind::Put}) {
        for (const int64_t net : {75, -75}) {
            CHECK(expire_nifty(kind, 24'600, net) == ExpiryResult{});
        }
    }
    CHECK(expire_nifty(ContractKind::Call, 24'700, 75) == ExpiryResult{});
    CHECK(expire_nifty(ContractKind::Put, 24'500, 75) == ExpiryResult{});
}

TEST_CASE("a future closes at the settlement price") {
    const auto future = ContractId::future(Exchange::NSE, Underlying::NIFTY, date_of(2025, 9, 30));
    const auto end = expire(future, units(-75), rupees(24'600), OptionSettlement::Cash, nse_rates(),
                            std::nullopt);
    CHECK(end.close_price == rupees(24'600));
    CHECK_FALSE(end.is_exercised);
    CHECK(end.charges == Charges{});
}

TEST_CASE("an MCX option in the money becomes the future at its strike") {
    const auto side = [](ContractKind kind, int64_t strike, int64_t net) {
        const auto end = expire_crude(kind, strike, net);
        REQUIRE(end.future);
        CHECK(end.future->contract == kCrudeFuture);
        CHECK(end.future->quantity == units(100));
        CHECK(end.future->price == rupees(strike));
        CHECK(end.close_price.is_zero());
        CHECK(end.is_exercised);
        return end.future->side;
    };
    CHECK(side(ContractKind::Call, 5'500, 100) == Side::Buy);
    CHECK(side(ContractKind::Call, 5'500, -100) == Side::Sell);
    CHECK(side(ContractKind::Put, 5'700, 100) == Side::Sell);
    CHECK(side(ContractKind::Put, 5'700, -100) == Side::Buy);
    CHECK_FALSE(expire_crude(ContractKind::Call, 5'600, 100).future);
    CHECK_FALSE(expire_crude(ContractKind::Put, 5'500, 100).future);
}

TEST_CASE("the tax of an exercised MCX option is on the settlement price, the holder's alone") {
    // 0.0001 % of 5,600 x 100 = 0.56.
    CHECK(expire_crude(ContractKind::Call, 5'500, 100).charges.stt == paise(56));
    CHECK(expire_crude(ContractKind::Call, 5'500, -100).charges == Charges{});
    CHECK(expire_crude(ContractKind::Call, 5'700, 100).charges == Charges{});
}

TEST_CASE("without a known future a devolving option is settled in cash") {
    const auto end = expire_crude(ContractKind::Call, 5'500, 100, std::nullopt);
    CHECK_FALSE(end.future);
    CHECK(end.close_price == rupees(100));
}

TEST_CASE("devolvement moves the option's worth into the future, to the paisa") {
    // Bought a call 5,500 at 140; the future settles at 5,600, is sold later at 5,630.
    for (const int64_t net : {100, -100}) {
        PositionBook book;
        LedgerEntry bought;
        bought.id = 1;
        bought.kind = LedgerKind::Fill;
        bought.account = "a";
        bought.contract = crude(ContractKind::Call, 5'500);
        bought.side = net > 0 ? Side::Buy : Side::Sell;
        bought.quantity = units(100);
        bought.price = rupees(140);
        book.apply(bought);
        const auto end = expire_crude(ContractKind::Call, 5'500, net);
        LedgerEntry closed = bought;
        closed.kind = LedgerKind::Settlement;
        closed.side = net > 0 ? Side::Sell : Side::Buy;
        closed.price = end.close_price;
        book.apply(closed);
        LedgerEntry opened = closed;
        opened.contract = end.future->contract;
        opened.side = end.future->side;
        opened.quantity = end.future->quantity;
        opened.price = end.future->price;
        const auto [key, future] = book.apply(opened);
        CHECK(future.net == units(net));
        CHECK(book.find({"a", Product::Unspecified, "", 0, bought.contract}).net.is_zero());
        const Money all = book.realised("a") + unrealised(future, rupees(5'630));
        CHECK(all == Money::from_rupees(net * (5'630 - 5'500 - 140)));
    }
}

TEST_CASE("rolling a future costs both half spreads and the charges of two orders") {
    ChargeRates rates;
    rates.brokerage_per_order = Money::from_rupees(20);
    rates.stt_sell = 500'000;  // 0.05 %
    rates.exchange = 18'300;   // 0.00183 %
    rates.sebi = 1'000;
    rates.stamp_buy = 20'000;  // 0.002 %
    rates.gst = 180'000'000;
    const RollQuotes quotes{Price::from_paise(2'600'000), Price::from_paise(2'600'300),
                            Price::from_paise(2'615'000), Price::from_paise(2'615'500)};
    const auto longs = roll_cost(units(65), quotes, rates);
    REQUIRE(longs);
    CHECK(longs->spread == Money::from_rupees(260));        // (3 + 5) / 2 x 65
    CHECK(longs->basis == Money::from_paise(15'100 * 65));  // 26152.50 - 26001.50 = 151
    CHECK(longs->charges.brokerage == Money::from_rupees(40));
    CHECK(longs->charges.stt == paise(84500));   // 0.05 % of 26000 x 65 = 845
    CHECK(longs->charges.stamp == paise(3400));  // 0.002 % of 26155 x 65 = 34.0015
    CHECK(longs->total() == longs->spread + longs->charges.total());
    const auto shorts = roll_cost(units(-65), quotes, rates);
    REQUIRE(shorts);
    CHECK(shorts->spread == longs->spread);
    CHECK(shorts->basis == -longs->basis);
    CHECK(shorts->charges.stt == paise(84988));  // 0.05 % of 26150 x 65 = 849.875
}

TEST_CASE("a roll without all four sides has no cost that could be known") {
    const ChargeRates rates;
    CHECK_FALSE(roll_cost(units(65), {rupees(100), rupees(101), {}, rupees(103)}, rates));
    CHECK_FALSE(roll_cost(units(65), {rupees(101), rupees(101), rupees(102), rupees(103)}, rates));
}
