#pragma once

namespace sauda::options {

// The transcendental functions of the cores. Same argument, same bits on every x86-64 CPU with
// AVX2 and FMA, and the same bits in a lane of a vector as in the scalar: libm's differ by CPU.
// Built on SLEEF's deterministic ("finz") functions. Pure, no errno; NaN in, NaN out.

// Within 1 ulp. Overflow gives infinity, underflow zero.
double exp_of(double x);
// Natural logarithm, within 1 ulp. log_of(0) is -infinity, of a negative number NaN.
double log_of(double x);
// Complementary error function 1 - erf(x), within 1.5 ulp down to its underflow near x = 26.5.
double erfc_of(double x);
// exp(x^2) erfc(x), the scaled complementary error function.
double erfcx_of(double x);
// x^y for x > 0, through exp and log: good to about |y log x| ulp.
double power_of(double x, double y);

// Density, distribution function and its inverse (0 < p < 1) of the standard normal.
double normal_density(double x);
double normal_cdf(double x);
double normal_quantile(double p);

}  // namespace sauda::options
