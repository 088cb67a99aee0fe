#include "common/options/implied_volatility.h"

#include "common/options/deterministic_math.h"
#include "common/options/normalised_black.h"

namespace sauda::options {
namespace {

constexpr double kLargest = 1.7976931348623157e308;
constexpr double kLeastPrice = 1e-300;  // of sqrt(F K); below, doubles have no digits left

bool is_positive(double x) { return x > 0.0 && x <= kLargest; }

// log(small / large) to the last bit also where the quotient is next to one: the rounding of the
// quotient is worth its remainder over the smaller.
double log_quotient(double small, double large) {
    const double quotient = small / large;
    const double remainder = __builtin_fma(-quotient, large, small);
    return log_of(quotient) + remainder / small;
}

// An option in the money is one out of the money plus its discounted intrinsic value. Next to the
// intrinsic value few digits are left, so nothing is rounded before it is taken off.
double time_value(const PricedOption& option) {
    const double high = option.is_call ? option.forward : option.strike;
    const double low = option.is_call ? option.strike : option.forward;
    const double intrinsic = high - low;
    const double back = intrinsic - high;
    const double rest = (high - (intrinsic - back)) - (low + back);  // what rounding dropped
    const double value = __builtin_fma(-option.discount, intrinsic, option.price);
    return value - option.discount * rest;
}

}  // namespace

std::string_view to_text(NoVolatility reason) {
    switch (reason) {
        case NoVolatility::BadInput:
            return "forward, strike, time or discount is not a positive number";
        case NoVolatility::NoQuote:
            return "there is no quote";
        case NoVolatility::BelowIntrinsic:
            return "the price is not above the intrinsic value";
        case NoVolatility::AboveMaximum:
            return "the price is not below the most the option can be worth";
    }
    return "unknown";
}

std::expected<ImpliedVolatility, NoVolatility> implied_volatility(const PricedOption& option,
                                                                  double tick) {
    const double forward = option.forward;
    const double strike = option.strike;
    if (!is_positive(forward) || !is_positive(strike) || !is_positive(option.years) ||
        !is_positive(option.discount) || !(tick >= 0.0)) {
        return std::unexpected(NoVolatility::BadInput);
    }
    if (!is_positive(option.price)) {
        return std::unexpected(NoVolatility::NoQuote);
    }
    const bool is_in = option.is_call ? forward > strike : forward < strike;
    const double most = option.is_call ? forward : strike;
    const double value = is_in ? time_value(option) : option.price;
    const double missing = __builtin_fma(option.discount, most, -option.price);
    const double small = forward < strike ? forward : strike;
    const double large = forward < strike ? strike : forward;
    const double scale = option.discount * __builtin_sqrt(small) * __builtin_sqrt(large);
    if (!(value > kLeastPrice * scale)) {
        return std::unexpected(NoVolatility::BelowIntrinsic);
    }
    if (!(missing > 0.0)) {
        return std::unexpected(NoVolatility::AboveMaximum);
    }
    const double x = log_quotient(small, large);
    const double s =
        normalised_volatility(x, __builtin_sqrt(small / large), value / scale, missing / scale);
    const double root = __builtin_sqrt(option.years);
    const double vega = scale * root * normalised_vega(x / s, 0.5 * s);
    return ImpliedVolatility{s / root, vega, tick / vega};
}

}  // namespace sauda::options
