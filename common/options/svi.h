#pragma once

#include "common/base/archive.h"

namespace sauda::options {

// Raw SVI (Gatheral 2004): total variance (volatility^2 x years) of log-moneyness k = log(K / F):
// w(k) = a + b (rho (k - m) + sqrt((k - m)^2 + sigma^2)).
struct RawSvi {
    double a = 0.0;
    double b = 0.0;    // >= 0
    double rho = 0.0;  // in [-1, 1]
    double m = 0.0;
    double sigma = 0.0;  // > 0
    friend bool operator==(const RawSvi&, const RawSvi&) = default;
    SAUDA_FIELDS(a, b, rho, m, sigma)
};

// w and its first two derivatives at one k.
struct VarianceAt {
    double w = 0.0;
    double slope = 0.0;
    double curvature = 0.0;
};
VarianceAt variance_at(const RawSvi& svi, double k);
double total_variance(const RawSvi& svi, double k);

// Durrleman's g(k): the implied density of log-price is g times a normal one, so g < 0 at some k is
// a butterfly that pays without risk.
double durrleman(const VarianceAt& at, double k);

// A range of log-moneyness.
struct KRange {
    double low = 0.0;
    double high = 0.0;
    SAUDA_FIELDS(low, high)
};

// Smallest g from far left to far right of the range (30 times its width) and in both wings at
// infinity (where w grows linearly, g tends to (4 - slope^2) / 16). Minus infinity where w is not
// positive. >= 0: free of butterfly arbitrage.
double least_durrleman(const RawSvi& svi, KRange range);

// Smallest w_far - w_near over the range. >= 0: free of calendar arbitrage there.
double least_calendar(const RawSvi& near, const RawSvi& far, KRange range);

}  // namespace sauda::options
