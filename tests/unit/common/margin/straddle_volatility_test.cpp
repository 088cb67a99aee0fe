#include "common/margin/straddle_volatility.h"

#include "tests/unit/common/margin/margin_cases.h"

using namespace sauda::margin;
using namespace sauda::margin::test;

TEST_CASE("the volatility of a straddle makes the model's value the market's price") {
    for (const Date expiry : {kToday, kExpiry, kLater, kOctober}) {
        for (const int64_t strike : {24'450, 24'500, 24'550}) {
            for (const int64_t volatility : {45'000, 98'000, 158'900, 600'000}) {
                auto conditions = nifty();
                conditions.volatility = volatility;
                const auto call_id = option_of(ContractKind::Call, strike, expiry);
                const auto put_id = option_of(ContractKind::Put, strike, expiry);
                const auto found = straddle_volatility(
                    call_id, risk_array(call_id, conditions).value,
                    risk_array(put_id, conditions).value, kToday, conditions.rate);
                CAPTURE(expiry.days, strike, volatility);
                REQUIRE(found);
                CHECK(std::abs(*found - volatility) <= 5);  // prices are in 1/10,000 rupee
            }
        }
    }
}

TEST_CASE("without two prices, or with ones nothing explains, there is no volatility") {
    const auto id = option_of(ContractKind::Call, 24'500);
    const Price price = Price::from_rupees(100);
    CHECK(straddle_volatility(id, price, price, kToday, 60'800));
    CHECK_FALSE(straddle_volatility(id, {}, price, kToday, 60'800));
    CHECK_FALSE(straddle_volatility(id, price, {}, kToday, 60'800));
    CHECK_FALSE(straddle_volatility(id, price, price, {kExpiry.days + 1}, 60'800));
    CHECK_FALSE(straddle_volatility(future(1).contract, price, price, kToday, 60'800));
    const Price huge = Price::from_rupees(24'499);
    CHECK_FALSE(straddle_volatility(id, huge, huge, kToday, 60'800));
    const Price tiny = Price::from_raw(1);
    CHECK_FALSE(straddle_volatility(id, tiny, tiny, kToday, 60'800));
}
