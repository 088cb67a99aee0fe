"""The figures risk holds its limits against, counted again."""
from charges import total
from limits import india
from recording import known_before

EXACT = "limit values: as risk counted"


class Checks:
    def __init__(self, market, limits, tariff, found):
        self.market, self.limits, self.tariff, self.found = market, limits, tariff, found

    def orders_of(self, intent):
        """How many orders: slices of the exchange's largest."""
        count = 0
        for leg in intent.legs:
            freeze = getattr(self.market.lots.get(leg.contract), "freeze", 0)
            count += -(-leg.quantity // freeze) if freeze else 1
        return count

    def values(self, fact, desk, figures):
        """What each limit is held against: (value, limit)."""
        intent, account = fact.body.intent, fact.body.intent.account
        rule = self.limits.accounts[account]
        limit = known_before(fact)
        equity = figures(account, limit)["equity"]
        lots = [leg.quantity // self.market.lots[leg.contract].lot for leg in intent.legs
                if leg.contract in self.market.lots]
        premium = sum(leg.limit * leg.quantity for leg in intent.legs)
        is_long = all(leg.side == "BUY" for leg in intent.legs)
        risk = intent.exits.stop_loss if intent.exits and intent.exits.stop_loss else \
            premium if is_long else rule.default_stop
        values = {
            "POSITIONS_MAXIMUM": (len(desk.groups) + 1, rule.positions),
            "TRADES_PER_DAY_MAXIMUM": (desk.trades + 1, rule.trades_per_day),
            "ORDER_VALUE_MAXIMUM": (max(leg.limit * leg.quantity for leg in intent.legs),
                                    rule.order_value),
            "TRADE_RISK_MAXIMUM": (risk, rule.trade_risk),
        }
        if lots:
            values["LOTS_MAXIMUM"] = max(lots), rule.lots
        if is_long:
            values["POSITION_CAP"] = premium, rule.position_cap
        if desk.day is not None:
            values["DAILY_LOSS"] = desk.start - equity, rule.daily_loss
            values["DRAWDOWN"] = desk.peak - equity, rule.drawdown
        orders = self.orders_of(intent)
        for name, window, most in zip(("SECOND", "MINUTE", "HOUR"), self.limits.windows,
                                      self.limits.approval_rates):
            used = sum(n for at, n in desk.rates if at > fact.time - window)
            values["RATE_" + name] = used + min(orders, most), most
        target = intent.exits.target if intent.exits else 0
        if target > 0:
            values["COST_GATE"] = target, self.round_trip(fact, limit) * self.limits.cost_multiple
        return values

    def round_trip(self, fact, limit):
        """Charges of both ways and the spread once, at what the market shows."""
        cost, days = 0, india(fact.time)[0]
        for leg in fact.body.intent.legs:
            _, row = self.market.at(leg.contract, limit)
            bid, ask = (row[3].bid, row[3].ask) if row else (0, 0)
            index, _ = self.market.at(leg.contract, limit)
            mark = self.market.marks[leg.contract][index] if row else 0
            price = (ask if leg.side == "BUY" else bid) or mark or leg.limit
            value = price * leg.quantity
            cost += total(self.tariff.of_turnover(leg.contract, days, value, 0, 1))
            cost += total(self.tariff.of_turnover(leg.contract, days, 0, value, 1))
            cost += (ask - bid) * leg.quantity if bid > 0 and ask > 0 else 0
        return cost

    def compare(self, fact, values):
        """The figures of the decision against ours; of a reduced one, those that passed."""
        for check in fact.body.checks:
            if check.check not in values or (fact.body.verdict == "REDUCED" and not check.passed):
                continue
            ours = tuple(int(v) for v in values[check.check])
            theirs = check.value, check.limit
            # Of several legs that pass, risk shows the first.
            if check.passed and theirs[0] in self.by_leg(check.check, fact.body.intent):
                ours = theirs[0], ours[1]
            self.found.equal(EXACT, f"{check.check} of decision {fact.body.id}", ours, theirs, fact)

    def by_leg(self, name, intent):
        if name == "ORDER_VALUE_MAXIMUM":
            return [leg.limit * leg.quantity for leg in intent.legs]
        if name == "LOTS_MAXIMUM":
            return [leg.quantity // self.market.lots[leg.contract].lot for leg in intent.legs]
        return []
