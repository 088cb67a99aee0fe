"""Runs over the bus and in the laboratory are audited clean, and planted errors are each caught."""
import copy
import glob
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path[:0] = [f"{HERE}/../spine", f"{HERE}/../../support/auditor"]

from audit import audit  # noqa: E402
from charges import Tariff  # noqa: E402
from harness import CONFIG, RULES, World, check, result_hash  # noqa: E402
from limits import Limits  # noqa: E402
from recording import Run  # noqa: E402

AUDIT = f"{HERE}/../../support/auditor/audit.py"
LIMITS, TARIFF = Limits(CONFIG), Tariff(f"{RULES}/charges.csv")
# Nothing of this may be left unlooked at in an ordinary session.
ALWAYS = ["account: equity", "account: equity is cash and worth", "account: unrealised",
          "approval: on fresh data", "approval: while trading is active",
          "approval: within entry hours", "charges: of each fill", "charges: of the day's note",
          "exits: never more than is open", "fill: after the order arrived",
          "fill: not on the quote that caused it", "fill: within the limit", "group: result",
          "limit values: as risk counted", "limits: daily_loss", "limits: lots_maximum",
          "limits: order_value_maximum", "limits: positions_maximum", "limits: rate_second",
          "limits: trades_per_day_maximum", "order: approved", "order: placed once",
          "order: sent once", "position: after each entry", "rates: entries leave room for exits",
          "summary: costs", "summary: money", "summary: orders", "summary: slippage",
          "summary: trades", "losses: alarms and highs in time",
          "losses: a limit reached stops entries"]

ledger, report, decisions = "D/execution/ledger/", "D/execution/report/", "D/risk/decision/"


def first(run, topic, *kinds, number=0):
    return [f for f in run.facts[topic] if getattr(f.body, "kind", "") in kinds][number]


def fill_price(run):
    """A fill five paise better for us, in the order and in the ledger: beyond the shown price."""
    entry = first(run, ledger, "FILL").body
    order = next(f.body for f in run.facts[report] if f.name == "OrderEvent"
                 and f.body.kind == "FILL" and f.body.child == entry.child)
    entry.price += 500
    order.last_price += 500


def lost_entry(run):
    run.facts[ledger].remove(first(run, ledger, "FILL", number=1))


def doubled_order(run):
    placed = first(run, report, "PLACED")
    run.facts[report].insert(run.facts[report].index(placed) + 1, copy.deepcopy(placed))


def sent_again(run):
    sent = first(run, report, "SENT")
    run.facts[report].insert(run.facts[report].index(sent) + 1, copy.deepcopy(sent))


def charge_off(run):
    first(run, ledger, "FILL", number=2).body.charges.exchange += 100


def early_fill(run):
    """The fill and its ledger entry stand at the moment the order was sent."""
    sent = first(run, report, "SENT")
    fill = next(f for f in run.facts[report] if f.name == "OrderEvent" and f.body.kind == "FILL"
                and f.body.child == sent.body.child)
    entry = next(f for f in run.facts[ledger] if f.body.child == fill.body.child)
    fill.time = entry.time = sent.time


def unapproved(run):
    run.facts[decisions].remove(next(f for f in run.facts[decisions]
                                     if f.body.verdict == "APPROVED"))


def beyond_limit(run):
    fill = first(run, report, "FILL").body
    placed = next(f.body for f in run.facts[report] if f.name == "OrderEvent"
                  and f.body.kind == "PLACED" and f.body.child == fill.child)
    placed.limit = fill.last_price + (500 if placed.side == "SELL" else -500)


def exit_too_large(run):
    placed = next(f.body for f in run.facts[report] if f.name == "OrderEvent"
                  and f.body.kind == "PLACED" and f.body.child.is_exit)
    placed.quantity *= 2


def unrealised_off(run):
    ended = first(run, "D/risk/state/", "DAY_ENDED").body
    ended.unrealised += 100


def halted(run):
    """The account was halted before its first approval, and nobody minded."""
    state = copy.deepcopy(run.facts["D/risk/state/"][0])
    state.name, state.seq, state.cause = "TradingStateEvent", 10 ** 6, None
    state.body.state, state.body.by = "HALTED", "operator:test"
    run.facts["D/risk/state/"].append(state)


def stale(run):
    event = copy.deepcopy(first(run, "D/feed/session/", "OPEN"))
    event.body.kind, event.body.underlying, event.seq = "STALE_BEGIN", "NIFTY", 10 ** 6
    run.facts["D/feed/session/"].append(event)


def never_opened(run):
    run.facts["D/feed/session/"].remove(first(run, "D/feed/session/", "OPEN"))


def too_many_lots(run):
    next(f for f in run.facts[decisions] if f.body.verdict == "APPROVED"
         ).body.intent.legs[0].quantity *= 30


def note_off(run):
    first(run, ledger, "CORRECTION").body.charges.gst += 100


def hole(run):
    run.faults.append("D/risk/decision/ goes from #1 to #3")


PLANTED = {
    fill_price: ["fill: at the touch or in the queue", "position: cash of it"],
    lost_entry: ["fill: once in the ledger", "ledger: entries counted from 1"],
    doubled_order: ["order: placed once"],
    sent_again: ["order: sent once"],
    charge_off: ["charges: of each fill"],
    early_fill: ["fill: after the order arrived"],
    unapproved: ["order: approved", "intent: answered once"],
    beyond_limit: ["fill: within the limit"],
    exit_too_large: ["exits: never more than is open"],
    unrealised_off: ["account: unrealised"],
    halted: ["approval: while trading is active"],
    stale: ["approval: on fresh data"],
    never_opened: ["approval: within entry hours"],
    too_many_lots: ["limits: lots_maximum", "approval: what was asked, or less"],
    note_off: ["charges: of the day's note"],
    hole: ["recording: without holes"],
}


def golden_note():
    """A straddle of one lot of 75 in August 2025, by hand: 123.61 of charges."""
    option = 1 << 59 | 1 << 47 | 3 << 43
    note = TARIFF.of_turnover(option, 20_329, (4775 + 14235) * 7500, (11860 + 9530) * 7500, 4)
    by_hand = {"brokerage": 8000, "stt": 1604, "exchange": 1077, "sebi": 3, "stamp": 43,
               "gst": 1634, "other": 0}
    check(note == {part: paise * 100 for part, paise in by_hand.items()}, f"golden note: {note}")
    exercise = TARIFF.of_exercise(option, 20_329, 123_450_000)  # 0.125 % of 12,345.00
    check(exercise["stt"] == 154_300, f"exercise: {exercise}")


def settle(run, price_off):
    """The last exit becomes the settlement of its contract at what it is worth."""
    entry = next(f for f in reversed(run.facts[ledger]) if f.body.kind == "FILL").body
    strike = (entry.contract & 0xFFFFFFF) * 100
    is_call = entry.contract >> 43 & 15 == 3
    event = copy.deepcopy(first(run, "D/feed/session/", "OPEN"))
    event.body.kind = "SETTLEMENT"
    event.body.expiry = (entry.contract >> 28 & 32767) + 10_957
    event.body.price = strike + 1_000_000 if is_call else strike - 1_000_000
    run.facts["D/feed/session/"].append(event)
    entry.kind, entry.price = "SETTLEMENT", 1_000_000 + price_off


def expiry(run):
    check_name = "expiry: at the settlement price"
    for price_off in (0, 100):
        changed = copy.copy(run)
        changed.facts = copy.deepcopy(run.facts)
        settle(changed, price_off)
        found, _ = audit(changed, LIMITS, TARIFF)
        wrong = check_name in {name for name, _ in found.wrong}
        check(found.held[check_name] == 1 and wrong == (price_off != 0), f"{found.wrong}")


def clean(run, summaries, label, limits=LIMITS):
    found, _ = audit(run, limits, TARIFF, summaries)
    check(not found.wrong, f"{label}: the audit disagrees\n{found.table()}")
    print(f"{label}: {sum(found.held.values())} facts held, none disagrees")
    return found


def plant(run):
    for error, checks in PLANTED.items():
        changed = copy.copy(run)
        changed.facts = copy.deepcopy(run.facts)
        changed.faults = list(run.faults)
        error(changed)
        found, _ = audit(changed, LIMITS, TARIFF)
        caught = {name for name, _ in found.wrong}
        for name in checks:
            check(name in caught, f"{error.__name__}: not caught by '{name}', only by {caught}")
    print(f"{len(PLANTED)} planted errors, each caught")


with World() as world:
    golden_note()
    held = set()
    # The second session meets its limits of loss.
    strict = f"{world.folder}/strict.toml"
    with open(CONFIG) as given, open(strict, "w") as file:
        file.write(given.read().replace('daily_loss = "3 %"', 'daily_loss = "0.2 %"', 1))
    for seed, config in ((15, CONFIG), (4, strict)):
        recording = world.session(seed=seed)
        text = world.replay(recording, f"seed-{seed}", config=config)
        folder = f"{world.var}/seed-{seed}"
        run = Run.of_environment(folder)
        summaries = glob.glob(f"{folder}/reports/2*/summary.json")
        check(len(summaries) == 1, f"one report is expected: {summaries}")
        found = clean(run, summaries, f"bus, seed {seed}", Limits(config))
        held |= {name for name, count in found.held.items() if count}
        if seed != 15:
            continue
        # The laboratory keeps no recording: one hash says that its messages are those of the bus,
        # and its own report is held against the audit of them.
        lab = world.lab(recording)
        check(result_hash(lab) == result_hash(text), "lab and bus print different hashes")
        reports = glob.glob(f"{world.folder}/lab/reports/2*/summary.json")
        check(len(reports) == 1, f"one report of the lab is expected: {reports}")
        with open(reports[0]) as file:
            check(json.load(file)["run"]["result_hash"] == result_hash(text), "hash of the report")
        clean(run, reports, "lab")
        plant(run)
        expiry(run)
        done = subprocess.run([sys.executable, AUDIT, folder], capture_output=True, text=True)
        check(done.returncode == 0 and "disagree" in done.stdout, done.stdout + done.stderr)
        report_of_day = json.load(open(summaries[0]))
        report_of_day["money"]["accounts"][0]["end"] = "1000000.01"
        json.dump(report_of_day, open(summaries[0], "w"))
        done = subprocess.run([sys.executable, AUDIT, folder], capture_output=True, text=True)
        check(done.returncode == 1 and "DISAGREE summary: money" in done.stdout, done.stdout)
    done = subprocess.run([sys.executable, AUDIT, world.folder, "--config", CONFIG, "--market",
                           RULES], capture_output=True, text=True)
    check(done.returncode == 2 and "nothing in the archive" in done.stderr, done.stderr)
    check(set(ALWAYS) <= held, f"never looked at: {sorted(set(ALWAYS) - held)}")
