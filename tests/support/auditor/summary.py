"""The report the system wrote of a day against the audit's own figures."""
import json
from collections import Counter, defaultdict
from decimal import Decimal

from charges import date_of, parts, plus, total
from ledger import NOTHING, child_key
from limits import india


def raw(text):
    """1/10,000 rupee."""
    return int(Decimal(text) * 10_000)


def near(ours, theirs):
    """To the paisa."""
    return abs(ours - raw(theirs)) <= 50


class Day:
    """Figures of one date by the ledger and the reports."""

    def __init__(self, run, books, days):
        self.charges, self.accounts = NOTHING, defaultdict(dict)
        self.orders, self.bots = Counter(), defaultdict(Counter)
        self.sent, self.partial = {}, set()
        trades = {}
        for fact in run.facts["D/execution/ledger/"]:
            entry = fact.body
            if india(fact.time)[0] == days:
                self.charges = plus(self.charges, parts(entry.charges))
            if entry.group:
                trade = trades.setdefault(entry.group, {
                    "gross": 0, "charges": 0, "net": defaultdict(int), "last": 0, "bot": entry.bot})
                trade["charges"] += total(parts(entry.charges))
                if entry.kind in ("FILL", "SETTLEMENT") and india(fact.time)[0] <= days:
                    signed = entry.quantity if entry.side == "BUY" else -entry.quantity
                    trade["gross"] -= signed * entry.price
                    trade["net"][entry.contract] += signed
                    trade["last"] = india(fact.time)[0]
        self.trades = {g: t for g, t in trades.items()
                       if t["last"] == days or any(t["net"].values())}
        for fact in run.facts["D/execution/report/"]:
            if fact.name == "OrderEvent" and india(fact.time)[0] == days:
                self.count(fact.body)
        for fact in run.facts["D/risk/decision/"]:
            if india(fact.time)[0] == days:
                self.bots[fact.body.intent.bot][fact.body.verdict] += 1
        for fact in run.facts["D/strategy/intent/"]:
            if india(fact.time)[0] == days:
                self.bots[fact.body.bot]["intents"] += 1
        self.money(run, books, days)

    def count(self, event):
        """Of an order's life; what its fills cost against the middle and the touch when sent."""
        key = child_key(event.child)
        self.orders[event.kind] += 1
        if event.kind == "PLACED":
            self.sent[key] = event.mid, event.touch
            self.orders["repriced"] += event.child.amendment > 0
            self.orders["slices"] += event.child.slice > 0
        if event.kind == "PARTIAL_FILL":
            self.partial.add(key)
        if event.kind in ("FILL", "PARTIAL_FILL"):
            signed = event.last_quantity if event.side == "BUY" else -event.last_quantity
            for name, price in zip(("mid", "touch"), self.sent.get(key, (0, 0))):
                self.orders[name] += (event.last_price - price) * signed if price else 0

    def money(self, run, books, days):
        for fact in run.facts["D/risk/state/"]:
            if fact.name != "AccountEvent" or fact.body.date != days:
                continue
            body = fact.body
            account = self.accounts[body.account]
            if body.kind == "DAY_STARTED":
                account.update(start=body.equity, first=body.ledger_entry)
            elif body.kind == "DEPOSITED":
                account["start"] = account.get("start", 0) + body.capital - \
                    books.after(body.ledger_entry - 1)[3].get(body.account, 0)
            elif body.kind == "DAY_ENDED":
                # What the ledger booked of the day after risk ended it counts as well.
                last = max([f.body.id for f in run.facts["D/execution/ledger/"]
                            if india(f.time)[0] <= days], default=0)
                cash = [books.after(n)[4].get(body.account, 0) for n in (body.ledger_entry, last)]
                account.update(end=body.equity + cash[1] - cash[0], last=last)


def audit_summary(path, run, books, found):
    with open(path) as file:
        report = json.load(file)
    days = next(d for d in range(14_000, 40_000) if date_of(d).isoformat() == report["date"])
    day, check = Day(run, books, days), "summary: "
    found.equal(check + "books balance", "books_balance", True, report["books_balance"], path)
    for part, amount in day.charges.items():
        found.hold(check + "costs", near(amount, report["costs"][part]),
                   f"{part}: the audit has {amount / 10_000}, it says {report['costs'][part]}",
                   path)
    for row in report["money"]["accounts"]:
        account = day.accounts.get(row["account"], {})
        if "end" not in account:
            continue
        first, last = (books.after(account[k])[2] for k in ("first", "last"))

        def change(field):
            return sum(field(p) for k, p in last.items() if k[0] == row["account"]) - \
                sum(field(p) for k, p in first.items() if k[0] == row["account"])

        realised, charges = change(lambda p: p.realised), change(lambda p: total(p.charges))
        ours = {"start": account["start"], "end": account["end"], "realised": realised,
                "charges": charges,
                "unrealised": account["end"] - account["start"] - realised + charges}
        for name, amount in ours.items():
            found.hold(check + "money", near(amount, row[name]),
                       f"{name}: the audit has {float(amount) / 10_000}, it says {row[name]}", path)
    audit_trades(report, day, path, found)
    told, count = report["orders"], day.orders
    found.equal(check + "orders", "sent, filled, cancelled, rejected, re-priced, slices, partial",
                [count[k] for k in ("SENT", "FILL", "CANCELLED", "REJECTED", "repriced", "slices")]
                + [len(day.partial)],
                [told[k] for k in ("sent", "filled", "cancelled", "rejected", "repriced", "slices",
                                   "partial")], path)
    for name in ("mid", "touch"):
        found.hold(check + "slippage", near(count[name], told["slippage_" + name]["amount"]),
                   f"against {name}: the audit has {count[name] / 10_000}, it says "
                   f"{told['slippage_' + name]['amount']}", path)
    dates = {f.body.date for f in run.all("SourceInfo")}
    if len(dates) == 1 and report["market"]:
        found.equal(check + "quotes", "quotes", run.quote_count, report["market"]["quotes"], path)


def audit_trades(report, day, path, found):
    check = "summary: trades"
    found.equal(check, "groups", sorted(day.trades), sorted(t["group"] for t in report["trades"]),
                path)
    for row in report["trades"]:
        trade = day.trades.get(row["group"])
        if trade is None or row["net"] is None:
            continue
        ours = trade["gross"], trade["charges"], trade["gross"] - trade["charges"]
        found.hold(check, all(near(a, row[k]) for a, k in zip(ours, ("gross", "charges", "net"))),
                   f"group {row['group']}: the audit has {ours}, it says {row['gross']}, "
                   f"{row['charges']}, {row['net']}", path)
    for row in report["bots"]:
        mine = [t for t in day.trades.values() if t["bot"] == row["name"]
                and not any(t["net"].values())]
        counts = day.bots[row["name"]]
        ours = [counts["intents"], counts["APPROVED"], counts["REDUCED"], counts["DENIED"],
                sum(t["bot"] == row["name"] for t in day.trades.values()),
                sum(t["gross"] > t["charges"] for t in mine)]
        found.equal("summary: bots", row["name"], ours, [row[k] for k in (
            "intents", "approved", "reduced", "denied", "trades", "won")], path)
        found.hold("summary: bots", near(sum(t["gross"] for t in mine), row["gross"]) and
                   near(sum(t["charges"] for t in mine), row["charges"]), row["name"], path)
