"""Prints the coefficients of common/options/lower_knot_series.h: what the guess of implied
volatility needs at the foot of the tangent, as powers of r = sqrt(|x|) for r in [0, 0.3].
Needs mpmath."""

from mpmath import cos, erfc, exp, mp, mpf, nstr, pi, polyval, sqrt

mp.dps = 50
TOP = mpf(3) / 10
DEGREE = 6


def mills(z):
    return sqrt(pi / 2) * exp(z * z / 2) * erfc(-z / sqrt(mpf(2)))


def knot(r):
    """price / r^2, f / r^2, df/dprice, the parameter of the rational cubic, 1 / vega."""
    x = r * r
    s = sqrt(mpf(2)) * r - sqrt(pi / 2) * (1 - exp(x) * erfc(r))
    h, t = -x / s, s / 2
    vega = exp(-(h * h + t * t) / 2) / sqrt(2 * pi)
    price = vega * (mills(h + t) - mills(h - t))
    z = x / (sqrt(mpf(3)) * s)
    tail = erfc(z / sqrt(mpf(2))) / 2
    f = 2 * pi * x / (3 * sqrt(mpf(3))) * tail ** 3
    slope = 2 * pi * z * z * tail ** 2 * exp(z * z + s * s / 8)
    hazard = exp(-z * z / 2) / sqrt(2 * pi) / tail
    curvature = slope / vega * ((2 * hazard * z - 2 * z * z - 2) / s + s / 4)
    mean = f / price
    parameter = (price * curvature / 2 + slope - 1) / (slope - mean)
    least = max((1 + slope) / mean, abs((slope - 1) / (slope - mean)),
                abs((slope - 1) / (mean - 1)))
    return price / x, f / x, slope, max(parameter, least), 1 / vega


def fit(values, nodes):
    """Newton's divided differences, expanded to powers."""
    n = len(nodes)
    table = list(values)
    for k in range(1, n):
        for i in range(n - 1, k - 1, -1):
            table[i] = (table[i] - table[i - 1]) / (nodes[i] - nodes[i - k])
    powers = [table[-1]]
    for i in range(n - 2, -1, -1):
        powers = [mpf(0)] + powers
        for j in range(len(powers) - 1):
            powers[j] -= nodes[i] * powers[j + 1]
        powers[0] += table[i]
    return powers


def main():
    nodes = [TOP / 2 * (1 + cos(pi * (2 * i + 1) / (2 * DEGREE + 2))) for i in range(DEGREE + 1)]
    at_nodes = [knot(r) for r in nodes]
    for i, name in enumerate(("price", "f", "slope", "parameter", "inverse vega")):
        powers = fit([row[i] for row in at_nodes], nodes)
        worst = max(abs(polyval(powers[::-1], r) / knot(r)[i] - 1)
                    for r in (TOP * (j + mpf(1) / 2) / 200 for j in range(200)))
        print(f"// {name}, within {nstr(worst, 2)}")
        print("{" + ", ".join(nstr(p, 17) for p in powers) + "},")


main()
