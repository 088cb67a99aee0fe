#include "common/domain/market_rules.h"

#include <catch2/catch.hpp>

using namespace sauda::domain;
using sauda::base::date_of;
using sauda::base::minutes;

namespace {

Duration at(int64_t hour, int64_t minute) { return minutes(hour * 60 + minute); }

// Monday 2025-09-01 onwards; holiday on Tuesday the 9th, a Saturday session on the 13th, a
// muhurat hour on the holiday of Tuesday the 16th.
MarketRules small_rules() {
    MarketRules rules;
    rules.sessions = {
        {Exchange::NSE, date_of(2025, 9, 1), at(9, 15), at(15, 30), at(15, 30)},
        {Exchange::NSE, date_of(2025, 9, 22), at(9, 15), at(15, 40), at(15, 15), at(16, 15)}};
    rules.holidays = {{Exchange::NSE, date_of(2025, 9, 9), "A Holiday"},
                      {Exchange::NSE, date_of(2025, 9, 16), "Diwali"}};
    rules.special_sessions = {{Exchange::NSE, date_of(2025, 9, 13), at(9, 15), at(12, 30)},
                              {Exchange::NSE, date_of(2025, 9, 16), at(18, 15), at(19, 15)}};
    rules.lots = {{Underlying::NIFTY, date_of(2025, 9, 1), units(75)},
                  {Underlying::NIFTY, date_of(2025, 9, 23), units(65)}};
    rules.freezes = {{Underlying::NIFTY, date_of(2025, 9, 1), units(1800), units(18'000)},
                     {Underlying::BANKNIFTY, date_of(2025, 9, 1), units(600)}};
    rules.ticks = {
        {Underlying::NIFTY, ContractKind::Call, date_of(2025, 9, 1), Price::from_paise(5)},
        {Underlying::NIFTY, ContractKind::Spot, date_of(2025, 9, 1), Price::from_paise(5)}};
    rules.margins = {{Exchange::NSE, date_of(2025, 9, 10), {93'000, 20'000, 0}},
                     {Exchange::NSE, date_of(2025, 9, 20), {93'000, 20'000, 20'000}}};
    rules.protections = {{Exchange::NSE,
                          ContractKind::Call,
                          date_of(2025, 9, 1),
                          {Price::from_rupees(20), 400'000}}};
    rules.expiries = {
        {Exchange::NSE, Underlying::NIFTY, ExpiryCycle::Weekly, date_of(2025, 9, 1), 2},
        {Exchange::NSE, Underlying::BANKNIFTY, ExpiryCycle::Weekly, date_of(2025, 9, 1), 3},
        {Exchange::NSE, Underlying::BANKNIFTY, ExpiryCycle::Monthly, date_of(2025, 9, 1), 4},
        {Exchange::NSE, Underlying::BANKNIFTY, ExpiryCycle::Weekly, date_of(2025, 10, 1),
         kNoExpiry}};
    return rules;
}

ContractId call(Date expiry) {
    return ContractId::option(Exchange::NSE, Underlying::NIFTY, ContractKind::Call, expiry,
                              Price::from_rupees(24'500));
}

}  // namespace

TEST_CASE("a usual day has the hours of the row in force") {
    const auto rules = small_rules();
    const auto day = rules.day(Exchange::NSE, date_of(2025, 9, 3));
    CHECK(day.is_open);
    CHECK(day.open == sauda::base::ist(date_of(2025, 9, 3), at(9, 15)));
    CHECK(day.close == sauda::base::ist(date_of(2025, 9, 3), at(15, 30)));
    CHECK(day.day_end == day.close);
    const auto later = rules.day(Exchange::NSE, date_of(2025, 9, 22));
    CHECK(later.close == sauda::base::ist(date_of(2025, 9, 22), at(15, 40)));
    CHECK(later.spot_close == sauda::base::ist(date_of(2025, 9, 22), at(15, 15)));
    CHECK(later.day_end == sauda::base::ist(date_of(2025, 9, 22), at(16, 15)));
}

TEST_CASE("weekends, holidays and days without a rule are closed and say why") {
    const auto rules = small_rules();
    CHECK(rules.day(Exchange::NSE, date_of(2025, 9, 7)).holiday == "weekend");
    CHECK(rules.day(Exchange::NSE, date_of(2025, 9, 9)).holiday == "A Holiday");
    CHECK_FALSE(rules.day(Exchange::NSE, date_of(2025, 9, 9)).is_open);
    CHECK_FALSE(rules.day(Exchange::NSE, date_of(2025, 8, 29)).is_open);
    CHECK_FALSE(rules.day(Exchange::NSE, date_of(2025, 8, 29)).holiday.empty());
    CHECK_FALSE(rules.day(Exchange::BSE, date_of(2025, 9, 3)).is_open);
}

TEST_CASE("a special session overrides weekend and holiday with its own hours") {
    const auto rules = small_rules();
    const auto saturday = rules.day(Exchange::NSE, date_of(2025, 9, 13));
    CHECK(saturday.is_open);
    CHECK(saturday.close == sauda::base::ist(date_of(2025, 9, 13), at(12, 30)));
    CHECK(saturday.spot_close == saturday.close);
    CHECK(rules.day(Exchange::NSE, date_of(2025, 9, 16)).open ==
          sauda::base::ist(date_of(2025, 9, 16), at(18, 15)));
}

TEST_CASE("trading days are counted over weekends and holidays") {
    const auto rules = small_rules();
    CHECK(rules.next_trading_day(Exchange::NSE, date_of(2025, 9, 5)) == date_of(2025, 9, 8));
    CHECK(rules.next_trading_day(Exchange::NSE, date_of(2025, 9, 8)) == date_of(2025, 9, 10));
    CHECK(rules.previous_trading_day(Exchange::NSE, date_of(2025, 9, 10)) == date_of(2025, 9, 8));
    CHECK(rules.next_trading_day(Exchange::MCX, date_of(2025, 9, 8)) == Date{});
    // 8, 10, 11, 12, 13 (special)
    CHECK(rules.trading_days_between(Exchange::NSE, date_of(2025, 9, 5), date_of(2025, 9, 14)) ==
          5);
    CHECK(rules.trading_days_between(Exchange::NSE, date_of(2025, 9, 5), date_of(2025, 9, 5)) == 0);
}

TEST_CASE("an expiry on a holiday moves to the trading day before") {
    const auto rules = small_rules();
    CHECK(rules.next_expiry(Underlying::NIFTY, date_of(2025, 9, 2)) == date_of(2025, 9, 2));
    CHECK(rules.next_expiry(Underlying::NIFTY, date_of(2025, 9, 3)) == date_of(2025, 9, 8));
    // The holiday's own contract has expired the day before.
    CHECK(rules.next_expiry(Underlying::NIFTY, date_of(2025, 9, 9)) == date_of(2025, 9, 15));
    // Nothing settles in a muhurat hour.
    CHECK(rules.next_expiry(Underlying::NIFTY, date_of(2025, 9, 10)) == date_of(2025, 9, 15));
    CHECK_FALSE(rules.next_expiry(Underlying::SENSEX, date_of(2025, 9, 3)));
}

TEST_CASE("the week of a monthly expiry has no weekly one, and a cycle can end") {
    const auto rules = small_rules();
    CHECK(rules.next_expiry(Underlying::BANKNIFTY, date_of(2025, 9, 11)) == date_of(2025, 9, 17));
    CHECK(rules.next_expiry(Underlying::BANKNIFTY, date_of(2025, 9, 18)) == date_of(2025, 9, 25));
    CHECK(rules.next_expiry(Underlying::BANKNIFTY, date_of(2025, 9, 26)) == date_of(2025, 10, 30));
}

TEST_CASE("a contract's lot follows its expiry, not the trade date") {
    const auto rules = small_rules();
    const auto today = date_of(2025, 9, 3);
    const auto near = rules.instrument(call(date_of(2025, 9, 16)), today);
    REQUIRE(near);
    CHECK(near->lot == units(75));
    CHECK(near->tick == Price::from_paise(5));
    CHECK(near->freeze == units(1800));
    CHECK(near->order_max == units(18'000));
    const auto far = rules.instrument(call(date_of(2025, 9, 23)), today);
    REQUIRE(far);
    CHECK(far->lot == units(65));
    CHECK(far->expires_at == sauda::base::ist(date_of(2025, 9, 23), at(15, 40)));
}

TEST_CASE("puts share the rows of calls, spot has lot one, unknown lots are refused") {
    const auto rules = small_rules();
    const auto today = date_of(2025, 9, 3);
    const auto put = ContractId::option(Exchange::NSE, Underlying::NIFTY, ContractKind::Put,
                                        date_of(2025, 9, 16), Price::from_rupees(24'500));
    REQUIRE(rules.instrument(put, today));
    const auto spot = rules.instrument(ContractId::spot(Exchange::NSE, Underlying::NIFTY), today);
    REQUIRE(spot);
    CHECK(spot->lot == units(1));
    CHECK_FALSE(spot->expires_at.is_set());
    CHECK_FALSE(rules.instrument(call(date_of(2025, 8, 28)), today));
    CHECK_FALSE(rules.instrument(call(date_of(2025, 9, 16)), date_of(2025, 8, 29)));
}

TEST_CASE("an unknown freeze is the smallest known one") {
    auto rules = small_rules();
    rules.freezes.erase(rules.freezes.begin());
    const auto instrument = rules.instrument(call(date_of(2025, 9, 16)), date_of(2025, 9, 3));
    REQUIRE(instrument);
    CHECK(instrument->freeze == units(600));
    CHECK(instrument->order_max == units(600));
}

TEST_CASE("margin before the first row is the first row's") {
    const auto rules = small_rules();
    CHECK(rules.margin_rates(Exchange::NSE, date_of(2025, 9, 1)).scan == 93'000);
    CHECK(rules.margin_rates(Exchange::NSE, date_of(2025, 9, 19)).expiry_day == 0);
    CHECK(rules.margin_rates(Exchange::NSE, date_of(2025, 9, 20)).expiry_day == 20'000);
}

TEST_CASE("the collar is the wider of the two widths, on the tick, and never below one tick") {
    const auto rules = small_rules();
    const auto id = call(date_of(2025, 9, 16));
    const auto tick = Price::from_paise(5);
    const auto collar = [&](int64_t paise) {
        return rules.collar(id, Price::from_paise(paise), tick, date_of(2025, 9, 3));
    };
    CHECK(collar(3'000) == std::pair{Price::from_paise(1'000), Price::from_paise(5'000)});
    CHECK(collar(10'000) == std::pair{Price::from_paise(6'000), Price::from_paise(14'000)});
    // 40 % of 100.15 is 40.06: 60.09 to 140.21, rounded inwards.
    CHECK(collar(10'015) == std::pair{Price::from_paise(6'010), Price::from_paise(14'020)});
    CHECK(collar(500).first == tick);
    const auto open = rules.collar(id, Price::from_rupees(10), tick, date_of(2025, 8, 1));
    CHECK(open.first == tick);
    CHECK(open.second > Price::from_rupees(1'000'000));
}
