#pragma once

#include <cstddef>
#include <optional>
#include <span>

// Figures of a series of returns, as empyrical defines them. A return is a fraction of what stood
// at the beginning of its period (0.01 = one per cent); `periods` is the number of periods a year
// (252 for trading days). A figure that a series is too short or too flat for is nullopt.
namespace sauda::lab {

inline constexpr double kTradingDaysAYear = 252.0;

double mean_of(std::span<const double> values);                          // 0 when empty
std::optional<double> sample_deviation(std::span<const double> values);  // n - 1 in the divisor
// Third and fourth standardised moments with n in the divisor; kurtosis of a normal is 3.
std::optional<double> skewness(std::span<const double> values);
std::optional<double> kurtosis(std::span<const double> values);
// Pearson's, of two series of equal length.
std::optional<double> correlation(std::span<const double> a, std::span<const double> b);

// Compounded growth a year. -1 when everything was lost.
std::optional<double> annual_return(std::span<const double> returns,
                                    double periods = kTradingDaysAYear);
std::optional<double> annual_volatility(std::span<const double> returns,
                                        double periods = kTradingDaysAYear);
// Mean over sample deviation of the returns above risk_free (of one period), a year.
std::optional<double> sharpe_ratio(std::span<const double> returns, double risk_free = 0.0,
                                   double periods = kTradingDaysAYear);
// Root of the mean square of what falls short of `required`, over all periods, a year.
std::optional<double> downside_risk(std::span<const double> returns, double required = 0.0,
                                    double periods = kTradingDaysAYear);
std::optional<double> sortino_ratio(std::span<const double> returns, double required = 0.0,
                                    double periods = kTradingDaysAYear);

// The deepest fall of the compounded curve, which begins at 1 before the first return, so that a
// loss on the first day counts.
struct Drawdown {
    double depth = 0.0;                   // <= 0, a fraction of the peak
    std::size_t peak = 0;                 // returns before the peak
    std::size_t trough = 0;               // returns before the lowest point
    std::optional<std::size_t> recovery;  // returns before the peak was reached again
    [[nodiscard]] std::size_t length() const { return trough - peak; }  // periods of falling
};
Drawdown max_drawdown(std::span<const double> returns);

// Annual return over the size of the deepest drawdown.
std::optional<double> calmar_ratio(std::span<const double> returns,
                                   double periods = kTradingDaysAYear);

}  // namespace sauda::lab
