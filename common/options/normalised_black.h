#pragma once

namespace sauda::options {

// Black's formula without units, after Jaeckel: x = log(F / K) <= 0 for a call (an option out of
// the money; a put is the mirror image), s = volatility sqrt(years) > 0, b = price / sqrt(F K).
// With h = x / s <= 0 and t = s / 2 > 0, and Y(z) = N(z) / n(z) of the normal distribution,
//     vega            b' = exp(-(h^2 + t^2) / 2) / sqrt(2 pi)
//     price           b  = b' (Y(h + t) - Y(h - t))
//     what is missing b_max - b = b' (Y(-h - t) + Y(h - t)), b_max = exp(x / 2).
// The quotients by vega neither overflow nor underflow, so a price of 1e-300 keeps its digits.

// log(sqrt(2 pi)); log b' = -(h^2 + t^2) / 2 - kLogRoot2Pi.
inline constexpr double kLogRoot2Pi = 0.91893853320467274;

// b'.
double normalised_vega(double h, double t);

// b / b'. The difference of two nearly equal Y loses digits, so there are three ways to it: an
// asymptotic expansion far out of the money, a Taylor series for small t, and the difference. The
// series stop at terms below `digits` of the sum.
double price_over_vega(double h, double t, double digits = 1e-17);

// (b_max - b) / b'.
double missing_over_vega(double h, double t);

// The s at which a call with x <= 0 costs `price` = b, b_max - b = `missing`. Both are > 0 and
// b_max = exp(x / 2); they are passed apart because one is exact where the other is rounded.
double normalised_volatility(double x, double b_max, double price, double missing);

}  // namespace sauda::options
