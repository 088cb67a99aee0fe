#pragma once

namespace sauda::options {

// Time is minutes to the settlement minute; a year is 365 days, holidays and nights included.
inline constexpr double kMinutesPerDay = 1440.0;
inline constexpr double kMinutesPerYear = 525600.0;
inline constexpr double kDaysPerYear = 365.0;

// Value of one option on one unit of the underlying, and how it moves. A level is in points (rupees
// per unit), volatility and rates as fractions per year: 0.20 is 20 %. "Underlying" is what the
// model prices on: the forward in Black-76, the spot in Black-Scholes-Merton. Time passes: theta is
// negative for an option that decays.
struct OptionGreeks {
    double price = 0;                      // points
    double delta = 0;                      // points per point of the underlying
    double gamma_per_point = 0;            // delta per point of the underlying
    double vega_per_unit_volatility = 0;   // points per 1.00 of volatility
    double theta_per_year = 0;             // points per year that passes
    double rho_per_unit_rate = 0;          // points per 1.00 of the rate, underlying held
    double vanna_per_unit_volatility = 0;  // delta per 1.00 of volatility
    double volga_per_unit_volatility = 0;  // vega per 1.00 of volatility
    double charm_per_year = 0;             // delta per year that passes
};

// Conversions, named by what they take and give.
constexpr double years_of_minutes(double minutes) { return minutes / kMinutesPerYear; }
constexpr double per_calendar_day(double per_year) { return per_year / kDaysPerYear; }
constexpr double per_minute(double per_year) { return per_year / kMinutesPerYear; }
constexpr double per_percentage_point(double per_unit) { return per_unit / 100.0; }

}  // namespace sauda::options
