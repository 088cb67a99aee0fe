"""Prints the coefficients of common/options/erfcx_polynomial.h: the Chebyshev expansion of
(1 + 2x) erfcx(x) - 1 in t = (x - 3.5) / (x + 3.5), as powers of t. Needs mpmath."""

from mpmath import cos, erfc, exp, mp, mpf, nstr, pi, sqrt

mp.dps = 60
CENTRE = mpf(7) / 2
DEGREE = 23
NODES = 120


def erfcx(x):
    if x > 60:
        terms = [mpf(1)]
        for k in range(1, 25):
            terms.append(terms[-1] * (1 - 2 * k) / (2 * x * x))
        return sum(terms) / (x * sqrt(pi))
    return exp(x * x) * erfc(x)


def chebyshev():
    angles = [pi * (j + mpf(1) / 2) / NODES for j in range(NODES)]
    values = []
    for angle in angles:
        t = cos(angle)
        x = CENTRE * (1 + t) / (1 - t)
        values.append((1 + 2 * x) * erfcx(x) - 1)
    return [(2 if i else 1) * sum(v * cos(i * a) for v, a in zip(values, angles)) / NODES
            for i in range(NODES)]


def powers(coefficients):
    result = [mpf(0)] * len(coefficients)
    previous, current = [mpf(1)], [mpf(0), mpf(1)]
    for coefficient in coefficients:
        for i, value in enumerate(previous):
            result[i] += coefficient * value
        following = [mpf(0)] + [2 * value for value in current]
        for i, value in enumerate(previous):
            following[i] -= value
        previous, current = current, following
    return result


if __name__ == "__main__":
    series = chebyshev()
    print("// left out:", nstr(sum(abs(c) for c in series[DEGREE + 1:]), 3))
    for value in powers(series[:DEGREE + 1]):
        print(f"    {float(value)!r},")
