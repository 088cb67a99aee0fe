"""The account ledger folded again: positions, charges, cash and equity; fills against orders."""
from collections import defaultdict
from fractions import Fraction

from charges import (CALL, EXCHANGES, FUTURE, PARTS, date_of, exchange_of, intrinsic, kind_of,
                     parts, plus, total)
from limits import india

NOTHING = dict.fromkeys(PARTS, 0)


class Position:
    """net units; cost and realised exactly, as fractions of 1/10,000 rupee."""

    def __init__(self):
        self.net, self.cost, self.realised = 0, Fraction(0), Fraction(0)
        self.charges = NOTHING
        self.slack = Fraction(0)  # what rounding the average of part closes may have moved

    def copy(self):
        other = Position()
        vars(other).update(vars(self))
        return other

    def trade(self, signed, price):
        if self.net and (self.net > 0) != (signed > 0):
            closed = min(abs(signed), abs(self.net))
            released = self.cost * closed / abs(self.net)
            out = closed if self.net > 0 else -closed
            self.realised += price * out - released
            self.cost -= released
            self.net -= out
            signed += out
            self.slack += Fraction(1, 2)
        if self.net == 0:
            self.cost = Fraction(0)
        self.net += signed
        self.cost += price * signed


class Books:
    """State after each ledger entry, by entry id."""

    def __init__(self):
        self.positions = {}
        self.deposits = defaultdict(int)
        self.cash = defaultdict(int)
        self.history = [(0, "", {}, {}, {})]  # id, account, positions, deposits, cash

    def take(self, entry):
        signed = entry.quantity if entry.side == "BUY" else -entry.quantity
        if entry.kind == "DEPOSIT":
            self.deposits[entry.account] += entry.amount
            self.cash[entry.account] += entry.amount
            position = key = None
        else:
            key = (entry.account, entry.product, entry.bot, entry.group, entry.contract)
            position = self.positions.get(key, Position()).copy()
            if entry.kind in ("FILL", "FOREIGN", "SETTLEMENT"):
                if entry.kind == "SETTLEMENT" and entry.side == "UNSPECIFIED":
                    signed = -position.net
                position.trade(signed, entry.price)
                self.cash[entry.account] -= entry.price * signed
            position.charges = plus(position.charges, parts(entry.charges))
            self.cash[entry.account] -= total(parts(entry.charges))
            self.positions = {**self.positions, key: position}
        self.history.append((entry.id, entry.account, self.positions, dict(self.deposits),
                             dict(self.cash)))
        return key, position

    def after(self, entry_id):
        """The books when the entry was the last one."""
        low = min(entry_id, len(self.history) - 1)
        while low and self.history[low][0] > entry_id:
            low -= 1
        return self.history[low]

    def open(self, account, entry_id):
        return {k: p for k, p in self.after(entry_id)[2].items() if k[0] == account and p.net}

    def figures(self, account, entry_id, price_of):
        """price_of(contract, net): the closing side, 0 if unknown."""
        _, _, positions, deposits, cash = self.after(entry_id)
        mine = [(k, p) for k, p in positions.items() if k[0] == account]
        unrealised, worth = Fraction(0), 0
        for key, position in mine:
            price = price_of(key[4], position.net) if position.net else 0
            if price > 0:
                unrealised += price * position.net - position.cost
                worth += price * position.net
            else:
                worth += position.cost
        capital, charges = deposits.get(account, 0), sum(total(p.charges) for _, p in mine)
        realised = sum((p.realised for _, p in mine), Fraction(0))
        return {"capital": capital, "realised": realised, "unrealised": unrealised,
                "charges": charges, "equity": capital + realised + unrealised - charges,
                "cash and worth": cash.get(account, 0) + worth,
                "slack": sum((p.slack for _, p in mine), Fraction(0))}


def audit_ledger(run, limits, tariff, found):
    """Returns the books. Charges of every fill, exercise and note; positions against risk's."""
    books, children, notes = Books(), {}, defaultdict(lambda: [0, 0, set(), NOTHING, NOTHING])
    told = {f.body.ledger_entry: f for f in run.facts["D/risk/position/"]}
    fills = defaultdict(list)
    for fact in run.facts["D/execution/report/"]:
        if fact.name == "OrderEvent" and fact.body.kind in ("FILL", "PARTIAL_FILL"):
            fills[child_key(fact.body.child)].append(fact)
    executions, deposited = set(), set()
    for number, fact in enumerate(run.facts["D/execution/ledger/"], 1):
        entry = fact.body
        found.equal("ledger: entries counted from 1", "id", number, entry.id, fact)
        key, position = books.take(entry)
        if entry.kind == "DEPOSIT":
            found.hold("ledger: capital paid in once", entry.account not in deposited and
                       entry.amount == limits.accounts[entry.account].capital,
                       f"deposit of {entry.amount} into {entry.account}", fact)
            deposited.add(entry.account)
            continue
        compare_position(key, position, told.pop(entry.id, None), entry, fact, found)
        if entry.kind == "FILL":
            audit_fill(fact, fills, executions, children, notes, tariff, found)
        elif entry.kind == "CORRECTION":
            note = notes[note_key(entry, fact)]
            note[4] = plus(note[4], parts(entry.charges))
        elif entry.kind in ("SETTLEMENT", "EXERCISE"):
            audit_expiry(run, fact, books, tariff, found)
    for fact in told.values():
        found.hold("position: after each entry", False, "a position of no ledger entry", fact)
    for rest in fills.values():
        for fact in rest:
            found.hold("fill: once in the ledger", False, "a fill the ledger lacks", fact)
    audit_notes(run, notes, tariff, found)
    return books


def child_key(child):
    return (child.group, child.leg, child.slice, child.amendment, child.is_exit) if child else None


def note_key(entry, fact):
    return (entry.account, exchange_of(entry.contract), kind_of(entry.contract),
            india(fact.time)[0])


def compare_position(key, position, event, entry, fact, found):
    check = "position: after each entry"
    if event is None:
        found.hold(check, False, f"risk has no position after ledger entry {entry.id}", fact)
        return
    theirs, told = event.body.position, event.body.key
    found.equal(check, "key", key, (told.account, told.product, told.bot, told.group,
                                    told.contract), event, fact)
    found.equal(check, f"net after entry {entry.id}", position.net, theirs.net, event, fact)
    found.equal(check, f"charges after entry {entry.id}", position.charges,
                parts(theirs.charges), event, fact)
    found.equal("position: cash of it", f"realised less cost after entry {entry.id}",
                position.realised - position.cost, theirs.realised - theirs.cost, event, fact)
    slack = position.slack if position.net else 0
    found.hold("position: average and realised", abs(position.cost - theirs.cost) <= slack and
               abs(position.realised - theirs.realised) <= max(slack, position.slack),
               lambda: f"after entry {entry.id} the audit has cost {float(position.cost)} and "
               f"realised {float(position.realised)}, risk {theirs.cost} and {theirs.realised}",
               event, fact)


def audit_fill(fact, fills, executions, children, notes, tariff, found):
    entry, days = fact.body, india(fact.time)[0]
    name = child_key(entry.child)
    order = next((f for f in fills[name] if (f.body.last_quantity, f.body.last_price) ==
                  (entry.quantity, entry.price) and f.body.side == entry.side
                  and f.body.contract == entry.contract and f.time == fact.time), None)
    found.hold("fill: once in the ledger", order is not None and
               entry.execution not in executions,
               f"entry {entry.id} ({entry.execution}) is no fill of order {name}", fact)
    executions.add(entry.execution)
    if order is not None:
        fills[name].remove(order)
    bought, sold, charged = children.get(name, (0, 0, NOTHING))
    value = entry.price * entry.quantity
    bought, sold = (bought + value, sold) if entry.side == "BUY" else (bought, sold + value)
    whole = tariff.of_turnover(entry.contract, days, bought, sold, 1)
    booked = parts(entry.charges)
    found.equal("charges: of each fill", f"charges of entry {entry.id}", plus(whole, charged, -1),
                booked, fact)
    children[name] = bought, sold, plus(charged, booked)
    note = notes[note_key(entry, fact)]
    note[0 if entry.side == "BUY" else 1] += value
    note[2].add(name)
    note[3] = plus(note[3], booked)


def audit_notes(run, notes, tariff, found):
    closed = {(f.body.exchange, f.body.date) for f in run.all("SessionEvent")
              if f.body.kind == "CLOSE"}
    for (account, exchange, kind, days), (bought, sold, orders, booked, added) in notes.items():
        if (exchange, days) not in closed:
            continue
        number = next(n for n, name in EXCHANGES.items() if name == exchange)
        contract = number << 59 | (CALL if kind == "option" else FUTURE) << 43
        note = tariff.of_turnover(contract, days, bought, sold, len(orders))
        found.equal("charges: of the day's note", f"{account} {exchange} {kind} {date_of(days)}",
                    note, plus(booked, added), "D/execution/ledger/")


def audit_expiry(run, fact, books, tariff, found):
    entry = fact.body
    prices = [f for f in run.all("SessionEvent") if f.body.kind == "SETTLEMENT" and f.time
              <= fact.time and f.body.expiry - 10_957 == entry.contract >> 28 & 32767]
    if not prices:
        found.hold("expiry: at the settlement price", kind_of(entry.contract) == "future",
                   f"entry {entry.id} settles without a settlement price", fact)
        return
    price = prices[-1].body.price
    worth = intrinsic(entry.contract, price)
    devolves = exchange_of(entry.contract) == "MCX" and kind_of(entry.contract) == "option"
    if entry.kind == "SETTLEMENT" and not (devolves and worth):
        found.equal("expiry: at the settlement price", f"price of entry {entry.id}", worth,
                    entry.price, fact, prices[-1])
    if entry.kind == "EXERCISE":
        taxed = price if devolves else worth
        ours = tariff.of_exercise(entry.contract, india(fact.time)[0], taxed * entry.quantity)
        found.equal("charges: of each exercise", f"charges of entry {entry.id}", ours,
                    parts(entry.charges), fact)
