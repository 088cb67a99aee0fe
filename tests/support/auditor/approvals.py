"""Every answer of risk against what risk could know when it gave it."""
from collections import defaultdict

from charges import date_of
from checks import Checks
from limits import india
from market import NO_DEPTH
from recording import MARKET, STREAMS, known_before

OVER = ("CLOSED", "ABANDONED")


class Desk:
    """What risk knows of one account: rebuilt from the facts in the order risk took them in."""

    def __init__(self):
        self.trading = "ACTIVE"
        self.day = None             # of the day that runs
        self.start = self.peak = 0  # equity
        self.trades = 0             # leg groups of today
        self.groups = {}            # id: day approved
        self.rates = []             # (time, orders)
        self.entry_id = 0
        self.told = set()           # of the day's alarms


class Approvals:
    def __init__(self, run, books, market, limits, tariff, found):
        self.run, self.books, self.market = run, books, market
        self.limits, self.found = limits, found
        self.checks = Checks(market, limits, tariff, found)
        self.desks = defaultdict(Desk)
        self.is_lockstep = any(f.step for f in run.facts["D/risk/decision/"] +
                               run.facts["D/risk/state/"])
        self.session = {}   # exchange: the Open event while it is open
        self.opened = {}    # exchange and date: when
        self.stale = set()
        self.intents = {f.body.id: f for f in run.facts["D/strategy/intent/"]}
        self.answered = set()
        self.expected, self.seen = [], []  # alarms and highs: (what, account, time, cause)

    def timeline(self):
        """(key, order, fact or market data) as risk met them: inputs before what they caused."""
        items = []

        def add(key, order, thing):
            step, at, time, cause = key
            items.append(((step, at, 0 if step and at else time, cause), order, thing))

        for topic, facts in self.run.facts.items():
            for fact in facts:
                if topic.startswith("D/risk/"):
                    if topic != "D/risk/exposure/":
                        add(fact.consumed, (1, STREAMS[topic], fact.seq), fact)
                elif topic in ("D/feed/session/", "D/execution/report/", "D/execution/ledger/"):
                    add(fact.arrived(), (0, 0, 0), fact)
        for time, stream, seq in self.moments() if self.is_lockstep else []:
            add((time // self.run.window, 0, time, (stream, seq)), (0, 0, 0), (time, stream, seq))
        return sorted(items, key=lambda item: item[:2])

    def moments(self):
        """Market data that can move the equity."""
        held = {f.body.contract for f in self.run.facts["D/execution/ledger/"]} - {0}
        return {row[:3] for contract in held for row in self.run.quotes.get(contract, [])}

    def audit(self):
        for _, order, thing in self.timeline():
            if isinstance(thing, tuple):
                for account in list(self.desks):
                    if self.books.open(account, self.desks[account].entry_id):
                        self.watch(account, thing, thing[0], thing[1:])
            elif order[0]:
                self.said(thing)
            else:
                self.met(thing)
        for number, fact in self.intents.items():
            self.found.hold("intent: answered once", number in self.answered,
                            f"intent {number} was never answered", fact)
        if self.is_lockstep:
            check = "losses: alarms and highs in time"
            for item in sorted(set(self.expected) ^ set(self.seen), key=str):
                side = "missing" if item in self.expected else "unfounded"
                self.found.hold(check, False, f"{side}: {item}")
            self.found.held[check] += len(set(self.expected) & set(self.seen))

    # ---- what risk took in

    def met(self, fact):
        body = fact.body
        if fact.name == "SessionEvent":
            if body.kind == "OPEN":
                self.session[body.exchange] = fact
                self.opened.setdefault((body.exchange, body.date), fact.time)
            elif body.kind in ("CLOSE", "DAY_END", "DAY_START", "HOLIDAY"):
                self.session.pop(body.exchange, None)
                if body.kind == "DAY_START":
                    self.stale.clear()
            elif body.kind == "STALE_BEGIN":
                self.stale.add(body.underlying)
            elif body.kind == "STALE_END":
                self.stale.discard(body.underlying)
        elif fact.name == "LedgerEntry":
            desk = self.desks[body.account]
            desk.entry_id = body.id
            if body.kind == "DEPOSIT":
                desk.start += body.amount
                desk.peak += body.amount
            if self.is_lockstep:
                end = (fact.step + 1) * self.run.window
                self.watch(body.account, (end - 1, 2 * MARKET, 0), end,
                           (STREAMS[fact.topic], fact.seq))
        elif fact.name == "GroupEvent":
            desk = self.desks[body.account]
            if body.state in OVER and body.group in desk.groups:
                day = desk.groups.pop(body.group)
                if body.state == "ABANDONED" and day == desk.day:
                    desk.trades -= 1

    def figures(self, account, limit):
        return self.books.figures(account, self.desks[account].entry_id,
                                  lambda contract, net: self.market.closing(contract, net, limit))

    def watch(self, account, limit, time, cause):
        """Alarms and highs that must follow from this."""
        desk, rule = self.desks[account], self.limits.accounts[account]
        if desk.day is None:
            return
        equity = self.figures(account, limit)["equity"]
        levels = (("DAILY_LOSS_WARNING", desk.start - equity, rule.loss_warning),
                  ("DAILY_LOSS", desk.start - equity, rule.daily_loss),
                  ("DRAWDOWN", desk.peak - equity, rule.drawdown))
        for name, value, level in levels:
            if value >= level and name not in desk.told and (name != "DRAWDOWN" or level):
                desk.told.add(name)
                self.expected.append((name, account, time, cause))
        if rule.drawdown and equity - desk.peak >= rule.peak_step:
            desk.peak = equity
            self.expected.append(("PEAK_RAISED", account, time, cause))

    # ---- what risk said

    def said(self, fact):
        body = fact.body
        if fact.name == "TradingStateEvent":
            self.desks[body.account].trading = body.state
        elif fact.name == "AccountEvent":
            self.account_event(fact)
        elif fact.name == "Alert" and body.reason.code in ("DAILY_LOSS", "DAILY_LOSS_WARNING",
                                                           "DRAWDOWN"):
            self.seen.append((body.reason.code, body.subject, fact.time, fact.cause))
            if body.reason.code != "DAILY_LOSS_WARNING":
                after = [f for f in self.run.facts["D/risk/state/"]
                         if f.name == "TradingStateEvent" and f.body.account == body.subject
                         and f.time <= fact.time]
                self.found.hold("losses: a limit reached stops entries",
                                after and after[-1].body.state != "ACTIVE",
                                f"{body.reason.code} and trading goes on", fact)
        elif fact.name == "Decision":
            self.decision(fact)

    def account_event(self, fact):
        body, desk = fact.body, self.desks[fact.body.account]
        desk.entry_id = max(desk.entry_id, body.ledger_entry)
        ours = self.books.figures(body.account, body.ledger_entry, lambda contract, net:
                                  self.market.closing(contract, net, known_before(fact)))
        for name in ("capital", "charges", "equity"):
            self.found.equal("account: " + name, f"{name} at {body.kind}", ours[name],
                             getattr(body, name), fact)
        for name in ("realised", "unrealised"):
            self.found.hold("account: " + name,
                            abs(ours[name] - getattr(body, name)) <= ours["slack"], lambda:
                            f"{name} at {body.kind}: the audit has {float(ours[name])}, they have "
                            f"{getattr(body, name)}", fact)
        self.found.equal("account: equity is cash and worth", f"at {body.kind}",
                         ours["cash and worth"], ours["equity"], fact)
        if body.kind == "DAY_STARTED":
            desk.day, desk.trades, desk.told = body.date, 0, set()
            desk.start = desk.peak = body.equity
        elif body.kind == "DAY_ENDED":
            desk.day = None
        elif body.kind == "PEAK_RAISED":
            desk.peak = body.equity
            self.seen.append((body.kind, body.account, fact.time, fact.cause))

    def decision(self, fact):
        body, intent = fact.body, fact.body.intent
        failed = [check.check for check in body.checks if not check.passed]
        is_denied = body.verdict == "DENIED"
        if intent.bot != "flatten":
            asked = self.intents.get(intent.id)
            self.found.hold("intent: answered once", asked is not None and intent.id not in
                            self.answered, f"decision {body.id} on intent {intent.id}", fact)
            self.answered.add(intent.id)
            if asked is not None:
                self.compare_legs(fact, asked)
        if is_denied:
            self.found.hold("denial: for its first failed check", failed and body.reason.code
                            == failed[0], f"denied by {body.reason.code}, failed {failed}", fact)
        if body.intent.account not in self.limits.accounts:
            self.found.hold("approval: of a known account", is_denied, intent.account, fact)
            return
        values = {}
        if intent.purpose == "OPEN":
            values = self.checks.values(fact, self.desks[intent.account], self.figures)
        if not is_denied:
            self.approved(fact, values)
        if self.is_lockstep:
            self.checks.compare(fact, values)
        if not is_denied:
            self.count(fact)

    def compare_legs(self, fact, asked):
        def legs(intent):
            return [(leg.contract, leg.side, leg.limit) for leg in intent.legs]

        ours, theirs = asked.body.legs, fact.body.intent.legs
        sizes = [(a.quantity, b.quantity) for a, b in zip(ours, theirs)]
        is_same = all(a == b if fact.body.verdict != "REDUCED" else 0 < b < a for a, b in sizes)
        self.found.hold("approval: what was asked, or less", legs(asked.body) ==
                        legs(fact.body.intent) and is_same, f"decision {fact.body.id}", asked, fact)

    def count(self, fact):
        intent, desk = fact.body.intent, self.desks[fact.body.intent.account]
        desk.rates.append((fact.time, self.checks.orders_of(intent)))
        if intent.purpose == "OPEN":
            desk.trades += 1
            desk.groups[intent.id] = desk.day

    def approved(self, fact, values):
        found, intent = self.found, fact.body.intent
        if intent.purpose == "REDUCE":
            self.reduce(fact)
            return
        for name, (value, limit) in values.items():
            is_within = value < limit if name in ("DAILY_LOSS", "DRAWDOWN") else \
                value >= limit if name == "COST_GATE" else value <= limit
            found.hold("limits: " + name.lower(), is_within,
                       f"decision {fact.body.id} approved with {value} against {limit}", fact)
        rule = self.limits.accounts[intent.account]
        found.hold("limits: position_cap", fact.body.margin_reserved <= rule.position_cap,
                   f"decision {fact.body.id} reserves {fact.body.margin_reserved}", fact)
        found.hold("approval: while trading is active", self.desks[intent.account].trading
                   == "ACTIVE", lambda: f"decision {fact.body.id} while trading is "
                   f"{self.desks[intent.account].trading}", fact)
        found.hold("approval: in time", fact.time <= intent.valid_until or not
                   intent.valid_until, f"decision {fact.body.id} after its intent's time", fact)
        found.hold("approval: of a bot that may trade", intent.bot in self.limits.bots,
                   f"bot {intent.bot}", fact)
        self.hours(fact)
        self.fresh(fact)

    def hours(self, fact):
        exchange = {1: "NSE", 2: "BSE", 3: "MCX"}[fact.body.intent.legs[0].contract >> 59]
        days, at = india(fact.time)
        opened = self.session.get(exchange)
        is_in = opened is not None and fact.time < opened.body.close_at and \
            fact.time >= self.opened[exchange, days] + self.limits.entry_start and \
            at <= self.limits.entries_until
        self.found.hold("approval: within entry hours", is_in,
                        f"decision {fact.body.id} at {clock_of(at)} of {date_of(days)}", fact)

    def fresh(self, fact):
        limit = known_before(fact)
        for leg in fact.body.intent.legs:
            underlying = self.market.underlying_of(leg.contract)
            source = self.market.sources.get(underlying)
            times = self.run.batches.get(MARKET + (leg.contract >> 47 & 4095), ([], []))[0]
            index = last_at(times, limit[0])
            is_fresh = underlying not in self.stale and index >= 0 and \
                fact.time - times[index] <= (source.stale_limit if source else 3_000_000_000)
            self.found.hold("approval: on fresh data", is_fresh,
                            f"decision {fact.body.id} on stale data of {underlying}", fact)
            _, row = self.market.at(leg.contract, limit)
            is_quoted = row and (row[3].bid > 0 and row[3].ask > 0 or row[3].flags & NO_DEPTH)
            self.found.hold("approval: of a contract with both sides", is_quoted,
                            f"decision {fact.body.id}", fact)

    def reduce(self, fact):
        intent = fact.body.intent
        held = self.books.open(intent.account, self.desks[intent.account].entry_id)
        for leg in intent.legs:
            net = sum(p.net for k, p in held.items()
                      if k[3] == intent.group and k[4] == leg.contract)
            closes = -net if leg.side == "BUY" else net
            self.found.hold("approval: exits within the position", 0 < leg.quantity <= closes,
                            f"decision {fact.body.id} closes {leg.quantity} of {net}", fact)

def last_at(times, limit):
    low, high = 0, len(times)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if times[middle] <= limit else (low, middle)
    return low - 1


def clock_of(ns):
    seconds = ns // 1_000_000_000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
