#include "common/options/payoff.h"

#include "common/base/invariant.h"

#include <algorithm>
#include <limits>

namespace sauda::options {

namespace {

constexpr double kZero = 1e-6;  // rupees

double profit_at(std::span<const PayoffLeg> legs, double settlement) {
    double sum = 0.0;
    for (const auto& leg : legs) {
        sum += leg.quantity * (intrinsic_value(leg.kind, leg.strike, settlement) - leg.price);
    }
    return sum > -kZero && sum < kZero ? 0.0 : sum;
}

// Above every strike calls and the underlying move with the settlement, puts are gone.
double slope_above(std::span<const PayoffLeg> legs) {
    double sum = 0.0;
    for (const auto& leg : legs) {
        sum += leg.kind == LegKind::Put ? 0.0 : leg.quantity;
    }
    return sum;
}

void find_extremes(ExpiryPayoff& payoff) {
    double best = payoff.corners.front().profit;
    double worst = best;
    for (const auto& corner : payoff.corners) {
        best = std::max(best, corner.profit);
        worst = std::min(worst, corner.profit);
    }
    if (!(payoff.slope_beyond > 0.0)) {
        payoff.max_profit = best;
    }
    if (!(payoff.slope_beyond < 0.0)) {
        payoff.max_loss = std::max(0.0, -worst);
    }
}

// Collects where the profit is above zero, walking up.
class ProfitWalk {
 public:
    explicit ProfitWalk(ExpiryPayoff& payoff) : payoff_(payoff) {}
    // From a to b in a straight line; b.settlement may be infinite with the sign in b.profit.
    void line(const PayoffPoint& a, const PayoffPoint& b, double crossing) {
        if (a.profit <= 0.0 && b.profit > 0.0) {
            open(a.profit < 0.0 ? crossing : a.settlement);
        } else if (a.profit > 0.0 && b.profit <= 0.0) {
            close(b.profit < 0.0 ? crossing : b.settlement);
        }
    }
    void begin(const PayoffPoint& first) {
        if (first.profit > 0.0) {
            low_ = first.settlement;
        }
    }
    void end() {
        if (low_) {
            payoff_.profitable.push_back({*low_, std::numeric_limits<double>::infinity()});
        }
    }

 private:
    void open(double at) {
        payoff_.break_evens.push_back(at);
        low_ = at;
    }
    void close(double at) {
        payoff_.break_evens.push_back(at);
        payoff_.profitable.push_back({*low_, at});
        low_.reset();
    }
    ExpiryPayoff& payoff_;
    std::optional<double> low_;
};

void find_break_evens(ExpiryPayoff& payoff) {
    ProfitWalk walk(payoff);
    const auto& corners = payoff.corners;
    walk.begin(corners.front());
    for (std::size_t i = 0; i + 1 < corners.size(); ++i) {
        const auto& a = corners[i];
        const auto& b = corners[i + 1];
        const double rise = b.profit - a.profit;
        const double crossing = a.settlement - a.profit * (b.settlement - a.settlement) /
                                                   (rise < 0.0 || rise > 0.0 ? rise : 1.0);
        walk.line(a, b, crossing);
    }
    const auto& last = corners.back();
    if (payoff.slope_beyond > 0.0 || payoff.slope_beyond < 0.0) {
        const PayoffPoint far{std::numeric_limits<double>::infinity(), payoff.slope_beyond};
        walk.line(last, far, last.settlement - last.profit / payoff.slope_beyond);
    }
    walk.end();
}

}  // namespace

double intrinsic_value(LegKind kind, double strike, double settlement) {
    switch (kind) {
        case LegKind::Call:
            return std::max(0.0, settlement - strike);
        case LegKind::Put:
            return std::max(0.0, strike - settlement);
        case LegKind::Underlying:
            return settlement;
    }
    INVARIANT(false);
}

double ExpiryPayoff::at(double settlement) const {
    INVARIANT(settlement >= 0.0 && !corners.empty());
    const auto above =
        std::upper_bound(corners.begin(), corners.end(), settlement,
                         [](double value, const PayoffPoint& c) { return value < c.settlement; });
    const auto& a = *(above - 1);
    if (above == corners.end()) {
        return a.profit + slope_beyond * (settlement - a.settlement);
    }
    return a.profit + (above->profit - a.profit) *
                          ((settlement - a.settlement) / (above->settlement - a.settlement));
}

ExpiryPayoff expiry_payoff(std::span<const PayoffLeg> legs) {
    INVARIANT(!legs.empty());
    std::vector<double> at{0.0};
    for (const auto& leg : legs) {
        if (leg.kind != LegKind::Underlying) {
            at.push_back(leg.strike);
        }
    }
    std::sort(at.begin(), at.end());
    at.erase(std::unique(at.begin(), at.end()), at.end());
    ExpiryPayoff payoff;
    for (const double settlement : at) {
        payoff.corners.push_back({settlement, profit_at(legs, settlement)});
    }
    payoff.slope_beyond = slope_above(legs);
    find_extremes(payoff);
    find_break_evens(payoff);
    return payoff;
}

}  // namespace sauda::options
