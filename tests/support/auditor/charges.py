"""Charges of orders, exercises and contract notes from deploy/market/charges.csv, in decimal.

Brokerage is per order; STT is the seller's, stamp duty the buyer's, the rest of both; GST is on
brokerage, exchange charge and SEBI fee as they stand on the note. Half a paisa goes up."""
import csv
import datetime
from decimal import ROUND_HALF_UP, Decimal

PARTS = ("brokerage", "stt", "exchange", "sebi", "stamp", "gst", "other")
EXCHANGES = {1: "NSE", 2: "BSE", 3: "MCX"}
FUTURE, CALL, PUT = 2, 3, 4
PAISA = Decimal("0.01")


def exchange_of(contract):
    return EXCHANGES[contract >> 59]


def kind_of(contract):
    """What the tariff distinguishes."""
    return "option" if contract >> 43 & 15 in (CALL, PUT) else "future"


def intrinsic(contract, settlement):
    strike = (contract & 0xFFFFFFF) * 100
    kind = contract >> 43 & 15
    worth = {CALL: settlement - strike, PUT: strike - settlement}
    return max(0, worth[kind]) if kind in worth else settlement


def date_of(days):
    return datetime.date(1970, 1, 1) + datetime.timedelta(days=days)


def rounded(rupees):
    """To the paisa, in 1/10,000 rupee."""
    return int(rupees.quantize(PAISA, ROUND_HALF_UP) * 10_000)


def parts(charges):
    return {part: getattr(charges, part) for part in PARTS} if charges else dict.fromkeys(PARTS, 0)


def plus(a, b, sign=1):
    return {part: a[part] + sign * b[part] for part in PARTS}


def total(charges):
    return sum(charges.values())


class Tariff:
    def __init__(self, path):
        with open(path, newline="") as file:
            rows = csv.DictReader(line for line in file if not line.startswith("#"))
            self.rows = sorted(rows, key=lambda row: row["from"])

    def rates(self, contract, days):
        date = date_of(days).isoformat()
        found = [row for row in self.rows if row["exchange"] == exchange_of(contract)
                 and row["kind"] == kind_of(contract) and row["from"] <= date]
        if not found:
            raise KeyError(f"no charges of {exchange_of(contract)} on {date}")
        return {k: Decimal(v) for k, v in found[-1].items() if k not in
                ("exchange", "kind", "from", "source")}

    def of_turnover(self, contract, days, bought, sold, orders):
        """Of one order, or of a whole note; bought and sold in 1/10,000 rupee."""
        rate = self.rates(contract, days)
        bought, sold = Decimal(bought) / 10_000, Decimal(sold) / 10_000
        percent = Decimal(100)
        charges = dict.fromkeys(PARTS, 0)
        charges["brokerage"] = int(rate["brokerage"] * orders * 10_000)
        charges["stt"] = rounded(sold * rate["stt_sell"] / percent)
        charges["stamp"] = rounded(bought * rate["stamp_buy"] / percent)
        charges["exchange"] = rounded((bought + sold) * rate["exchange_charge"] / percent)
        charges["sebi"] = rounded((bought + sold) * rate["sebi"] / percent)
        taxed = Decimal(charges["brokerage"] + charges["exchange"] + charges["sebi"]) / 10_000
        charges["gst"] = rounded(taxed * rate["gst"] / percent)
        return charges

    def of_exercise(self, contract, days, value):
        charges = dict.fromkeys(PARTS, 0)
        rate = self.rates(contract, days)["stt_exercise"]
        charges["stt"] = rounded(Decimal(value) / 10_000 * rate / 100)
        return charges
