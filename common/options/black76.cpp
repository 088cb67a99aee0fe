#include "common/options/black76.h"

#include "common/options/deterministic_math.h"
#include "common/options/number_text.h"

#include <cmath>

namespace sauda::options {
namespace {

base::Expected<void> check_option(double strike, double volatility) {
    if (!(strike >= kSmallestLevel && strike <= kLargestLevel)) {
        return base::fail(base::ErrorKind::Invalid, "no option can be priced with a strike of " +
                                                        text_of(strike) +
                                                        "; give a positive level in points");
    }
    if (!(volatility >= 0 && volatility <= kLargestVolatility)) {
        return base::fail(base::ErrorKind::Invalid,
                          "no option can be priced with a volatility of " + text_of(volatility) +
                              "; give 0.20 for 20 % a year");
    }
    return {};
}

}  // namespace

OptionGreeks black76(const ExpiryTerms& terms, double strike, double volatility, bool is_call) {
    const unsigned char call = is_call ? 1 : 0;
    OptionGreeks greeks;
    ChainArrays one;
    one.size = 1;
    one.strike = &strike;
    one.volatility = &volatility;
    one.is_call = &call;
    one.price = &greeks.price;
    one.delta = &greeks.delta;
    one.gamma = &greeks.gamma_per_point;
    one.vega = &greeks.vega_per_unit_volatility;
    one.theta = &greeks.theta_per_year;
    one.rho = &greeks.rho_per_unit_rate;
    one.vanna = &greeks.vanna_per_unit_volatility;
    one.volga = &greeks.volga_per_unit_volatility;
    one.charm = &greeks.charm_per_year;
    price_scalar_lanes(terms, one);
    return greeks;
}

base::Expected<OptionGreeks> black76(const Black76Option& option) {
    if (const auto checked = check_option(option.strike, option.volatility); !checked) {
        return std::unexpected(checked.error());
    }
    const auto terms =
        make_expiry_terms(option.forward, option.discount, option.minutes_to_settlement);
    if (!terms) {
        return std::unexpected(terms.error());
    }
    return black76(*terms, option.strike, option.volatility, option.is_call);
}

base::Expected<BlackScholesValue> black_scholes_merton(const BlackScholesOption& option) {
    if (const auto checked = check_option(option.strike, option.volatility); !checked) {
        return std::unexpected(checked.error());
    }
    const bool is_known =
        std::isfinite(option.rate_per_year) && std::isfinite(option.dividend_yield);
    if (!(option.spot >= kSmallestLevel && option.spot <= kLargestLevel) || !is_known) {
        return base::fail(base::ErrorKind::Invalid,
                          "no option can be priced on a spot of " + text_of(option.spot) +
                              " with a rate of " + text_of(option.rate_per_year) +
                              " and a dividend yield of " + text_of(option.dividend_yield) +
                              "; give a positive level in points and fractions per year");
    }
    const double years = years_of_minutes(option.minutes_to_settlement);
    const double carry = option.rate_per_year - option.dividend_yield;
    const double forward_per_spot = exp_of(carry * years);
    const double forward = option.spot * forward_per_spot;
    const auto terms =
        make_expiry_terms_at_rate(forward, option.rate_per_year, option.minutes_to_settlement);
    if (!terms) {
        return std::unexpected(terms.error());
    }
    const OptionGreeks on_forward =
        black76(*terms, option.strike, option.volatility, option.is_call);
    // The forward moves by `forward_per_spot` with the spot, by forward * years with the rate and
    // by -carry * forward as time passes.
    const double drift = -carry * forward;
    BlackScholesValue value;
    value.forward = forward;
    OptionGreeks& greeks = value.greeks;
    greeks = on_forward;
    greeks.delta = on_forward.delta * forward_per_spot;
    greeks.gamma_per_point = on_forward.gamma_per_point * forward_per_spot * forward_per_spot;
    greeks.theta_per_year = on_forward.theta_per_year + drift * on_forward.delta;
    value.dividend_rho_per_unit_yield = -years * forward * on_forward.delta;
    greeks.rho_per_unit_rate = on_forward.rho_per_unit_rate - value.dividend_rho_per_unit_yield;
    greeks.vanna_per_unit_volatility = on_forward.vanna_per_unit_volatility * forward_per_spot;
    greeks.charm_per_year =
        forward_per_spot *
        (on_forward.charm_per_year - carry * on_forward.delta + drift * on_forward.gamma_per_point);
    return value;
}

}  // namespace sauda::options
