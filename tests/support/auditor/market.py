"""What the market showed: touches, marks and the sides where a source has none."""
from recording import last_known

NO_DEPTH, MODELLED = 1, 2
UNLIMITED = 1 << 62
TICK = 500


class Market:
    def __init__(self, run, limits):
        self.run = run
        self.limits = limits
        self.sources = {f.body.underlying: f.body for f in run.all("SourceInfo")}
        self.lots = {}
        for fact in run.all("InstrumentBatch"):
            for row in fact.body.instruments:
                self.lots[row.contract] = row
        self.marks = {contract: self.marks_of(rows) for contract, rows in run.quotes.items()}

    def marks_of(self, rows):
        """After each quote: the middle of a narrow market, else the last trade within its sides,
        else what it was."""
        marks, mark = [], 0
        for _, _, _, quote in rows:
            bid, ask, last = quote.bid, quote.ask, quote.last
            middle = (bid + ask) // 2 if bid > 0 and ask > 0 else 0
            if middle and ask - bid <= max(self.limits.spread_floor, middle // 20):
                mark = middle
            elif last > 0 and bid <= last and (ask <= 0 or last <= ask):
                mark = last
            marks.append(mark)
        return marks

    def at(self, contract, limit):
        """Index and row of the last quote seen."""
        rows = self.run.quotes.get(contract, [])
        index = last_known(rows, limit)
        return index, rows[index] if index >= 0 else None

    def closing(self, contract, net, limit):
        """What a position of this sign would be closed at; 0: nobody ever said."""
        index, row = self.at(contract, limit)
        if row is None:
            return 0
        side = row[3].bid if net > 0 else row[3].ask
        return side if side > 0 else self.marks[contract][index]

    def source_of(self, quote):
        return next((s for s in self.sources.values()), None) if len(self.sources) == 1 else \
            self.sources.get(self.underlying_of(quote.contract))

    def underlying_of(self, contract):
        return self.run.decoder.enums[".sauda.v1.Underlying"].get(contract >> 47 & 4095)

    def touch(self, quote, side):
        """(price, size) an order of `side` meets; modelled around the last where none is shown."""
        source = self.source_of(quote)
        has_depth = not quote.flags & NO_DEPTH and (source is None or source.has_depth)
        price, size = (quote.ask, quote.ask_size) if side == "BUY" else (quote.bid, quote.bid_size)
        if not has_depth:
            half = max(self.limits.half_spread, (quote.last * 5 + 500) // 1000)
            if quote.last <= 0:
                return 0, 0
            low = max(TICK, (quote.last - half) // TICK * TICK)
            price = -(-(quote.last + half) // TICK) * TICK if side == "BUY" else low
        if size <= 0 and (not has_depth or quote.flags & MODELLED):
            size = UNLIMITED
        return price, size

    def is_snapshot(self, quote):
        source = self.source_of(quote)
        return source is not None and source.interval > 1_000_000_000
