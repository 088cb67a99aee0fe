#pragma once

namespace sauda::options {

// The two ways to compute a chain, called by chain_pricing.cpp only. Both come from the one text in
// lane_kernel.h, and give the same bits for the same inputs. No header of the C++ library may stand
// here: the vector way is compiled for AVX2.

// What the options of one expiry share; made and described by chain_pricing.h.
struct ExpiryTerms {
    double forward = 0;
    double discount = 0;
    double years = 0;
    double sqrt_years = 0;
    double rate_per_year = 0;
};

// Arrays of `size` options and of their results. The higher Greeks are null where not asked for.
struct ChainArrays {
    unsigned long size = 0;
    const double* strike = nullptr;
    const double* volatility = nullptr;
    const unsigned char* is_call = nullptr;
    double* price = nullptr;
    double* delta = nullptr;
    double* gamma = nullptr;
    double* vega = nullptr;
    double* theta = nullptr;
    double* rho = nullptr;
    double* vanna = nullptr;
    double* volga = nullptr;
    double* charm = nullptr;
};

// What the lanes accept; outside, every result is NaN.
inline constexpr double kSmallestLevel = 1e-6;  // of a forward, spot or strike
inline constexpr double kLargestLevel = 1e12;
inline constexpr double kLargestVolatility = 1000.0;

void price_scalar_lanes(const ExpiryTerms& terms, const ChainArrays& chain);
// Only on a CPU with AVX2 and FMA.
void price_vector_lanes(const ExpiryTerms& terms, const ChainArrays& chain);

}  // namespace sauda::options
