#include "common/options/chain_pricing.h"

#include "common/base/invariant.h"
#include "common/options/deterministic_math.h"
#include "common/options/greeks.h"
#include "common/options/number_text.h"

#include <cmath>

namespace sauda::options {
namespace {

bool is_scalar_forced = false;

bool has_avx2_and_fma() {
    static const bool has_both = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    return has_both;
}

ChainArrays arrays_of(const ChainInputs& inputs, const ChainGreeks& results) {
    const std::size_t size = inputs.strike.size();
    INVARIANT(inputs.volatility.size() == size && inputs.is_call.size() == size);
    INVARIANT(results.price.size() == size && results.delta.size() == size);
    INVARIANT(results.gamma_per_point.size() == size);
    INVARIANT(results.vega_per_unit_volatility.size() == size);
    INVARIANT(results.theta_per_year.size() == size);
    ChainArrays arrays;
    arrays.size = size;
    arrays.strike = inputs.strike.data();
    arrays.volatility = inputs.volatility.data();
    arrays.is_call = inputs.is_call.data();
    arrays.price = results.price.data();
    arrays.delta = results.delta.data();
    arrays.gamma = results.gamma_per_point.data();
    arrays.vega = results.vega_per_unit_volatility.data();
    arrays.theta = results.theta_per_year.data();
    return arrays;
}

void price_arrays(const ExpiryTerms& terms, const ChainArrays& arrays, LaneChoice lanes) {
    if (lanes == LaneChoice::Fastest && has_vector_lanes()) {
        price_vector_lanes(terms, arrays);
    } else {
        price_scalar_lanes(terms, arrays);
    }
}

base::Expected<ExpiryTerms> checked_terms(double forward, double discount, double rate,
                                          double minutes) {
    using base::ErrorKind;
    if (!(forward >= kSmallestLevel && forward <= kLargestLevel)) {
        return base::fail(ErrorKind::Invalid, "no option can be priced on a forward of " +
                                                  text_of(forward) +
                                                  "; give a positive level in points");
    }
    if (!(discount > 0 && std::isfinite(discount) && std::isfinite(rate))) {
        return base::fail(ErrorKind::Invalid, "no option can be priced with a discount factor of " +
                                                  text_of(discount) + "; give one above 0, near 1");
    }
    ExpiryTerms terms;
    terms.forward = forward;
    terms.discount = discount;
    terms.years = years_of_minutes(minutes);
    terms.sqrt_years = std::sqrt(terms.years);
    terms.rate_per_year = rate;
    return terms;
}

base::Expected<void> check_minutes(double minutes) {
    if (minutes >= 0 && std::isfinite(minutes)) {
        return {};
    }
    return base::fail(base::ErrorKind::Invalid,
                      "an option with " + text_of(minutes) +
                          " minutes to settlement has expired or has no settlement time; give "
                          "minutes from now to the settlement minute, 0 or more");
}

}  // namespace

base::Expected<ExpiryTerms> make_expiry_terms(double forward, double discount,
                                              double minutes_to_settlement) {
    if (const auto checked = check_minutes(minutes_to_settlement); !checked) {
        return std::unexpected(checked.error());
    }
    const double years = years_of_minutes(minutes_to_settlement);
    const bool has_rate = years > 0 && discount != 1.0;
    const double rate = has_rate ? -log_of(discount) / years : 0.0;
    return checked_terms(forward, discount, rate, minutes_to_settlement);
}

base::Expected<ExpiryTerms> make_expiry_terms_at_rate(double forward, double rate_per_year,
                                                      double minutes_to_settlement) {
    if (const auto checked = check_minutes(minutes_to_settlement); !checked) {
        return std::unexpected(checked.error());
    }
    const double discount = exp_of(-rate_per_year * years_of_minutes(minutes_to_settlement));
    return checked_terms(forward, discount, rate_per_year, minutes_to_settlement);
}

void price_chain(const ExpiryTerms& terms, const ChainInputs& inputs, const ChainGreeks& results,
                 LaneChoice lanes) {
    price_arrays(terms, arrays_of(inputs, results), lanes);
}

void price_chain(const ExpiryTerms& terms, const ChainInputs& inputs, const ChainGreeks& results,
                 const ChainHigherGreeks& higher, LaneChoice lanes) {
    const std::size_t size = inputs.strike.size();
    INVARIANT(higher.rho_per_unit_rate.size() == size);
    INVARIANT(higher.vanna_per_unit_volatility.size() == size);
    INVARIANT(higher.volga_per_unit_volatility.size() == size);
    INVARIANT(higher.charm_per_year.size() == size);
    if (size == 0) {
        return;
    }
    ChainArrays arrays = arrays_of(inputs, results);
    arrays.rho = higher.rho_per_unit_rate.data();
    arrays.vanna = higher.vanna_per_unit_volatility.data();
    arrays.volga = higher.volga_per_unit_volatility.data();
    arrays.charm = higher.charm_per_year.data();
    price_arrays(terms, arrays, lanes);
}

bool has_vector_lanes() { return has_avx2_and_fma() && !is_scalar_forced; }

void force_scalar_lanes(bool is_forced) { is_scalar_forced = is_forced; }

}  // namespace sauda::options
