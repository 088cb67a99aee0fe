#include "common/margin/risk_array.h"

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

// Weights of the composite delta by thirds of the price scan range: 0, 1, 2, 3 on either side.
constexpr std::array<double, 4> kDeltaWeights{0.270, 0.217, 0.110, 0.037};

double ratio(int64_t millionths) { return static_cast<double>(millionths) / kMillion; }

Price rounded_price(double rupees) {
    return Price::from_raw(std::llround(rupees * static_cast<double>(kPriceScale)));
}

struct Model {
    bool is_call = true;
    double strike = 0.0;
    double rate = 0.0;

    [[nodiscard]] double intrinsic(double spot) const {
        return std::max(is_call ? spot - strike : strike - spot, 0.0);
    }
    [[nodiscard]] double value(double spot, double years, double volatility) const {
        if (years <= 0.0) {
            return intrinsic(spot);
        }
        const double deviation = volatility * std::sqrt(years);
        const double d1 =
            (options::log_of(spot / strike) + rate * years) / deviation + deviation / 2.0;
        const double paid = strike * options::exp_of(-rate * years);
        const double d2 = d1 - deviation;
        return is_call ? spot * options::normal_cdf(d1) - paid * options::normal_cdf(d2)
                       : paid * options::normal_cdf(-d2) - spot * options::normal_cdf(-d1);
    }
    [[nodiscard]] double delta(double spot, double years, double volatility) const {
        const double deviation = volatility * std::sqrt(years);
        const double d1 =
            (options::log_of(spot / strike) + rate * years) / deviation + deviation / 2.0;
        return is_call ? options::normal_cdf(d1) : -options::normal_cdf(-d1);
    }
};

}  // namespace

Price price_scan_range(const Conditions& conditions, Date expiry) {
    const auto& p = conditions.parameters;
    const int64_t daily =
        std::llround(static_cast<double>(conditions.volatility) / std::sqrt(kDaysPerYear));  // 1e-6
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

RiskArray risk_array(ContractId contract, const Conditions& conditions) {
    INVARIANT(conditions.volatility > 0 && conditions.underlying.is_positive());
    RiskArray array;
    const bool is_future = contract.kind() == ContractKind::Future;
    const int days = contract.expiry().days - conditions.today.days;
    if (!(is_future || contract.is_option()) || days < 0) {
        return array;
    }
    const auto& p = conditions.parameters;
    const double spot = conditions.underlying.rupees();
    const double range = price_scan_range(conditions, contract.expiry()).rupees();
    const double volatility = ratio(conditions.volatility);
    const double volatility_range = volatility_scan_range(conditions);
    const double years_now = static_cast<double>(days + 1) / kDaysPerYear;
    const double years_then = std::max(static_cast<double>(days - 1), 0.0) / kDaysPerYear;
    const Model model{contract.kind() == ContractKind::Call, contract.strike().rupees(),
                      ratio(conditions.rate)};
    const double now = is_future ? spot : model.value(spot, years_now, volatility);
    array.value = rounded_price(now);
    for (std::size_t i = 0; i < kScenarios; ++i) {
        const auto& scenario = kScenarioTable[i];
        const double moves = scenario.is_extreme ? scenario.price_thirds * ratio(p.extreme_multiple)
                                                 : static_cast<double>(scenario.price_thirds) / 3.0;
        const double share = scenario.is_extreme ? ratio(p.extreme_share) : 1.0;
        const double then = std::max(spot + moves * range, kLeastShare * spot);
        const double bumped =
            std::max(volatility + scenario.volatility * volatility_range, kLeastVolatility);
        const double value = is_future ? then : model.value(then, years_then, bumped);
        array.loss[i] = rounded_price(share * (now - value));
    }
    if (is_future) {
        array.delta = kOne;
        return array;
    }
    double delta = 0.0;
    for (int thirds = -3; thirds <= 3; ++thirds) {
        const double then = std::max(spot + thirds * range / 3.0, kLeastShare * spot);
        delta += kDeltaWeights[static_cast<std::size_t>(std::abs(thirds))] *
                 model.delta(then, years_now, volatility);
    }
    array.delta = std::llround(delta * kMillion);
    return array;
}

Price capped_loss(const RiskArray& array, std::size_t scenario, Price mark) {
    return std::min(array.loss[scenario], mark.is_positive() ? mark : array.value);
}

}  // namespace sauda::margin
