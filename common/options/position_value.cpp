#include "common/options/position_value.h"

namespace sauda::options {

namespace {

// Worth of one unit, rupees. A future is worth its forward.
double unit_value(const ModelLeg& leg, double moved, double minutes_later) {
    const double forward = leg.forward * moved;
    if (leg.leg.kind == LegKind::Underlying) {
        return forward;
    }
    const double minutes = leg.minutes - minutes_later;
    if (!(minutes > 0.0)) {
        return intrinsic_value(leg.leg.kind, leg.leg.strike, forward);
    }
    const auto terms = make_expiry_terms_at_rate(forward, leg.rate, minutes);
    INVARIANT(terms.has_value());
    return black76(*terms, leg.leg.strike, leg.volatility, leg.leg.kind == LegKind::Call).price;
}

}  // namespace

double model_profit(std::span<const ModelLeg> legs, double moved, double minutes_later) {
    INVARIANT(moved > 0.0 && minutes_later >= 0.0);
    double sum = 0.0;
    for (const auto& leg : legs) {
        sum += leg.leg.quantity * (unit_value(leg, moved, minutes_later) - leg.leg.price);
    }
    return sum;
}

PositionGreeks position_greeks(std::span<const ModelLeg> legs) {
    PositionGreeks sum;
    for (const auto& leg : legs) {
        const double quantity = leg.leg.quantity;
        if (leg.leg.kind == LegKind::Underlying) {
            sum.delta += quantity;
            continue;
        }
        const auto terms = make_expiry_terms_at_rate(leg.forward, leg.rate, leg.minutes);
        INVARIANT(terms.has_value());
        const auto greeks =
            black76(*terms, leg.leg.strike, leg.volatility, leg.leg.kind == LegKind::Call);
        sum.delta += quantity * greeks.delta;
        sum.gamma += quantity * greeks.gamma_per_point;
        sum.vega += quantity * per_percentage_point(greeks.vega_per_unit_volatility);
        sum.theta += quantity * per_calendar_day(greeks.theta_per_year);
    }
    return sum;
}

}  // namespace sauda::options
