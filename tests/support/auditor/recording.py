"""A run as its archive tells it: facts in order, and the quotes of what was traded."""
import bisect
import glob
import os
import struct
from array import array
from collections import defaultdict

from decode import Decoder, wire_fields
from mcap_reader import McapFile

STREAMS = {
    "D/feed/session/": 0x0101, "D/feed/instrument/": 0x0102, "D/feed/bar/": 0x0103,
    "D/feed/alert/": 0x010E, "D/ml_signal/signal/": 0x0201, "D/ml_signal/alert/": 0x020E,
    "D/strategy/intent/": 0x0301, "D/strategy/bot/": 0x0302, "D/strategy/alert/": 0x030E,
    "D/risk/decision/": 0x0401, "D/risk/state/": 0x0402, "D/risk/position/": 0x0403,
    "D/risk/exposure/": 0x0404, "D/risk/alert/": 0x040E, "D/execution/report/": 0x0501,
    "D/execution/ledger/": 0x0502, "D/execution/alert/": 0x050E, "D/notifier/delivery/": 0x0601,
}
MARKET = 0x1000
UNREAD = {"D/feed/bar/", "D/ml_signal/signal/", "D/notifier/delivery/"}  # no money hangs on them
LATE = (1 << 64, 0)


class Fact:
    """A message of a durable stream. consumed: what its service was looking at when it spoke."""

    def __init__(self, topic, seq, name, body):
        self.topic, self.seq, self.name, self.body = topic, seq, name, body
        meta = body.meta
        self.time, self.step, self.round = meta.known_time, meta.step, meta.round
        cause = meta.causes[0] if meta.causes else None
        self.cause = (cause.stream, cause.seq) if cause else None

    def __str__(self):
        return f"{self.topic}#{self.seq}"

    @property
    def consumed(self):
        """Orders what one service did: rounds, then time, then the input at hand; timers last."""
        return self.step, self.round, self.time, self.cause or LATE

    def arrived(self):
        """The same of a service that reads this fact: one round later."""
        return self.step, self.round + 1 if self.step else 0, self.time, \
            (STREAMS[self.topic], self.seq)


def contract_name(raw):
    kind = raw >> 43 & 15
    kinds = {1: "SPOT", 2: "FUTURE", 3: "CALL", 4: "PUT"}
    return f"{raw >> 47 & 4095}:{kinds.get(kind, kind)}:{(raw & 0xFFFFFFF) / 100:g}"


class Run:
    def __init__(self, segments):
        self.segments = segments
        self.decoder = Decoder()
        self.facts = defaultdict(list)     # by topic, ascending
        self.batches = {}                  # stream number: (times, seqs) of market data
        self.quotes = defaultdict(list)    # by contract: (time, stream, seq, Quote)
        self.quote_count = 0
        self.faults = []                   # of the recording itself
        self.window = 10_000_000           # of the barrier, ns
        self.read_facts()
        self.read_market()

    @staticmethod
    def of_environment(folder):
        return Run(sorted(glob.glob(os.path.join(folder, "recorder", "archive", "*.mcap"))))

    def messages(self, wanted):
        """(stream, seq, schema, log time, bytes), each once, of topics that pass."""
        seen = {}
        for path in self.segments:
            for message in McapFile(path).messages():
                topic = message.channel.topic
                if not wanted(topic):
                    continue
                self.decoder.learn(message.channel.schema.data)
                first = int(message.channel.metadata.get("first_seq", message.sequence))
                near = seen[topic] if topic in seen else first - 1
                seq = near + 1 + ((message.sequence - near - 1 + (1 << 31)) % (1 << 32)) - (1 << 31)
                if seq <= seen.get(topic, 0):
                    continue  # a recorder that was killed writes some messages twice
                if topic in seen and seq != near + 1:
                    self.faults.append(f"{topic} goes from #{near} to #{seq}")
                seen[topic] = seq
                yield topic, seq, message.channel.schema.name, message.log_time, message.data

    def read_facts(self):
        for topic, seq, name, _, data in self.messages(lambda t: t in STREAMS and t not in UNREAD):
            body = self.decoder.decode("." + name, data)
            self.facts[topic].append(Fact(topic, seq, name.rpartition(".")[2], body))

    def traded(self):
        contracts = {f.body.contract for f in self.facts["D/execution/ledger/"] if f.body.contract}
        for topic in ("D/strategy/intent/", "D/execution/report/"):
            for fact in self.facts[topic]:
                contracts.update(leg.contract for leg in getattr(fact.body, "legs", []))
                contracts.add(getattr(fact.body, "contract", 0))
        return contracts - {0}

    def read_market(self):
        """Decodes the quotes of contracts anyone asked for, and passes over the others."""
        wanted = {struct.pack("<Q", c): c for c in self.traded()}
        name, quote_name = ".sauda.v1.QuoteBatch", ".sauda.v1.Quote"
        underlyings = {}
        for topic, seq, _, time, data in self.messages(lambda t: t.startswith("J/feed/md/")):
            if topic not in underlyings:
                numbers = {v: k for k, v in self.decoder.enums[".sauda.v1.Underlying"].items()}
                underlyings[topic] = MARKET + numbers[topic.split("/")[3]]
                self.batches[underlyings[topic]] = (array("q"), array("q"))
                quotes = self.decoder.number_of(name, "quotes")
                at_first = bytes([self.decoder.number_of(quote_name, "contract") << 3 | 1])
            stream = underlyings[topic]
            times, seqs = self.batches[stream]
            times.append(time)
            seqs.append(seq)
            for number, part in wire_fields(data):
                if number != quotes:
                    continue
                self.quote_count += 1
                if bytes(part[1:9]) in wanted and part[:1] == at_first:
                    quote = self.decoder.decode(quote_name, part)
                    self.quotes[quote.contract].append((time, stream, seq, quote))

    def all(self, *names):
        """Facts of these kinds in the order their services made them."""
        found = [f for facts in self.facts.values() for f in facts if f.name in names]
        return sorted(found, key=lambda f: (f.consumed, STREAMS[f.topic], f.seq))


def known_before(fact):
    """The market data a service had seen when it made this fact, as a limit on (time, stream, seq).

    Exact in lockstep: round 0 carries the data itself, with its own times; the later rounds stand
    at the end of the window, before the first of the next one."""
    if fact.cause and MARKET <= fact.cause[0] < 2 * MARKET:
        return fact.time, fact.cause[0], fact.cause[1]
    is_after = fact.step and (fact.round or fact.cause and fact.cause[0] < MARKET)
    return (fact.time - 1 if is_after else fact.time), 2 * MARKET, 0


def last_known(rows, limit):
    """Index of the last row (time, stream, seq, ...) up to `limit`, or -1."""
    return bisect.bisect_right(rows, limit, key=lambda row: row[:3]) - 1
