#include "common/options/smile_measures.h"

#include "common/options/deterministic_math.h"

namespace sauda::options {
namespace {

constexpr int kHalvings = 60;
constexpr int kDoublings = 60;

// d1 of Black's formula; falls as k rises on a curve without butterfly arbitrage.
double d1_at(const RawSvi& svi, double k) {
    const double root = __builtin_sqrt(total_variance(svi, k));
    return 0.5 * root - k / root;
}

}  // namespace

double moneyness_of_delta(const Smile& smile, double delta) {
    const double wanted = normal_quantile(delta);
    const double step = __builtin_sqrt(total_variance(smile.svi, 0.0));
    double low = -step;
    double high = step;
    for (int i = 0; i < kDoublings && d1_at(smile.svi, low) < wanted; ++i) {
        low *= 2.0;
    }
    for (int i = 0; i < kDoublings && d1_at(smile.svi, high) > wanted; ++i) {
        high *= 2.0;
    }
    for (int i = 0; i < kHalvings; ++i) {
        const double middle = 0.5 * (low + high);
        (d1_at(smile.svi, middle) > wanted ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

SmileMeasures measures_of(const Smile& smile) {
    SmileMeasures m;
    const VarianceAt forward = variance_at(smile.svi, 0.0);
    m.at_the_money = __builtin_sqrt(forward.w / smile.years);
    m.slope = 0.5 * forward.slope / __builtin_sqrt(forward.w * smile.years);
    const double put = moneyness_of_delta(smile, 0.75);
    const double call = moneyness_of_delta(smile, 0.25);
    m.put_25 = smile.volatility_at(put);
    m.call_25 = smile.volatility_at(call);
    m.skew = m.put_25 - m.call_25;
    m.risk_reversal = m.call_25 - m.put_25;
    m.butterfly = 0.5 * (m.call_25 + m.put_25) - m.at_the_money;
    m.put_25_strike = smile.forward * exp_of(put);
    m.call_25_strike = smile.forward * exp_of(call);
    return m;
}

void term_structure(std::span<const Smile> smiles, std::vector<TermPoint>& out) {
    out.clear();
    double years = 0.0;
    double w = 0.0;
    for (const Smile& smile : smiles) {
        const double here = total_variance(smile.svi, 0.0);
        TermPoint point{smile.years, __builtin_sqrt(here / smile.years), std::nullopt};
        if (years > 0.0 && smile.years > years && here >= w) {
            point.forward_volatility = __builtin_sqrt((here - w) / (smile.years - years));
        }
        out.push_back(point);
        years = smile.years;
        w = here;
    }
}

double expected_move(const Smile& smile) {
    return smile.forward * __builtin_sqrt(total_variance(smile.svi, 0.0));
}

double expected_move(double straddle, double discount) { return straddle / discount; }

}  // namespace sauda::options
