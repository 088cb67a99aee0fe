#include "common/margin/risk_array.h"

#include "tests/unit/common/margin/margin_cases.h"

#include <cmath>

using namespace sauda::margin;
using namespace sauda::margin::test;

namespace {

double normal(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

// Black-Scholes-Merton by libm, put by parity: nothing in common with the code under test.
double baseline(bool is_call, double spot, double strike, double years, double volatility,
                double rate) {
    if (years <= 0) {
        return std::max(is_call ? spot - strike : strike - spot, 0.0);
    }
    const double root = volatility * std::sqrt(years);
    const double d1 =
        (std::log(spot / strike) + (rate + volatility * volatility / 2) * years) / root;
    const double call = spot * normal(d1) - strike * std::exp(-rate * years) * normal(d1 - root);
    return is_call ? call : call - spot + strike * std::exp(-rate * years);
}

double loss(const RiskArray& array, std::size_t scenario) {
    return array.loss[scenario - 1].rupees();
}

}  // namespace

TEST_CASE("the sixteen scenarios stand in the exchange's order") {
    CHECK(kScenarioTable.size() == 16);
    for (std::size_t i = 0; i < 14; ++i) {
        CHECK(kScenarioTable[i].volatility == (i % 2 == 0 ? 1 : -1));
        CHECK_FALSE(kScenarioTable[i].is_extreme);
    }
    const int thirds[] = {0, 1, -1, 2, -2, 3, -3};
    for (std::size_t i = 0; i < 7; ++i) {
        CHECK(kScenarioTable[2 * i].price_thirds == thirds[i]);
        CHECK(kScenarioTable[2 * i + 1].price_thirds == thirds[i]);
    }
    CHECK((kScenarioTable[14].is_extreme && kScenarioTable[14].price_thirds == 1));
    CHECK((kScenarioTable[15].is_extreme && kScenarioTable[15].price_thirds == -1));
}

TEST_CASE("scan ranges are the larger of the floor and what the volatility asks for") {
    auto conditions = nifty();
    CHECK(price_scan_range(conditions, kExpiry) == Price::from_paise(227'850));  // 9.3 %
    CHECK(volatility_scan_range(conditions) == 0.04);
    conditions.volatility = 295'000;  // 1.5441 % a day x 6 x sqrt 2 = 13.10 %
    CHECK(price_scan_range(conditions, kExpiry).rupees() == Approx(3'210.0).margin(0.5));
    CHECK(volatility_scan_range(conditions) == 0.07);  // 7.375, in whole points
    const Date far{kToday.days + 271};
    CHECK(price_scan_range(conditions, far).rupees() == Approx(24'500 * 0.177));
    CHECK(price_scan_range(conditions, {kToday.days + 270}) < Price::from_rupees(3'300));
}

TEST_CASE("every scenario is Black-Scholes-Merton at the moved price, volatility and time") {
    const auto conditions = nifty();
    const double range = 2'278.5;
    for (const bool is_call : {true, false}) {
        for (const int64_t strike : {22'000, 24'000, 24'500, 25'000, 27'500}) {
            for (const int days : {0, 1, 4, 57, 200}) {
                CAPTURE(is_call, strike, days);
                const auto contract = option_of(is_call ? ContractKind::Call : ContractKind::Put,
                                                strike, {kToday.days + days});
                const auto array = risk_array(contract, conditions);
                const double k = static_cast<double>(strike);
                const double now = baseline(is_call, 24'500, k, (days + 1) / 365.0, 0.1589, 0.0608);
                CHECK(array.value.rupees() == Approx(now).margin(0.0001));
                for (std::size_t i = 0; i < 16; ++i) {
                    const auto& scenario = kScenarioTable[i];
                    const double moves = scenario.is_extreme ? 2.0 * scenario.price_thirds
                                                             : scenario.price_thirds / 3.0;
                    const double then =
                        baseline(is_call, 24'500 + moves * range, k, std::max(days - 1, 0) / 365.0,
                                 0.1589 + 0.04 * scenario.volatility, 0.0608);
                    const double share = scenario.is_extreme ? 0.35 : 1.0;
                    CHECK(array.loss[i].rupees() == Approx(share * (now - then)).margin(0.0002));
                }
            }
        }
    }
}

TEST_CASE("a future loses what the underlying falls, a third of it in the extremes counts") {
    const auto array = risk_array(future(1).contract, nifty());
    CHECK(loss(array, 1) == 0.0);
    CHECK(loss(array, 3) == Approx(-759.5));
    CHECK(loss(array, 5) == Approx(759.5));
    CHECK(loss(array, 13) == Approx(2'278.5));
    CHECK(loss(array, 14) == Approx(2'278.5));
    CHECK(loss(array, 16) == Approx(0.35 * 2 * 2'278.5));
    CHECK(array.delta == 1'000'000);
}

TEST_CASE("a long option loses no more than its price, a short one gains no more") {
    const auto array = risk_array(option_of(ContractKind::Call, 25'000), nifty());
    const Price mark = Price::from_paise(1'995);
    CHECK(array.loss[12] > mark);
    CHECK(capped_loss(array, 12, mark) == mark);
    CHECK(capped_loss(array, 10, mark) == array.loss[10]);
    // Without a mark the model's own value stands in; the scenario can lose all of it, not more.
    CHECK(capped_loss(array, 12, {}) <= array.value);
}

TEST_CASE("composite deltas of a call and a put are one apart, and by the money a half") {
    const auto call_array = risk_array(option_of(ContractKind::Call, 24'500, kLater), nifty());
    const auto put_array = risk_array(option_of(ContractKind::Put, 24'500, kLater), nifty());
    CHECK(std::abs(call_array.delta - put_array.delta - 1'000'000) <= 2'000);  // weights: 0.998
    CHECK(call_array.delta > 480'000);
    CHECK(call_array.delta < 560'000);
}

TEST_CASE("what has no risk of its own has an array of zeros") {
    const auto spot = ContractId::spot(Exchange::NSE, Underlying::NIFTY);
    CHECK(risk_array(spot, nifty()) == RiskArray{});
    const auto expired = option_of(ContractKind::Call, 24'500, {kToday.days - 1});
    CHECK(risk_array(expired, nifty()) == RiskArray{});
}

TEST_CASE("ranges larger than the underlying leave something of it") {
    auto conditions = nifty();
    conditions.parameters.price_scan = 600'000;  // the extreme would be 20 % below zero
    const auto array = risk_array(option_of(ContractKind::Put, 24'500), conditions);
    const auto fallen = risk_array(future(1).contract, conditions);
    CHECK(array.loss[15].rupees() > -0.35 * 24'500);
    CHECK(fallen.loss[15].rupees() == Approx(0.35 * 0.99 * 24'500));
    conditions.parameters.volatility_scan = 500'000;  // volatility would fall below zero
    for (const Price price : risk_array(option_of(ContractKind::Call, 24'500), conditions).loss) {
        CHECK(price.abs() < Price::from_rupees(30'000));
    }
}
