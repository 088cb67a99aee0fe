#include "common/margin/straddle_volatility.h"

#include "common/options/deterministic_math.h"
#include "common/options/implied_volatility.h"

#include <cmath>

namespace sauda::margin {

using namespace domain;

std::optional<int64_t> straddle_volatility(ContractId call, Price call_price, Price put_price,
                                           Date today, int64_t rate) {
    constexpr double kMillion = 1e6;
    constexpr double kDaysPerYear = 365.0;
    constexpr double kLeast = 0.01;
    constexpr double kMost = 5.0;
    const int days = call.expiry().days - today.days;
    if (!call.is_option() || !call_price.is_positive() || !put_price.is_positive() || days < 0) {
        return std::nullopt;
    }
    options::PricedOption option;
    option.years = static_cast<double>(days + 1) / kDaysPerYear;
    option.discount = options::exp_of(-static_cast<double>(rate) / kMillion * option.years);
    option.strike = call.strike().rupees();
    option.forward = option.strike + (call_price - put_price).rupees() / option.discount;
    option.is_call = option.forward <= option.strike;  // the one out of the money says it best
    option.price = (option.is_call ? call_price : put_price).rupees();
    const auto implied = options::implied_volatility(option);
    if (!implied || !(implied->volatility >= kLeast && implied->volatility <= kMost)) {
        return std::nullopt;
    }
    return std::llround(implied->volatility * kMillion);
}

}  // namespace sauda::margin
