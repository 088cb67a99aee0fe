#pragma once

namespace sauda::simulation {

// The implied volatilities of one index: SSVI slices (Gatheral and Jacquier 2014),
//   w(k) = theta/2 (1 + rho phi k + sqrt((phi k + rho)^2 + 1 - rho^2)),  k = ln(strike / forward),
// with theta increasing and theta phi not decreasing in time and phi bounded, so that no calendar
// and no butterfly can be had for less than nothing. The level moves, the shape follows from it:
// at the money 30 % lower in the last days than in the long term, wings of 2.2 % of |k| a side,
// skew that grows with time. Shape after the NSE chains of 29 August 2025 and August 2026.
class VolSurface {
 public:
    struct Slice {
        double theta = 0.0;  // total variance at the money
        double rho = 0.0;
        double phi = 0.0;
        double years = 0.0;
    };

    // level: long-term volatility at the money, a year.
    explicit VolSurface(double level) : level_(level) {}
    void set_level(double level) { level_ = level; }
    [[nodiscard]] double level() const { return level_; }

    // years > 0; less than a minute counts as one.
    [[nodiscard]] Slice slice(double years) const;
    [[nodiscard]] static double total_variance(const Slice& slice, double log_moneyness);
    // A year.
    [[nodiscard]] static double volatility(const Slice& slice, double log_moneyness);

 private:
    double level_;
};

}  // namespace sauda::simulation
