"""Audits a run from its recording. Shares no code with what it audits.

audit.py ENVIRONMENT [--config FILE] [--market FOLDER] [--summary FILE ...] [--archive FILE ...]

ENVIRONMENT: a folder like var/replay-1. Exit code 1 on any disagreement, 2 if it cannot be read."""
import argparse
import glob
import json
import os
import sys

from approvals import Approvals
from charges import Tariff
from findings import Findings, rupees
from ledger import audit_ledger
from limits import Limits
from market import Market
from mcap_reader import Broken
from orders import Orders
from recording import Run
from summary import audit_summary

WINDOW = 10_000_000


def audit(run, limits, tariff, summaries=()):
    """Returns the findings and the books."""
    found = Findings()
    for fault in run.faults:
        found.hold("recording: without holes", False, fault)
    found.held["recording: without holes"] += len(run.facts)
    market = Market(run, limits)
    books = audit_ledger(run, limits, tariff, found)
    Approvals(run, books, market, limits, tariff, found).audit()
    orders = Orders(run, market, limits, found)
    orders.audit()
    for path in summaries:
        audit_summary(path, run, books, found)
    found.snapshot_fills = orders.snapshots
    return found, books


def figures(run, books, found):
    lines = [f"{sum(map(len, run.facts.values()))} facts, {run.quote_count} quotes, "
             f"{len(run.facts['D/execution/ledger/'])} ledger entries, "
             f"{found.snapshot_fills} fills against the snapshot that stood at arrival"]
    _, _, positions, deposits, cash = books.history[-1]
    for account in sorted(deposits):
        mine = [p for k, p in positions.items() if k[0] == account]
        realised = sum(p.realised for p in mine)
        charges = sum(sum(p.charges.values()) for p in mine)
        lines.append(f"{account}: capital {rupees(deposits[account])}, realised "
                     f"{rupees(float(realised))}, charges {rupees(charges)}, cash "
                     f"{rupees(cash[account])}, {sum(1 for p in mine if p.net)} open")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("environment")
    parser.add_argument("--config")
    parser.add_argument("--market")
    parser.add_argument("--summary", action="append", help="summary.json; default: of its reports")
    parser.add_argument("--archive", action="append", help="MCAP; default: the recorder's")
    options = parser.parse_args()
    manifest = {}
    if os.path.exists(f"{options.environment}/run.json"):
        with open(f"{options.environment}/run.json") as file:
            manifest = json.load(file)
    try:
        limits = Limits(options.config or manifest["config"])
        tariff = Tariff((options.market or manifest["rules"]) + "/charges.csv")
        run = Run(options.archive) if options.archive else Run.of_environment(options.environment)
    except (Broken, OSError, KeyError) as error:
        print(f"audit: cannot read the run: {error!r}", file=sys.stderr)
        return 2
    if not run.facts["D/execution/ledger/"] and not run.facts["D/feed/session/"]:
        print("audit: there is nothing in the archive", file=sys.stderr)
        return 2
    run.window = manifest.get("window_ns", WINDOW)
    summaries = options.summary or [path for path in sorted(glob.glob(
        f"{options.environment}/reports/*/summary.json")) if "/latest/" not in path]
    found, books = audit(run, limits, tariff, summaries)
    print(found.table())
    print(figures(run, books, found))
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
