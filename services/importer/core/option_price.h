#pragma once

namespace sauda::importer {

// exp(x) for x <= 0 and the normal distribution function, from + - * / alone, so that the same
// session comes out on every machine. Good to 1e-7, which is far below a tick.
double decay(double x);
double normal_cdf(double x);

// Undiscounted price of an option on a forward whose change until expiry is normal with standard
// deviation `deviation` (in points, > 0): the Bachelier model. Call minus put is forward - strike.
double option_price(bool is_call, double forward, double strike, double deviation);

}  // namespace sauda::importer
