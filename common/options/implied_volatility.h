#pragma once

#include <expected>
#include <string_view>

namespace sauda::options {

// One European option on a forward, as it is priced now.
struct PricedOption {
    double price = 0.0;     // rupees per unit, paid today; 0 means no quote
    double forward = 0.0;   // of the option's own expiry, rupees, > 0
    double strike = 0.0;    // rupees, > 0
    double years = 0.0;     // to settlement, > 0
    double discount = 1.0;  // value today of one rupee at settlement, > 0
    bool is_call = true;
};

struct ImpliedVolatility {
    double volatility = 0.0;  // of the forward, per sqrt(year): 0.13 is 13 %
    double vega = 0.0;        // rupees per 1.00 of volatility, at this volatility
    // How far one tick of price moves the volatility: tick / vega. Infinite where vega is zero.
    double error = 0.0;
};

// Why there is none. A price within a tick of the intrinsic value has a volatility, with a large
// error; only what no volatility can explain has none.
enum class NoVolatility : unsigned char {
    BadInput = 1,        // a forward, strike, years or discount that is not finite and positive
    NoQuote = 2,         // price zero, negative or not finite
    BelowIntrinsic = 3,  // at the discounted intrinsic value (within 1e-300 of F) or below
    AboveMaximum = 4,    // at or above the discounted forward (call) or strike (put)
};
std::string_view to_text(NoVolatility reason);

// The volatility at which Black's formula gives the price: to 1e-12 relative, or to within 2 ulp of
// the price where the price hardly depends on it. After P. Jaeckel, "Let's Be Rational", 2013.
// tick: smallest step of the price, rupees, >= 0.
std::expected<ImpliedVolatility, NoVolatility> implied_volatility(const PricedOption& option,
                                                                  double tick = 0.05);

}  // namespace sauda::options
