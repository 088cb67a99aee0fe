#pragma once

#include "common/options/chain_lanes.h"
#include "common/options/erfcx_polynomial.h"

namespace sauda::options {

// Black-76 for one lane V: a double, or four of them in a vector. Both ways to compute a chain are
// instances of this text, so that every lane does the same roundings in the same order. V brings
// of(), + - * /, fma, min, max, select, negate_unless, comparisons, exp_of and log_of.
//
// Method. Let L and H be the smaller and the larger of forward and strike, s = sigma sqrt(T),
// y = log(L / H) / s, a = y + s/2, b = y - s/2. The option out of the money is worth
// L N(a) - H N(b), call or put, and L phi(a) = H phi(b). With N(-|d|) = phi(d) Mills(|d|) one log
// and one exp give price and Greeks. The option in the money adds H - L.

inline constexpr double kSqrtHalf = 0.7071067811865476;
inline constexpr double kOneOverSqrtTwoPi = 0.3989422804014327;
inline constexpr double kFloorOfDeviation = 1e-200;  // in place of s = 0, to divide by
inline constexpr double kFarthest = -64.0;           // of y; the density is 0 there already

// The terms of an expiry in every lane.
template <class V>
struct LaneTerms {
    V forward;
    V inverse_forward;
    V discount;
    V years;
    V sqrt_years;
    V rate;
    V theta_scale;  // -1 / (2 sqrt(T)), 0 at T = 0
    V charm_scale;  // 1 / (2 T), 0 at T = 0

    explicit LaneTerms(const ExpiryTerms& terms)
        : forward(V::of(terms.forward)),
          inverse_forward(V::of(1.0 / terms.forward)),
          discount(V::of(terms.discount)),
          years(V::of(terms.years)),
          sqrt_years(V::of(terms.sqrt_years)),
          rate(V::of(terms.rate_per_year)),
          theta_scale(V::of(terms.years > 0 ? -0.5 / terms.sqrt_years : 0.0)),
          charm_scale(V::of(terms.years > 0 ? 0.5 / terms.years : 0.0)) {}
};

// The last four only where asked for.
template <class V>
struct LaneResult {
    V price;
    V delta;
    V gamma;
    V vega;
    V theta;
    V rho;
    V vanna;
    V volga;
    V charm;
};

// exp(x^2) erfc(x) for x >= 0, with one division.
template <class V>
[[gnu::always_inline]] inline V erfcx_lane(V x) {
    const V above = x + V::of(kErfcxCentre);
    const V twice = fma(V::of(2.0), x, V::of(1.0));
    const V inverse = V::of(1.0) / (above * twice);
    const V t = (x - V::of(kErfcxCentre)) * twice * inverse;
    const V square = t * t;
    V even = V::of(kErfcxPolynomial[kErfcxTerms - 2]);
    V odd = V::of(kErfcxPolynomial[kErfcxTerms - 1]);
#pragma GCC unroll 12
    for (int i = kErfcxTerms - 4; i >= 0; i -= 2) {
        even = fma(even, square, V::of(kErfcxPolynomial[i]));
        odd = fma(odd, square, V::of(kErfcxPolynomial[i + 1]));
    }
    const V scale = above * inverse;
    return fma(scale, fma(odd, t, even), scale);
}

// log(low / high). What the quotient rounds away matters near the money: dividing it by the forward
// instead of `low` errs by no more than half an ulp of the result.
template <class V>
[[gnu::always_inline]] inline V log_ratio(V low, V high, V inverse_forward) {
    const V ratio = low / high;
    const V rest = fnma(ratio, high, low);
    return fma(rest, inverse_forward, log_of(ratio));
}

template <class V, bool kHigher>
[[gnu::always_inline]] inline LaneResult<V> price_lane(const LaneTerms<V>& terms, V strike,
                                                       V volatility, typename V::Mask is_call) {
    const V zero = V::of(0.0);
    const V one = V::of(1.0);
    const V half = V::of(0.5);
    const V low = min(terms.forward, strike);
    const V high = max(terms.forward, strike);
    const typename V::Mask strike_is_high = terms.forward <= strike;

    const V deviation = volatility * terms.sqrt_years;
    const V inverse_deviation = one / max(deviation, V::of(kFloorOfDeviation));
    const V x = log_ratio(low, high, terms.inverse_forward);
    const V y = max(x * inverse_deviation, V::of(kFarthest));
    const V a = fma(half, deviation, y);
    const V b = fnma(half, deviation, y);

    const V bell = low * exp_of(zero - half * a * a);
    const V tail_a = half * bell * erfcx_lane(abs(a) * V::of(kSqrtHalf));  // low N(-|a|)
    const V tail_b = half * bell * erfcx_lane(abs(b) * V::of(kSqrtHalf));  // high N(-|b|)
    const typename V::Mask a_is_low = a < zero;
    const V out_of_money = select(a_is_low, tail_a - tail_b, low - tail_a - tail_b);
    const V intrinsic = select(is_call ^ strike_is_high, high - low, zero);

    const V weight = terms.discount * V::of(kOneOverSqrtTwoPi) * bell;              // D F phi(d1)
    const V tail = select(strike_is_high, tail_a, tail_b) * terms.inverse_forward;  // N(-|d1|)
    const V share = select((strike_is_high & a_is_low) ^ is_call, one - tail, tail);

    LaneResult<V> result;
    result.price = terms.discount * (out_of_money + intrinsic);
    result.delta = negate_unless(is_call, terms.discount * share);
    const V density = weight * terms.inverse_forward;  // D phi(d1)
    result.gamma = density * terms.inverse_forward * inverse_deviation;
    result.vega = weight * terms.sqrt_years;
    result.theta = fma(weight * volatility, terms.theta_scale, terms.rate * result.price);

    const typename V::Mask is_valid = (strike >= V::of(kSmallestLevel)) &
                                      (strike <= V::of(kLargestLevel)) & (volatility >= zero) &
                                      (volatility <= V::of(kLargestVolatility));
    const typename V::Mask is_smooth = is_valid & ((deviation > zero) | (terms.forward != strike));
    const V none = V::of(__builtin_nan(""));
    if constexpr (kHigher) {
        const V d2 = select(strike_is_high, b, zero - a);
        const V inverse_volatility = terms.sqrt_years * inverse_deviation;
        const V pull = density * d2;
        result.rho = select(is_valid, zero - terms.years * result.price, none);
        result.vanna = select(is_smooth, zero - pull * inverse_volatility, none);
        result.volga = select(is_smooth, result.vega * a * b * inverse_volatility, none);
        result.charm =
            select(is_smooth, fma(pull, terms.charm_scale, terms.rate * result.delta), none);
    }
    result.price = select(is_valid, result.price, none);
    result.delta = select(is_valid, result.delta, none);
    result.gamma = select(is_smooth, result.gamma, none);
    result.vega = select(is_smooth, result.vega, none);
    result.theta = select(is_smooth, result.theta, none);
    return result;
}

}  // namespace sauda::options
