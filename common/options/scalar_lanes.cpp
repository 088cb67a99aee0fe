#include "common/options/chain_lanes.h"
#include "common/options/lane_kernel.h"

#include <math.h>  // FP_FAST_FMA, which sleef.h asks for
#include <sleef.h>

namespace sauda::options {
namespace {

// One lane: a double with the operations of lane_kernel.h, each rounding as the vector's does.
struct ScalarLane {
    using Mask = bool;
    double value;
    static ScalarLane of(double value) { return {value}; }
};

ScalarLane operator+(ScalarLane a, ScalarLane b) { return {a.value + b.value}; }
ScalarLane operator-(ScalarLane a, ScalarLane b) { return {a.value - b.value}; }
ScalarLane operator*(ScalarLane a, ScalarLane b) { return {a.value * b.value}; }
ScalarLane operator/(ScalarLane a, ScalarLane b) { return {a.value / b.value}; }
bool operator<(ScalarLane a, ScalarLane b) { return a.value < b.value; }
bool operator>(ScalarLane a, ScalarLane b) { return a.value > b.value; }
bool operator<=(ScalarLane a, ScalarLane b) { return a.value <= b.value; }
bool operator>=(ScalarLane a, ScalarLane b) { return a.value >= b.value; }
bool operator!=(ScalarLane a, ScalarLane b) { return a.value != b.value; }

ScalarLane fma(ScalarLane a, ScalarLane b, ScalarLane c) {
    return {__builtin_fma(a.value, b.value, c.value)};
}
ScalarLane fnma(ScalarLane a, ScalarLane b, ScalarLane c) {
    return {__builtin_fma(-a.value, b.value, c.value)};
}
// The second where one is NaN, as the instructions do.
ScalarLane min(ScalarLane a, ScalarLane b) { return a.value < b.value ? a : b; }
ScalarLane max(ScalarLane a, ScalarLane b) { return a.value > b.value ? a : b; }
ScalarLane abs(ScalarLane a) { return {__builtin_fabs(a.value)}; }
ScalarLane select(bool mask, ScalarLane yes, ScalarLane no) { return mask ? yes : no; }
ScalarLane negate_unless(bool mask, ScalarLane a) { return {mask ? a.value : -a.value}; }
ScalarLane exp_of(ScalarLane a) { return {Sleef_finz_expd1_u10purecfma(a.value)}; }
ScalarLane log_of(ScalarLane a) { return {Sleef_finz_logd1_u10purecfma(a.value)}; }

template <bool kHigher>
void price_all(const ExpiryTerms& terms, const ChainArrays& chain) {
    const LaneTerms<ScalarLane> shared(terms);
    for (unsigned long i = 0; i < chain.size; ++i) {
        const auto result = price_lane<ScalarLane, kHigher>(
            shared, {chain.strike[i]}, {chain.volatility[i]}, chain.is_call[i] != 0);
        chain.price[i] = result.price.value;
        chain.delta[i] = result.delta.value;
        chain.gamma[i] = result.gamma.value;
        chain.vega[i] = result.vega.value;
        chain.theta[i] = result.theta.value;
        if constexpr (kHigher) {
            chain.rho[i] = result.rho.value;
            chain.vanna[i] = result.vanna.value;
            chain.volga[i] = result.volga.value;
            chain.charm[i] = result.charm.value;
        }
    }
}

}  // namespace

void price_scalar_lanes(const ExpiryTerms& terms, const ChainArrays& chain) {
    chain.rho == nullptr ? price_all<false>(terms, chain) : price_all<true>(terms, chain);
}

}  // namespace sauda::options
