#include "common/wire/format.h"

#include "common/wire/enum_numbers.h"

#include <catch2/catch.hpp>

#include <set>

using namespace sauda;
using namespace sauda::wire;
using base::Duration;
using base::Money;
using base::Price;
using base::units;
using domain::Unit;

namespace {
// Every value of E has words of its own.
template <class E>
void check_texts() {
    std::set<std::string_view> seen;
    for (uint64_t n = 0; n <= static_cast<uint64_t>(LastOf<E>::value); ++n) {
        const auto text = text_of(static_cast<E>(n));
        CHECK(text != "?");
        CHECK(seen.insert(text).second);
    }
    CHECK(text_of(static_cast<E>(250)) == "?");
}
}  // namespace

TEST_CASE("format: rupees group by lakh and crore", "[unit][wire]") {
    const auto text = [](int64_t paise) { return rupees(Money::from_paise(paise)); };
    CHECK(text(0) == "0.00");
    CHECK(text(5) == "0.05");
    CHECK(text(99'900) == "999.00");
    CHECK(text(100'000) == "1,000.00");
    CHECK(text(1'700'000) == "17,000.00");
    CHECK(text(9'999'999) == "99,999.99");
    CHECK(text(10'000'000) == "1,00,000.00");
    CHECK(text(100'000'000) == "10,00,000.00");
    CHECK(text(1'234'567'890) == "1,23,45,678.90");
    CHECK(text(12'345'678'901'234) == "1,23,45,67,89,012.34");
    CHECK(text(-4'550) == "-45.50");
    CHECK(text(-10'000'000) == "-1,00,000.00");
}

TEST_CASE("format: rupees round half away from zero to the paisa", "[unit][wire]") {
    CHECK(rupees(Money::from_raw(149)) == "0.01");
    CHECK(rupees(Money::from_raw(150)) == "0.02");
    CHECK(rupees(Money::from_raw(-150)) == "-0.02");
    CHECK(rupees(Money::from_raw(-49)) == "0.00");
    CHECK(rupees(Money::from_raw(INT64_MIN)) == "-92,23,37,20,36,85,477.58");
    CHECK(rupees(Money::from_raw(INT64_MAX)) == "92,23,37,20,36,85,477.58");
}

TEST_CASE("format: short rupees speak of lakh and crore", "[unit][wire]") {
    const auto text = [](int64_t n) { return short_rupees(Money::from_rupees(n)); };
    CHECK(text(810'000) == "8.1 lakh");
    CHECK(text(700'000) == "7 lakh");
    CHECK(text(244'132) == "2.44 lakh");
    CHECK(text(100'000) == "1 lakh");
    CHECK(text(99'999) == "99,999");
    CHECK(text(17'000) == "17,000");
    CHECK(text(9'999'999) == "1 crore");
    CHECK(text(12'500'000) == "1.25 crore");
    CHECK(text(1'234'567'000'000) == "1,23,456.7 crore");
    CHECK(text(-810'000) == "-8.1 lakh");
    CHECK(short_rupees(Money::from_paise(34'050)) == "340.50");
    CHECK(short_rupees(Money{}) == "0");
}

TEST_CASE("format: prices, numbers and quantities", "[unit][wire]") {
    CHECK(price(Price::from_paise(11'860)) == "118.60");
    CHECK(price(Price::from_rupees(24'500)) == "24,500.00");
    CHECK(price(Price::from_paise(-5)) == "-0.05");
    CHECK(grouped(0) == "0");
    CHECK(grouped(1'234'567) == "12,34,567");
    CHECK(grouped(INT64_MIN) == "-92,23,37,20,36,85,47,75,808");
    CHECK(quantity(units(1'500)) == "1,500");
    CHECK(quantity(-units(75)) == "-75");
}

TEST_CASE("format: lots and units stand together", "[unit][wire]") {
    CHECK(lots_and_units(units(150), units(75)) == "2 lots (150)");
    CHECK(lots_and_units(units(75), units(75)) == "1 lot (75)");
    CHECK(lots_and_units(-units(75), units(75)) == "-1 lot (-75)");
    CHECK(lots_and_units(units(0), units(75)) == "0 lots (0)");
    CHECK(lots_and_units(units(100), units(75)) == "100 units");
    CHECK(lots_and_units(units(1), units(75)) == "1 unit");
    CHECK(lots_and_units(units(100), {}) == "100 units");
}

TEST_CASE("format: clocks and dates are India's", "[unit][wire]") {
    const auto date = base::date_of(2025, 8, 29);
    const auto t =
        base::ist(date, base::seconds(9 * 3600 + 24 * 60 + 16)) + base::milliseconds(250);
    CHECK(ist_clock(t) == "09:24:16");
    CHECK(ist_clock_ms(t) == "09:24:16.250");
    CHECK(ist_clock(base::ist(date, {})) == "00:00:00");
    CHECK(ist_clock(base::ist(date, {}) - Duration{1}) == "23:59:59");
    CHECK(ist_clock_ms(base::ist(date, {}) - Duration{1}) == "23:59:59.999");
    CHECK(ist_clock({}) == "--:--:--");
    CHECK(ist_clock_ms({}) == "--:--:--");
    CHECK(ist_clock(base::Timestamp::max()) == "--:--:--");
    CHECK(ist_date_text(date) == "Fri 29-Aug-2025");
    CHECK(ist_date_text(base::date_of(2024, 2, 1)) == "Thu 01-Feb-2024");
    CHECK(ist_date_text(base::date_of(2023, 12, 31)) == "Sun 31-Dec-2023");
}

TEST_CASE("format: durations keep what matters at their size", "[unit][wire]") {
    CHECK(duration_text(base::seconds(1132)) == "18m52s");
    CHECK(duration_text(base::seconds(60)) == "1m00s");
    CHECK(duration_text(base::seconds(3723)) == "1h02m03s");
    CHECK(duration_text(base::seconds(360'000)) == "100h00m00s");
    CHECK(duration_text(base::seconds(5)) == "5s");
    CHECK(duration_text(base::milliseconds(2'500)) == "2.5s");
    CHECK(duration_text(base::milliseconds(59'999)) == "59.999s");
    CHECK(duration_text(base::milliseconds(250)) == "250ms");
    CHECK(duration_text({40'000}) == "40us");
    CHECK(duration_text({7}) == "7ns");
    CHECK(duration_text({}) == "0s");
    CHECK(duration_text(base::seconds(-65)) == "-1m05s");
    CHECK(duration_text({INT64_MIN}) == "-2562047h47m16s");
}

TEST_CASE("format: ratios read as per cent", "[unit][wire]") {
    CHECK(per_million_as_percent(125'000) == "12.5 %");
    CHECK(per_million_as_percent(355) == "0.0355 %");
    CHECK(per_million_as_percent(1'000'000) == "100 %");
    CHECK(per_million_as_percent(-5'000) == "-0.5 %");
    CHECK(per_million_as_percent(0) == "0 %");
}

TEST_CASE("format: a number is printed by its unit", "[unit][wire]") {
    const auto text = [](int64_t value, Unit unit) { return number_text({"n", value, unit}); };
    CHECK(text(1'234'567, Unit::Count) == "12,34,567");
    CHECK(text(2'441'320'000, Unit::Rupees) == "2,44,132.00");
    CHECK(text(150, Unit::Units) == "150");
    CHECK(text(1132, Unit::Seconds) == "18m52s");
    CHECK(text(INT64_MAX, Unit::Seconds) == "92,23,37,20,36,85,47,75,807s");
    CHECK(text(93'000, Unit::PerMillion) == "9.3 %");
    CHECK(text(1'756'439'656'000'000'000, Unit::Time) == "09:24:16");
    CHECK(
        text(static_cast<int64_t>(
                 domain::ContractId::spot(domain::Exchange::NSE, domain::Underlying::NIFTY).raw()),
             Unit::Contract) == "NSE:NIFTY:SPOT");
    CHECK(text(20329, Unit::Date) == "Fri 29-Aug-2025");
    CHECK(text(-1, Unit::Date) == "-1");
    CHECK(text(1, Unit::Lots) == "1 lot");
    CHECK(text(2, Unit::Lots) == "2 lots");
    CHECK(text(1'186'000, Unit::PricePoints) == "118.60");
    CHECK(text(5, static_cast<Unit>(77)) == "5");
}

TEST_CASE("format: every value of every enum has words of its own", "[unit][wire]") {
    using namespace sauda::domain;
    check_texts<Side>();
    check_texts<Verdict>();
    check_texts<OrderState>();
    check_texts<OrderEventKind>();
    check_texts<GroupState>();
    check_texts<GroupEventKind>();
    check_texts<SessionKind>();
    check_texts<TradingState>();
    check_texts<FlattenPhase>();
    check_texts<Severity>();
    check_texts<BotEventKind>();
    check_texts<LedgerKind>();
    check_texts<StrategyKind>();
    check_texts<LegPolicy>();
    check_texts<Purpose>();
    check_texts<Product>();
    check_texts<Origin>();
    check_texts<SignalOrigin>();
    check_texts<OperatorAct>();
    check_texts<AccountEventKind>();
}
