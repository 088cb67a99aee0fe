#pragma once

namespace sauda::options {

// The transcendental functions of the cores. Same argument, same bits on every x86-64 CPU with
// AVX2 and FMA, and the same bits in a lane of a vector as in the scalar: libm's differ by CPU.
// Built on SLEEF's deterministic ("finz") functions. Pure, no errno; NaN in, NaN out.
// The bounds stated are held by tests/unit/common/options/deterministic_math_test.cpp.

// Within 1 ulp. Overflow gives infinity, underflow zero.
double exp_of(double x);
// Natural logarithm, within 1 ulp. log_of(0) is -infinity, of a negative number NaN.
double log_of(double x);
// Complementary error function 1 - erf(x), within 1.5 ulp down to its underflow near x = 26.5.
double erfc_of(double x);
// exp(x^2) erfc(x), the scaled complementary error function: within 1.5 ulp for x >= 0, 2.5 ulp
// below. Infinite below x = -26.6.
double erfcx_of(double x);
// x^y for x > 0, through exp and log: good to about |y log x| ulp.
double power_of(double x, double y);

// Density and distribution function of the standard normal. Each within 1e-15 of its value, in the
// left tail too, as long as that is a normal double (x > -37.5); below they fade to zero.
double normal_density(double x);
double normal_cdf(double x);
// The inverse of normal_cdf, within 1e-15 of its value. Infinite at p = 0 and 1, NaN outside.
double normal_quantile(double p);

}  // namespace sauda::options
