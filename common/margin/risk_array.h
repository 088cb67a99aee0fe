#pragma once

#include "common/margin/conditions.h"
#include "common/options/chain_lanes.h"

#include <array>

namespace sauda::margin {

inline constexpr std::size_t kScenarios = 16;

// One state of the market a day or two from now.
struct Scenario {
    int price_thirds;  // move of the underlying in thirds of the price scan range
    int volatility;    // +1, 0, -1 volatility scan ranges
    bool is_extreme;   // price_thirds is the sign only; a share of the loss counts
};

// The exchange's sixteen, in its order.
inline constexpr std::array<Scenario, kScenarios> kScenarioTable{{
    {0, 1, false},
    {0, -1, false},
    {1, 1, false},
    {1, -1, false},
    {-1, 1, false},
    {-1, -1, false},
    {2, 1, false},
    {2, -1, false},
    {-2, 1, false},
    {-2, -1, false},
    {3, 1, false},
    {3, -1, false},
    {-3, 1, false},
    {-3, -1, false},
    {1, 0, true},
    {-1, 0, true},
}};

// What one long unit of a contract loses in each scenario; a gain is negative. Not yet held to the
// contract's price (see capped_loss).
struct RiskArray {
    std::array<domain::Price, kScenarios> loss{};
    domain::Price value;  // by the exchange's model now
    int64_t delta = 0;    // composite: weighted over the scenarios, 1e-6
    friend bool operator==(const RiskArray&, const RiskArray&) = default;
};

// The exchange's scan ranges under these conditions.
// Price: the larger of the floor and so many daily sigmas, of the underlying's value.
domain::Price price_scan_range(const Conditions& conditions, domain::Date expiry);
// Volatility, annual, absolute: the larger of the floor and a share, rounded to whole points.
double volatility_scan_range(const Conditions& conditions);

// The scenarios of one expiry under conditions, ready to be applied to its contracts.
// Options: Black-Scholes-Merton on the spot with the commodity's one volatility, now at one day
// more than the calendar says and in the scenario at one day less (the exchange's two-day horizon);
// by its last day an option is worth what it is in the money. Futures move one to one. Spot and
// synthetic contracts, and what expired before today, have an array of zeros.
// conditions.volatility must be known (> 0) and the underlying positive.
class ExpiryScan {
 public:
    static constexpr std::size_t kDeltaPoints = 7;

    ExpiryScan(const Conditions& conditions, domain::Date expiry);
    // contract: of that expiry.
    [[nodiscard]] RiskArray array(domain::ContractId contract) const;

 private:
    [[nodiscard]] RiskArray future() const;
    [[nodiscard]] RiskArray option(double strike, bool is_call) const;

    template <std::size_t kSize>
    using Lanes = std::array<double, kSize>;

    double spot_;
    domain::Price value_;
    bool is_alive_ = false;
    double growth_ = 1.0;  // of one rupee until the expiry
    options::ExpiryTerms now_;
    options::ExpiryTerms then_;
    // A price is homogeneous: at a moved spot it is `moved` times the price, at the spot unmoved,
    // of the strike divided by `moved`. So all scenarios of a contract are one small chain.
    Lanes<kDeltaPoints> now_strikes_{};
    Lanes<kDeltaPoints> now_volatility_{};
    Lanes<kScenarios> moved_{};
    Lanes<kScenarios> then_strikes_{};
    Lanes<kScenarios> then_volatility_{};
    Lanes<kScenarios> counted_{};  // share of the loss
};

// The same for one contract.
RiskArray risk_array(domain::ContractId contract, const Conditions& conditions);

// The exchange's rule: a long unit cannot lose more than its price. mark zero: unknown, then the
// model's value stands in.
domain::Price capped_loss(const RiskArray& array, std::size_t scenario, domain::Price mark);

}  // namespace sauda::margin
