"""Every order from its approval to its last fill."""
from collections import defaultdict

from ledger import child_key
from limits import SECOND
from market import UNLIMITED
from recording import MARKET, STREAMS, known_before

DEAD = ("FILLED", "CANCELLED", "REJECTED", "DENIED")
ENTRY_RATES = "rates: entries leave room for exits"


class Order:
    def __init__(self, fact):
        self.body, self.placed = fact.body, fact
        self.sent = None
        self.accepted_index = None
        self.state = "PENDING"
        self.filled = self.queued = 0

    @property
    def leaves(self):
        return 0 if self.state in DEAD else self.body.quantity - self.filled


class Orders:
    def __init__(self, run, market, limits, found):
        self.run, self.market, self.limits, self.found = run, market, limits, found
        self.approved = {f.body.id: f for f in run.facts["D/risk/decision/"]
                         if f.body.verdict in ("APPROVED", "REDUCED")}
        self.facts = {(STREAMS[t], f.seq): f for t, facts in run.facts.items() for f in facts}
        self.orders = {}
        self.groups = {}                 # id: (state, account)
        self.net = defaultdict(int)      # by group and contract
        self.cash = defaultdict(int)     # by group
        self.charged = defaultdict(int)  # by group
        self.latch = defaultdict(dict)   # own or risk's: {account: state}
        self.used = defaultdict(int)     # of a shown size: by contract, quote, side
        self.times = []                  # of what went to the broker
        self.flattened = []              # groups, told before the ledger has their last fill
        self.snapshots = 0               # fills against the snapshot that stood

    def audit(self):
        facts = [f for t in ("D/execution/report/", "D/execution/ledger/")
                 for f in self.run.facts[t]]
        facts.sort(key=lambda f: (f.consumed, STREAMS[f.topic], f.seq))
        for place, fact in enumerate(facts):
            getattr(self, "on_" + fact.name, lambda fact: None)(fact)
            if place + 1 == len(facts) or facts[place + 1].consumed != fact.consumed:
                self.exits_within(fact)
                self.closed_groups()
        for order in self.orders.values():
            self.found.hold("order: ends", order.state in DEAD, f"order {name_of(order.body)} is "
                            f"{order.state} at the end", order.placed)

    # ---- leg groups and latches

    def on_TradingStateEvent(self, fact):
        body = fact.body
        states = self.latch["risk" if body.by.startswith("risk") else "own"]
        if not body.account:
            states.clear()
        states[body.account] = body.state

    def trading(self, account):
        states = [s[key] for s in self.latch.values() for key in ("", account) if key in s]
        return max(states, key=("ACTIVE", "REDUCING", "HALTED").index, default="ACTIVE")

    def on_GroupEvent(self, fact):
        body = fact.body
        if body.kind == "ACCEPTED":
            self.found.hold("group: begins once, approved", body.group not in self.groups and
                            body.decision in self.approved, f"group {body.group}", fact)
        if body.kind == "ENTRY_STARTED":
            approval = self.approved.get(body.decision)
            until = approval.body.intent.valid_until if approval else 0
            self.found.hold("entry: while trading is active", self.trading(body.account)
                            == "ACTIVE", f"group {body.group} enters", fact)
            self.found.hold("entry: while the approval is valid", fact.time <= until or not until,
                            f"group {body.group} enters late", fact)
        self.groups[body.group] = body.state
        if body.kind == "FLATTENED":
            self.flattened.append(fact)

    def closed_groups(self):
        """Once the ledger has what the same moment booked."""
        for fact in self.flattened:
            body = fact.body
            self.found.equal("group: result", f"group {body.group}",
                             (self.cash[body.group], self.charged[body.group]),
                             (body.pnl, body.charges), fact)
            left = {c: n for (g, c), n in self.net.items() if g == body.group and n}
            self.found.hold("group: flat when closed", not left, f"group {body.group}: {left}",
                            fact)
        self.flattened.clear()

    def on_LedgerEntry(self, fact):
        entry = fact.body
        if not entry.group:
            return
        if entry.kind in ("FILL", "SETTLEMENT"):
            signed = entry.quantity if entry.side == "BUY" else -entry.quantity
            self.net[entry.group, entry.contract] += signed
            self.cash[entry.group] -= signed * entry.price
        if entry.charges:
            self.charged[entry.group] += sum(vars(entry.charges).values())

    def exits_within(self, fact):
        working = defaultdict(int)
        for order in self.orders.values():
            if order.body.child.is_exit and order.leaves:
                signed = order.leaves if order.body.side == "BUY" else -order.leaves
                working[order.body.child.group, order.body.contract] += signed
        for key, quantity in working.items():
            net = self.net[key]
            self.found.hold("exits: never more than is open", quantity * net < 0 and
                            abs(quantity) <= abs(net), lambda: f"group {key[0]}: exits of "
                            f"{quantity} against a position of {net}", fact)

    # ---- orders

    def on_OrderEvent(self, fact):
        key, body = child_key(fact.body.child), fact.body
        order = self.orders.get(key)
        if body.kind == "PLACED":
            self.found.hold("order: placed once", order is None, f"order {name_of(body)}", fact)
            if order is None:
                self.orders[key] = Order(fact)
                self.placed(fact)
            return
        self.found.hold("order: placed before anything", order is not None,
                        f"{body.kind} of order {name_of(body)}, never placed", fact)
        if order is None:
            return
        if body.kind == "SENT":
            self.sent(fact, order)
        elif body.kind == "CANCEL_REQUESTED":
            self.times.append(fact.time)
        elif body.kind == "ACCEPTED":
            order.accepted_index = self.market.at(body.contract, known_before(fact))[0]
        elif body.kind in ("FILL", "PARTIAL_FILL"):
            self.fill(fact, order)
        order.state = body.state
        is_counted = body.cumulative == order.filled and (
            body.state in DEAD or body.leaves == order.body.quantity - order.filled)
        self.found.hold("order: filled and left make the whole", is_counted, f"order "
                        f"{name_of(body)}: {body.cumulative} filled, {body.leaves} left", fact)

    def placed(self, fact):
        body, child = fact.body, fact.body.child
        approval = self.approved.get(body.decision)
        self.found.hold("order: approved", approval is not None and earlier(approval, fact),
                        f"order {name_of(body)} on decision {body.decision}", approval, fact)
        if approval is None:
            return
        intent = approval.body.intent
        leg = intent.legs[child.leg] if child.leg < len(intent.legs) else None
        side = {"BUY": "SELL", "SELL": "BUY"}[body.side] if child.is_exit else body.side
        is_same = leg is not None and (leg.contract, leg.side, intent.group or intent.id,
                                       intent.account, intent.bot) == \
            (body.contract, side, child.group, body.account, body.bot)
        self.found.hold("order: of its leg", is_same, f"order {name_of(body)}", approval, fact)
        lots = self.market.lots.get(body.contract)
        if lots:
            self.found.hold("order: in lots, ticks and freeze", body.quantity % lots.lot == 0 and
                            body.limit % lots.tick == 0 and body.quantity <= lots.freeze,
                            f"order {name_of(body)}: {body.quantity} at {body.limit}", fact)
        if child.is_exit or leg is None or child.leg >= len(approval.body.bounds):
            return
        bound = approval.body.bounds[child.leg]
        self.found.hold("entry: within the approval's bounds",
                        bound.price_low <= body.limit <= bound.price_high,
                        f"order {name_of(body)} at {body.limit}", approval, fact)
        total = sum(o.filled + o.leaves for k, o in self.orders.items()
                    if k[0] == child.group and k[1] == child.leg and not k[4])
        self.found.hold("entry: within the approval's bounds", total <= min(leg.quantity,
                        bound.quantity_max), f"entries of {total} for a leg of {leg.quantity}",
                        approval, fact)

    def sent(self, fact, order):
        body = fact.body
        self.found.hold("order: sent once", order.sent is None, f"order {name_of(body)}", fact)
        order.sent = order.sent or fact
        self.times.append(fact.time)
        rates = self.limits.rates[:1]
        if not body.child.is_exit:
            self.found.hold("entry: not while halted", self.trading(body.account) != "HALTED",
                            f"order {name_of(body)}", fact)
            has_fills = any(self.net[g, c] for g, c in list(self.net) if g == body.child.group)
            rates = rates if has_fills else self.limits.entry_rates
        for window, most in zip(self.limits.windows, rates):
            used = sum(1 for at in self.times if at > fact.time - window)
            self.found.hold(ENTRY_RATES if len(rates) > 1 else "rates: orders of a second",
                            used <= most, f"{used} orders in {window // SECOND} s", fact)

    # ---- fills

    def fill(self, fact, order):
        body, found = fact.body, self.found
        is_buy = order.body.side == "BUY"
        order.filled += body.last_quantity
        found.hold("fill: no more than ordered", 0 < body.last_quantity and order.filled
                   <= order.body.quantity, f"order {name_of(body)}: {order.filled}", fact)
        limit, price = order.body.limit, body.last_price
        found.hold("fill: within the limit", price <= limit if is_buy else price >= limit,
                   f"order {name_of(body)} at {price}, limit {limit}", order.placed, fact)
        found.hold("fill: after the order arrived", order.sent is not None and
                   fact.time >= order.sent.time + self.limits.latency,
                   f"order {name_of(body)}", order.sent, fact)
        index, row = self.market.at(body.contract, known_before(fact))
        if row is None or order.sent is None:
            found.hold("fill: against a quote", False, f"order {name_of(body)}", fact)
            return
        touch, size = self.market.touch(row[3], order.body.side)
        crosses = touch > 0 and (touch <= limit if is_buy else touch >= limit)
        if crosses and price == touch:
            used = self.used[body.contract, index, is_buy]
            found.hold("fill: no more than was shown", used + body.last_quantity <= size or
                       size >= UNLIMITED, f"order {name_of(body)}: {used} and "
                       f"{body.last_quantity} of {size}", fact)
            self.used[body.contract, index, is_buy] += body.last_quantity
            self.not_its_own_quote(fact, order, row)
        else:
            found.hold("fill: at the touch or in the queue", price == limit and
                       self.traded(order, index) - order.queued >= body.last_quantity,
                       f"order {name_of(body)} at {price}, touch {touch}", fact)
            order.queued += body.last_quantity

    def traded(self, order, index):
        """Volume at the order's price since it was accepted, beyond the size ahead of it."""
        if order.accepted_index is None or order.accepted_index < 0:
            return 0
        rows = self.run.quotes[order.body.contract]
        first = rows[order.accepted_index][3]
        is_buy, limit = order.body.side == "BUY", order.body.limit
        touch, size = (first.bid, first.bid_size) if is_buy else (first.ask, first.ask_size)
        ahead = 0 if not touch or (limit > touch if is_buy else limit < touch) else size
        volume = sum(max(0, rows[i][3].volume - rows[i - 1][3].volume)
                     for i in range(order.accepted_index + 1, index + 1)
                     if rows[i][3].last == limit)
        return volume - ahead

    def not_its_own_quote(self, fact, order, row):
        """A quote known before the order arrived fills it only where the source is snapshots, and
        then only the one that still stands."""
        arrives = order.sent.time + self.limits.latency
        source = self.market.source_of(row[3])
        stands = self.market.is_snapshot(row[3]) and arrives - row[0] < source.interval
        self.found.hold("fill: not on the quote that caused it", row[0] >= arrives or stands,
                        lambda: f"order {name_of(order.body)}, arriving at {arrives}, on the quote "
                        f"known at {row[0]}", order.sent, fact)
        self.snapshots += row[0] < arrives
        cause = self.origin(order.sent)
        if cause is not None and not stands and cause[0] == row[1]:
            self.found.hold("fill: not on the quote that caused it", row[2] > cause[1],
                            f"order {name_of(order.body)} on its own quote {cause}", fact)

    def origin(self, fact):
        """The market data at the root of its causes, if they lead to any."""
        while fact is not None and fact.cause:
            if MARKET <= fact.cause[0] < 2 * MARKET:
                return fact.cause
            fact = self.facts.get(fact.cause)
        return None


def earlier(first, second):
    if first.step and second.step:
        return (first.step, first.round) < (second.step, second.round)
    return first.time <= second.time


def name_of(body):
    child = body.child
    return f"G{child.group}{'x' if child.is_exit else ''}.{child.leg}.{child.slice}." \
        f"{child.amendment}"
