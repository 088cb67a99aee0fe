"""Writes deterministic_math.csv: function, argument, value, both as the shortest decimals that give
the double back; the value is the true one rounded to a double. Needs mpmath."""

import random
from pathlib import Path

from mpmath import erfc, exp, log, mp, mpf, pi, sqrt

mp.dps = 60


def erfcx(x):
    if x > 60:
        terms = [mpf(1)]
        for k in range(1, 25):
            terms.append(terms[-1] * (1 - 2 * k) / (2 * x * x))
        return sum(terms) / (x * sqrt(pi))
    return exp(x * x) * erfc(x)


def density(x):
    return exp(-x * x / 2) / sqrt(2 * pi)


def cdf(x):
    return erfc(-x / sqrt(mpf(2))) / 2


def quantile(p):
    """Newton on the logarithm of the smaller tail, from a start that is always on its far side."""
    if p == mpf(1) / 2:
        return mpf(0)
    tail, sign = (p, 1) if p < mpf(1) / 2 else (1 - p, -1)
    x = -sqrt(-2 * log(tail)) if tail < mpf("0.3") else mpf(-1) / 2
    for _ in range(200):
        step = (log(cdf(x)) - log(tail)) * cdf(x) / density(x)
        x -= step
        if abs(step) < mpf(10) ** -50 * max(abs(x), mpf(10) ** -40):
            break
    return sign * x


def arguments(chance, low, high, count):
    return [chance.uniform(low, high) for _ in range(count)]


def cases():
    chance = random.Random(20240829)
    small = [10.0 ** -e for e in (1, 2, 4, 8, 15, 17, 30, 300)]
    signed = small + [-x for x in small] + [0.0]
    yield "exp", exp, signed + arguments(chance, -708, 709, 150) + arguments(chance, -1, 1, 50)
    yield "log", log, (small + [1.0, 2.0, 1e300] + arguments(chance, 0.5, 2, 80) +
                       [10.0 ** e for e in arguments(chance, -300, 300, 80)])
    yield "erfc", erfc, signed + arguments(chance, -6, 26, 150) + arguments(chance, -1, 2, 100)
    yield "erfcx", erfcx, (signed + arguments(chance, -26, 0, 120) + arguments(chance, 0, 12, 200) +
                           [10.0 ** e for e in arguments(chance, 1, 18, 80)] + [1e100, 1e300])
    yield "density", density, signed + arguments(chance, -37, 37, 150) + arguments(chance, -2, 2, 50)
    yield "cdf", cdf, signed + arguments(chance, -37.5, 8, 200) + arguments(chance, -3, 3, 100)
    tails = [10.0 ** e for e in arguments(chance, -300, 0, 100)]
    yield "quantile", quantile, ([0.5, 0.25, 0.75, 0.075, 0.925, 1e-300, 1 - 2.0 ** -53] + tails +
                                 arguments(chance, 0, 1, 150) + arguments(chance, 0.4999, 0.5001, 20))


if __name__ == "__main__":
    lines = []
    for name, function, values in cases():
        lines += [f"{name},{x!r},{float(function(mpf(x)))!r}" for x in values]
    Path(__file__).with_suffix(".csv").write_text("\n".join(lines) + "\n")
