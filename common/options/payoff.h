#pragma once

#include "common/options/probability.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace sauda::options {

enum class LegKind : uint8_t { Call = 1, Put = 2, Underlying = 3 };

// One leg of a group as it was entered.
struct PayoffLeg {
    LegKind kind = LegKind::Call;
    double strike = 0.0;    // rupees; unused for the underlying
    double quantity = 0.0;  // units, positive bought, negative sold
    double price = 0.0;     // rupees per unit paid or received
};

struct PayoffPoint {
    double settlement = 0.0;  // of the underlying, rupees
    double profit = 0.0;      // rupees, before charges
};

// Profit and loss of legs that all settle together, exactly: straight lines between the strikes,
// from a settlement of zero upwards. Amounts within a millionth of a rupee count as zero.
struct ExpiryPayoff {
    std::vector<PayoffPoint> corners;  // at zero and at every strike, ascending
    double slope_beyond = 0.0;         // rupees per rupee above the last corner
    std::vector<double> break_evens;   // where profit begins or ends, ascending
    std::vector<PriceRange> profitable;
    std::optional<double> max_profit;  // rupees; nullopt: unlimited
    std::optional<double> max_loss;    // rupees, a positive amount or zero; nullopt: unlimited

    [[nodiscard]] double at(double settlement) const;  // settlement >= 0
};
ExpiryPayoff expiry_payoff(std::span<const PayoffLeg> legs);

// What one leg is worth at settlement, per unit.
double intrinsic_value(LegKind kind, double strike, double settlement);

}  // namespace sauda::options
