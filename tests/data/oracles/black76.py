"""Writes black76.csv: the true Black-76 price and Greeks of a grid with deep wings and last minutes,
rounded to doubles. Inputs are taken as the exact doubles; units as in common/options/greeks.h.
Needs mpmath."""

import random
from pathlib import Path

from mpmath import erfc, exp, log, mp, mpf, pi, sqrt

mp.dps = 60
FIELDS = ("forward,strike,discount,minutes,volatility,is_call,"
          "price,delta,gamma,vega,theta,rho,vanna,volga,charm")


def cdf(x):
    return erfc(-x / sqrt(mpf(2))) / 2


def black76(forward, strike, discount, minutes, volatility, is_call):
    f, k, d, v = mpf(forward), mpf(strike), mpf(discount), mpf(volatility)
    years = mpf(minutes) / 525600
    rate = -log(d) / years
    root = sqrt(years)
    s = v * root
    d1 = log(f / k) / s + s / 2
    d2 = d1 - s
    density = exp(-d1 * d1 / 2) / sqrt(2 * pi)
    sign = 1 if is_call else -1
    price = d * sign * (f * cdf(sign * d1) - k * cdf(sign * d2))
    delta = d * sign * cdf(sign * d1)
    vega = d * f * density * root
    return [price, delta, d * density / (f * s), vega,
            rate * price - d * f * density * v / (2 * root), -years * price,
            -d * density * d2 / v, vega * d1 * d2 / v,
            rate * delta + d * density * d2 / (2 * years)]


def grid(chance):
    """Strikes are placed by their distance in standard deviations, so that every decade of the
    wings is met at every age, from half a minute to two years."""
    ages = [0.5, 1.0, 7.5, 60.0, 375.0, 1440.0, 10080.0, 43200.0, 525600.0, 1051200.0]
    for minutes in ages:
        for volatility in [0.01, 0.05, 0.12, 0.2, 0.45, 1.0, 2.5, 5.0]:
            deviation = volatility * (minutes / 525600.0) ** 0.5
            for distance in [0.0, 0.01, 0.5, 1.5, 4.0, 9.0, 20.0, 33.0]:
                move = deviation * distance * chance.choice([-1.0, 1.0])
                if abs(move) > 6.0:
                    continue
                forward = chance.choice([24500.0, 81234.55, 52.4])
                strike = forward * float(exp(mpf(move)))
                if distance > 0 and strike == forward:
                    continue
                rate = chance.choice([0.0, 0.065, 0.1])
                discount = float(exp(-mpf(rate) * mpf(minutes) / 525600))
                yield forward, strike, discount, minutes, volatility, chance.randint(0, 1)


if __name__ == "__main__":
    lines = [FIELDS]
    for row in grid(random.Random(76)):
        figures = [repr(float(value)) for value in black76(*row)]
        lines.append(",".join([repr(value) for value in row] + figures))
    Path(__file__).with_suffix(".csv").write_text("\n".join(lines) + "\n")
