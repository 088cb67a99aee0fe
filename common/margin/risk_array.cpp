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

Price rounded_price(double rupees) {
    return Price::from_raw(std::llround(rupees * static_cast<double>(kPriceScale)));
}

// Black-Scholes-Merton on one spot and one time to expiry. A price is homogeneous: at a moved spot
// it is the spot's ratio times the price, at the unmoved spot, of the strike divided by that ratio.
// So all scenarios of a contract are one small chain with strikes and volatilities of its own.
template <std::size_t kLanes>
struct Lanes {
    std::array<double, kLanes> moved{};  // spot of the scenario over the spot now
    std::array<double, kLanes> strike{};
    std::array<double, kLanes> volatility{};
    std::array<std::uint8_t, kLanes> is_call{};
    std::array<double, kLanes> value{};
    std::array<double, kLanes> delta{};  // of the spot

    void set(std::size_t lane, double ratio_moved, double strike_price, double sigma, bool call) {
        moved[lane] = ratio_moved;
        strike[lane] = strike_price / ratio_moved;
        volatility[lane] = sigma;
        is_call[lane] = call ? 1 : 0;
    }
    void price(double spot, double rate, int days) {
        constexpr double kMinutesPerDay = 1'440.0;
        const double minutes = days * kMinutesPerDay;
        const double growth = options::exp_of(rate * days / kDaysPerYear);
        const auto terms = options::make_expiry_terms_at_rate(spot * growth, rate, minutes);
        INVARIANT(terms.has_value());
        std::array<double, kLanes> unused_gamma{};
        std::array<double, kLanes> unused_vega{};
        std::array<double, kLanes> unused_theta{};
        options::price_chain(*terms, {strike, volatility, is_call},
                             {value, delta, unused_gamma, unused_vega, unused_theta});
        for (std::size_t i = 0; i < kLanes; ++i) {
            value[i] *= moved[i];
            delta[i] *= growth;
        }
    }
};

// Weights of the composite delta by thirds of the price scan range, from -3 to 3.
constexpr std::array<double, 7> kDeltaWeights{0.037, 0.110, 0.217, 0.270, 0.217, 0.110, 0.037};
constexpr std::size_t kUnmoved = 3;  // its index there

// The underlying of a scenario over the underlying now.
double moved_by(const Scenario& scenario, double range_share, const MarginParameters& p) {
    const double ranges = scenario.is_extreme ? scenario.price_thirds * ratio(p.extreme_multiple)
                                              : static_cast<double>(scenario.price_thirds) / 3.0;
    return std::max(1.0 + ranges * range_share, kLeastShare);
}

double counted(const Scenario& scenario, const MarginParameters& p) {
    return scenario.is_extreme ? ratio(p.extreme_share) : 1.0;
}

RiskArray future_array(const Conditions& conditions, double spot, double range_share) {
    RiskArray array;
    array.value = conditions.underlying;
    array.delta = kOne;
    for (std::size_t i = 0; i < kScenarios; ++i) {
        const auto& scenario = kScenarioTable[i];
        const double moved = moved_by(scenario, range_share, conditions.parameters);
        array.loss[i] =
            rounded_price(counted(scenario, conditions.parameters) * spot * (1.0 - moved));
    }
    return array;
}

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
    const bool is_future = contract.kind() == ContractKind::Future;
    const int days = contract.expiry().days - conditions.today.days;
    if (!(is_future || contract.is_option()) || days < 0) {
        return {};
    }
    const auto& p = conditions.parameters;
    const double spot = conditions.underlying.rupees();
    const double range = price_scan_range(conditions, contract.expiry()).rupees() / spot;
    if (is_future) {
        return future_array(conditions, spot, range);
    }
    const double strike = contract.strike().rupees();
    const double volatility = ratio(conditions.volatility);
    const double volatility_range = volatility_scan_range(conditions);
    const double rate = ratio(conditions.rate);
    const bool is_call = contract.kind() == ContractKind::Call;

    Lanes<kDeltaWeights.size()> now;
    for (std::size_t i = 0; i < kDeltaWeights.size(); ++i) {
        const double thirds = static_cast<double>(i) - static_cast<double>(kUnmoved);
        now.set(i, std::max(1.0 + thirds * range / 3.0, kLeastShare), strike, volatility, is_call);
    }
    now.price(spot, rate, days + 1);
    Lanes<kScenarios> then;
    for (std::size_t i = 0; i < kScenarios; ++i) {
        const auto& scenario = kScenarioTable[i];
        const double bumped =
            std::max(volatility + scenario.volatility * volatility_range, kLeastVolatility);
        then.set(i, moved_by(scenario, range, p), strike, bumped, is_call);
    }
    then.price(spot, rate, std::max(days - 1, 0));

    RiskArray array;
    array.value = rounded_price(now.value[kUnmoved]);
    for (std::size_t i = 0; i < kScenarios; ++i) {
        array.loss[i] =
            rounded_price(counted(kScenarioTable[i], p) * (now.value[kUnmoved] - then.value[i]));
    }
    double delta = 0.0;
    for (std::size_t i = 0; i < kDeltaWeights.size(); ++i) {
        delta += kDeltaWeights[i] * now.delta[i];
    }
    array.delta = std::llround(delta * kMillion);
    return array;
}

Price capped_loss(const RiskArray& array, std::size_t scenario, Price mark) {
    return std::min(array.loss[scenario], mark.is_positive() ? mark : array.value);
}

}  // namespace sauda::margin
