#include "common/margin/risk_array.h"

#include "common/options/chain_pricing.h"
#include "common/options/deterministic_math.h"

#include <algorithm>
#include <cmath>

namespace sauda::margin {

using namespace domain;

namespace {

constexpr double kMillion = 1e6;
constexpr int64_t kOne = 1'000'000;
constexpr double kDaysPerYear = 365.0;
constexpr int64_t kPriceScale = 10'000;  // of Price
// Below these the model has no meaning; only ranges far beyond any exchange's reach them.
constexpr double kLeastVolatility = 0.01;
constexpr double kLeastShare = 0.01;  // of the underlying that is left in a scenario

double ratio(int64_t millionths) { return static_cast<double>(millionths) / kMillion; }

int64_t rounded(double x) { return static_cast<int64_t>(x < 0 ? x - 0.5 : x + 0.5); }

Price rounded_price(double rupees) {
    return Price::from_raw(rounded(rupees * static_cast<double>(kPriceScale)));
}

// Where a scenario moves the underlying to, over where it is now.
double moved_by(const Scenario& scenario, double range_share, const MarginParameters& p) {
    const double ranges = scenario.is_extreme ? scenario.price_thirds * ratio(p.extreme_multiple)
                                              : static_cast<double>(scenario.price_thirds) / 3.0;
    return std::max(1.0 + ranges * range_share, kLeastShare);
}

double counted(const Scenario& scenario, const MarginParameters& p) {
    return scenario.is_extreme ? ratio(p.extreme_share) : 1.0;
}

options::ExpiryTerms terms_of(double spot, double growth, double rate, int days) {
    constexpr double kMinutesPerDay = 1'440.0;
    const auto terms =
        options::make_expiry_terms_at_rate(spot * growth, rate, days * kMinutesPerDay);
    INVARIANT(terms.has_value());
    return *terms;
}

double growth_of(double rate, int days) { return options::exp_of(rate * days / kDaysPerYear); }

// What one call of the kernel writes.
template <std::size_t kLanes>
struct Priced {
    std::array<double, kLanes> value;
    std::array<double, kLanes> delta;
    std::array<double, kLanes> unused[3];

    Priced(const options::ExpiryTerms& terms, double strike,
           const std::array<double, kLanes>& strike_ratio,
           const std::array<double, kLanes>& volatility, bool is_call) {
        std::array<double, kLanes> strikes;
        std::array<std::uint8_t, kLanes> kinds;
        kinds.fill(is_call ? 1 : 0);
        for (std::size_t i = 0; i < kLanes; ++i) {
            strikes[i] = strike * strike_ratio[i];
        }
        options::price_chain(terms, {strikes, volatility, kinds},
                             {value, delta, unused[0], unused[1], unused[2]});
    }
};

// Weights of the composite delta by thirds of the price scan range, from -3 to 3.
constexpr std::array<double, ExpiryScan::kDeltaPoints> kDeltaWeights{0.037, 0.110, 0.217, 0.270,
                                                                     0.217, 0.110, 0.037};
constexpr std::size_t kUnmoved = 3;  // its index there

}  // namespace

Price price_scan_range(const Conditions& conditions, Date expiry) {
    const auto& p = conditions.parameters;
    const int64_t daily =
        rounded(static_cast<double>(conditions.volatility) / std::sqrt(kDaysPerYear));  // 1e-6
    int64_t share = std::max(p.price_scan, base::scale_half_up(p.price_scan_sigmas, daily, kOne));
    if (p.far_days > 0 && expiry.days - conditions.today.days > p.far_days) {
        share = std::max(share, p.price_scan_far);
    }
    return conditions.underlying.scaled(share, kOne);
}

double volatility_scan_range(const Conditions& conditions) {
    const auto& p = conditions.parameters;
    constexpr int64_t kPoint = 10'000;
    const int64_t share = base::scale_half_up(conditions.volatility, p.volatility_share, kOne);
    return ratio(std::max(p.volatility_scan, base::scale_half_up(share, 1, kPoint) * kPoint));
}

ExpiryScan::ExpiryScan(const Conditions& conditions, Date expiry)
    : spot_(conditions.underlying.rupees()), value_(conditions.underlying) {
    INVARIANT(conditions.volatility > 0 && conditions.underlying.is_positive());
    const int days = expiry.days - conditions.today.days;
    is_alive_ = days >= 0;
    if (!is_alive_) {
        return;
    }
    const auto& p = conditions.parameters;
    const double range = price_scan_range(conditions, expiry).rupees() / spot_;
    const double volatility = ratio(conditions.volatility);
    const double volatility_range = volatility_scan_range(conditions);
    const double rate = ratio(conditions.rate);
    const int days_then = std::max(days - 1, 0);
    growth_ = growth_of(rate, days + 1);
    now_ = terms_of(spot_, growth_, rate, days + 1);
    then_ = terms_of(spot_, growth_of(rate, days_then), rate, days_then);
    for (std::size_t i = 0; i < kDeltaPoints; ++i) {
        const double thirds = static_cast<double>(i) - static_cast<double>(kUnmoved);
        now_strikes_[i] = 1.0 / std::max(1.0 + thirds * range / 3.0, kLeastShare);
        now_volatility_[i] = volatility;
    }
    for (std::size_t i = 0; i < kScenarios; ++i) {
        const auto& scenario = kScenarioTable[i];
        moved_[i] = moved_by(scenario, range, p);
        then_strikes_[i] = 1.0 / moved_[i];
        then_volatility_[i] =
            std::max(volatility + scenario.volatility * volatility_range, kLeastVolatility);
        counted_[i] = counted(scenario, p);
    }
}

RiskArray ExpiryScan::future() const {
    RiskArray array;
    array.value = value_;
    array.delta = kOne;
    for (std::size_t i = 0; i < kScenarios; ++i) {
        array.loss[i] = rounded_price(counted_[i] * spot_ * (1.0 - moved_[i]));
    }
    return array;
}

RiskArray ExpiryScan::option(double strike, bool is_call) const {
    const Priced<kDeltaPoints> now(now_, strike, now_strikes_, now_volatility_, is_call);
    const Priced<kScenarios> then(then_, strike, then_strikes_, then_volatility_, is_call);
    RiskArray array;
    array.value = rounded_price(now.value[kUnmoved]);
    for (std::size_t i = 0; i < kScenarios; ++i) {
        array.loss[i] =
            rounded_price(counted_[i] * (now.value[kUnmoved] - then.value[i] * moved_[i]));
    }
    double delta = 0.0;
    for (std::size_t i = 0; i < kDeltaPoints; ++i) {
        delta += kDeltaWeights[i] * now.delta[i];
    }
    array.delta = rounded(delta * growth_ * kMillion);
    return array;
}

RiskArray ExpiryScan::array(ContractId contract) const {
    if (!is_alive_) {
        return {};
    }
    if (contract.kind() == ContractKind::Future) {
        return future();
    }
    return contract.is_option()
               ? option(contract.strike().rupees(), contract.kind() == ContractKind::Call)
               : RiskArray{};
}

RiskArray risk_array(ContractId contract, const Conditions& conditions) {
    return ExpiryScan(conditions, contract.expiry()).array(contract);
}

Price capped_loss(const RiskArray& array, std::size_t scenario, Price mark) {
    return std::min(array.loss[scenario], mark.is_positive() ? mark : array.value);
}

}  // namespace sauda::margin
