"""Writes implied_volatility.csv: price, forward, strike, years, discount, call (1) or put (0), and
the volatility that explains exactly this price, rounded to a double. Needs mpmath."""

from pathlib import Path

from mpmath import erfc, exp, log, mp, mpf, sqrt

mp.dps = 80
FORWARD = 25000.0
OUT = Path(__file__).with_suffix(".csv")


def normal(z):
    return erfc(-z / sqrt(mpf(2))) / 2


def out_of_the_money(small, large, s):
    x = log(small / large)
    return small * normal(x / s + s / 2) - large * normal(x / s - s / 2)


def priced(forward, strike, s, is_call):
    small, large = min(forward, strike), max(forward, strike)
    intrinsic = max(forward - strike, 0) if is_call else max(strike - forward, 0)
    return out_of_the_money(small, large, s) + intrinsic


def solve(price, forward, strike, discount, is_call):
    """s of the double `price`, by bisection on log s, then Newton. None: there is none."""
    price, forward, strike = mpf(price) / mpf(discount), mpf(forward), mpf(strike)
    small, large = min(forward, strike), max(forward, strike)
    value = price - (max(forward - strike, 0) if is_call else max(strike - forward, 0))
    if value <= 0 or value >= small:
        return None
    low, high = mpf(10) ** -12, mpf(100)
    for _ in range(60):
        middle = sqrt(low * high)
        if out_of_the_money(small, large, middle) < value:
            low = middle
        else:
            high = middle
    s = sqrt(low * high)
    x = log(small / large)
    for _ in range(4):
        vega = sqrt(small * large) * exp(-((x / s) ** 2 + (s / 2) ** 2) / 2) / sqrt(2 * mp.pi)
        s -= (out_of_the_money(small, large, s) - value) / vega
    return s


def grid():
    """Every region of the solver, far beyond any market."""
    steps = [1e-15, 1e-9, 2e-6, 1e-3, 0.01, 0.1, 0.5, 2.0, 10.0]
    for move in [0.0] + steps + [-m for m in steps]:
        strike = float(mpf(FORWARD) * exp(mpf(move)))
        for s in (1e-6, 1e-4, 1e-3, 0.01, 0.05, 0.2, 0.41, 0.7, 1.3, 2.5, 4.0, 7.0, 12.0):
            for is_call in (True, False):
                price = float(priced(mpf(FORWARD), mpf(strike), mpf(s), is_call))
                if price > 1e-290:
                    yield price, strike, 0.25, 1.0, is_call


def market():
    """NIFTY: last minutes to a year, prices to the tick and off it."""
    minutes = (1, 5, 30, 375, 1440, 10080, 43200, 525600)
    for minute in minutes:
        years = minute / 525600.0
        for sigma in (0.06, 0.14, 0.45, 1.5):
            for strike in (20000.0, 23500.0, 24700.0, 24950.0, 25000.0, 25050.0, 25400.0, 27000.0,
                           32000.0):
                s = mpf(sigma) * sqrt(mpf(years))
                discount = float(exp(mpf(-0.065) * mpf(years)))
                is_call = (strike > FORWARD) == (minute != 1440)
                price = float(discount * priced(mpf(FORWARD), mpf(strike), s, is_call))
                if price > 1e-290:
                    yield price, strike, years, discount, is_call
                tick = round(price / 0.05) * 0.05
                if tick > 0:
                    yield tick, strike, years, discount, is_call


def main():
    lines = []
    for price, strike, years, discount, is_call in list(grid()) + list(market()):
        s = solve(price, FORWARD, strike, discount, is_call)
        if s is not None:
            lines.append(f"{price!r},{FORWARD!r},{strike!r},{years!r},{discount!r},{int(is_call)},"
                         f"{float(s / sqrt(mpf(years)))!r}\n")
    OUT.write_text("".join(lines))


main()
