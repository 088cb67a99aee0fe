#pragma once

namespace sauda::options {

// (1 + 2x) erfcx(x) = 1 + p(t), t = (x - c) / (x + c), for every x >= 0: one polynomial, no
// branches. Truncated at 2.4e-17. By tests/data/oracles/erfcx_polynomial.py. Only constants stand
// here, because files compiled for AVX2 include it.
inline constexpr double kErfcxCentre = 3.5;
inline constexpr int kErfcxTerms = 24;
// By ascending power of t.
inline constexpr double kErfcxPolynomial[kErfcxTerms] = {
    0.2423492448711544,      -0.1400091801376197,    -0.010555596332221669,
    0.09751909515328706,     -0.11508959816003075,   0.08798315382403678,
    -0.04882332583088402,    0.019099330953271165,   -0.004215019879774186,
    -0.0003022679534333239,  0.0005643842668705102,  -0.00012151212091980101,
    -4.2781739959539994e-05, 2.4260300984917994e-05, 2.3273309537791425e-06,
    -3.814012584490695e-06,  -4.309237398316666e-08, 6.014823849950426e-07,
    -8.611571571113718e-09,  -9.64004253144383e-08,  6.651894382376532e-10,
    1.3624442778701048e-08,  6.040390099342991e-11,  -1.1656687889203665e-09,
};

}  // namespace sauda::options
