"""What the owner allowed: the configuration of a run, with the defaults his documents name."""
import tomllib

SECOND = 1_000_000_000


def india(ns):
    """(days since 1970, ns of the day) in India."""
    return divmod(ns + 19_800 * SECOND, 86_400 * SECOND)


def clock(text):
    hours, minutes = text.split(":")[:2]
    return (int(hours) * 60 + int(minutes)) * 60 * SECOND


def duration(text):
    number, unit = str(text).split()
    return int(float(number) * {"ms": SECOND // 1000, "s": SECOND, "min": 60 * SECOND,
                                "h": 3600 * SECOND}[unit])


def million(value):
    """A share in 1e-6 from "35 %" or 0.35."""
    text = str(value)
    return round(float(text.rstrip("% ")) * (10_000 if "%" in text else 1_000_000))


def share(value, ratio):
    return (value * ratio + 500_000) // 1_000_000


class Account:
    def __init__(self, name, given):
        self.name = name
        self.capital = round(given["capital"] * 10_000)

        def part(key, percent):
            return share(self.capital, million(given.get(key, f"{percent} %")))

        self.position_cap = part("position_cap", 35)
        self.margin_cap = part("margin_cap", 70)
        self.trade_risk = part("trade_risk", 2)
        self.default_stop = part("default_stop", 2)
        self.daily_loss = part("daily_loss", 3)
        if given.get("daily_loss_rupees"):
            self.daily_loss = min(self.daily_loss, round(given["daily_loss_rupees"] * 10_000))
        self.loss_warning = share(self.daily_loss, 700_000)
        self.drawdown = part("drawdown", 5)
        self.trades_per_day = given.get("trades_per_day", 5)
        self.positions = given.get("positions_max", 5)
        self.lots = given.get("lots_max", 20)
        self.order_value = round(given.get("order_value_max", 0) * 10_000) or self.capital
        self.peak_step = max((self.drawdown + 10) // 20, 10_000)


class Limits:
    def __init__(self, path):
        with open(path, "rb") as file:
            given = tomllib.load(file)
        risk, execution = given.get("risk", {}), given.get("execution", {})
        self.accounts = {name: Account(name, table) for name, table in given["accounts"].items()}
        self.bots = {bot["name"] for bot in given.get("bot", [])}
        self.entry_start = duration(risk.get("entry_start", "5 min"))
        self.entries_until = clock(risk.get("entries_until", "14:45"))
        self.spread_floor = round(risk.get("spread", 1) * 10_000)
        self.cost_multiple = risk.get("cost_multiple", 3)
        self.latency = duration(given.get("paper_venue", {}).get("latency", "100 ms"))
        self.half_spread = 500
        # Orders and cancels of a second, minute, hour; a part is kept for cancels and exits.
        rates = [execution.get(f"orders_per_{unit}", usual)
                 for unit, usual in (("second", 9), ("minute", 500), ("hour", 1000))]
        self.windows = (SECOND, 60 * SECOND, 3600 * SECOND)
        self.rates = rates
        self.entry_rates = [rates[0] - 3, rates[1] - rates[1] // 5, rates[2] - rates[2] // 5]
        # Risk counts what it approves against the usual limits.
        self.approval_rates = [6, 400, 800]
