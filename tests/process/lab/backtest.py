"""A backtest over simulated days: every figure of the report is that of the ledger to the paisa, the
same run gives the same result, memory stays flat, and what is asked wrongly is answered with a
sentence."""
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE = os.environ.get("SAUDA_SOURCE_DIR") or os.path.realpath(f"{__file__}/../../../..")
BIN = os.environ.get("SAUDA_BIN_DIR") or f"{SOURCE}/build/release/bin"
RULES = f"{SOURCE}/deploy/market"
CONFIG = f"{SOURCE}/deploy/config/paper.toml"
CHARGES = ["brokerage", "stt", "exchange", "sebi", "stamp", "gst", "other"]
DAYS = int(os.environ.get("SAUDA_LAB_DAYS", "8"))


def check(condition, words):
    if not condition:
        sys.exit(f"FAILED: {words}")


def run(program, *words):
    """Exit code, standard output, standard error and the peak of resident memory in KiB."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        child = subprocess.Popen([f"{BIN}/{program}", *words], stdout=out, stderr=err)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return child.returncode, out.read(), err.read(), usage.ru_maxrss


def backtest(out, *words):
    return run("sauda-backtest", "--config", CONFIG, "--rules", RULES, "--out", out, "--quiet", *words)


def paise(text):
    sign = -1 if text.startswith("-") else 1
    rupees, _, rest = text.lstrip("-").partition(".")
    return sign * (int(rupees) * 100 + int((rest + "00")[:2]))


def read_csv(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def ledger_figures(folder):
    """Deposits, charges, and cash by group, out of the ledger alone."""
    deposits, charges, groups, corrections = 0, {c: 0 for c in CHARGES}, {}, 0
    for row in read_csv(f"{folder}/ledger.csv"):
        parts = {c: paise(row[c]) for c in CHARGES}
        for name, value in parts.items():
            charges[name] += value
        if row["kind"] == "deposit":
            deposits += paise(row["amount"])
        if row["group"] == "0":
            corrections += sum(parts.values())
            continue
        group = groups.setdefault(row["group"], {"gross": 0, "charges": 0, "net": {}})
        group["charges"] += sum(parts.values())
        if row["kind"] == "fill":
            units = int(row["quantity"]) * (1 if row["side"] == "buy" else -1)
            group["gross"] -= paise(row["price"]) * units
            group["net"][row["contract"]] = group["net"].get(row["contract"], 0) + units
        elif row["kind"] == "settlement":
            units = group["net"].pop(row["contract"], 0)
            group["gross"] += paise(row["price"]) * units
    return deposits, charges, groups, corrections


def figures_equal_the_ledger(folder):
    with open(f"{folder}/report.html") as file:
        page = file.read()
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    report = json.loads(data.group(1))
    with open(f"{folder}/report.json") as file:
        check(report == json.load(file), "the page must hold what report.json holds")
    with open(f"{folder}/summary.json") as file:
        summary = json.load(file)
    check(all(report[key] == value for key, value in summary.items()), "summary.json differs")
    deposits, charges, groups, corrections = ledger_figures(folder)
    money = report["money"]
    check(all(not any(group["net"].values()) for group in groups.values()), "a trade is still open")
    gross = sum(group["gross"] for group in groups.values())
    paid = sum(group["charges"] for group in groups.values())
    check(money["start"] == deposits, f"start {money['start']} but the ledger has {deposits}")
    check(money["trades_gross"] == gross, f"gross {money['trades_gross']} but the ledger has {gross}")
    check(money["trades_charges"] == paid, "charges of the trades differ")
    check(money["corrections"] == corrections, "corrections differ")
    check(all(money[name] == charges[name] for name in CHARGES), "a component of the charges differs")
    check(money["net"] == gross - sum(charges.values()), "net differs")
    check(money["end"] == deposits + money["net"], "end differs")
    check(sum(day["net"] for day in report["days"]) == money["net"], "the days do not add up")
    for trade in report["trades"]:
        group = groups[str(trade["group"])]
        check(trade["gross"] == group["gross"] and trade["charges"] == group["charges"],
              f"trade {trade['group']} differs from the ledger: {trade}")
        check(trade["mae"] <= min(0, trade["gross"]) and trade["mfe"] >= max(0, trade["gross"]),
              f"trade {trade['group']} ended outside what it was seen at: {trade}")
    check(len(report["trades"]) == len(groups), "a trade is missing")
    for table in report["breakdowns"]:
        check(sum(s["net"] for s in table["slices"]) == money["trades_net"], table["name"])
        check(sum(s["trades"] for s in table["slices"]) == len(groups), table["name"])
    check(report["slippage"][0]["net"] == money["trades_net"], "the ladder must begin as filled")
    nets = [paise(row["net"]) for row in read_csv(f"{folder}/trades.csv")]
    check(sum(nets) == money["trades_net"], "trades.csv differs")
    check(paise(read_csv(f"{folder}/days.csv")[-1]["end"]) == money["end"], "days.csv differs")
    check(report["books_balance"], "the books do not balance")
    for outside in ("http://", "https://", "src=", "@import", "url("):
        text = page.replace("http://www.w3.org/2000/svg", "")
        check(outside not in text, f"the page must open without a network: {outside}")
    return report


def wrong_questions(folder, days):
    def refused(words, *sentence):
        code, _, error, _ = backtest(f"{folder}/wrong", *words)
        check(code != 0 and all(part in error for part in sentence), f"{words}: {code} {error}")

    first = days[0]
    unknown = f"{folder}/unknown.toml"
    with open(CONFIG) as config, open(unknown, "w") as file:
        file.write(config.read().replace("entry_time =", "entry_tme ="))
    code, _, error, _ = run("sauda-backtest", "--config", unknown, "--rules", RULES, "--out",
                            f"{folder}/wrong", first)
    check(code != 0 and "entry_tme" in error, f"an unknown parameter: {code} {error}")
    refused([first, first], "both of")
    refused(["--recordings", os.path.dirname(first), "--from", "2031-01-01"], "no recording lies between")
    refused(["--recordings", os.path.dirname(first), "--from", "yesterday"], "is not a date")
    refused([], "name the recordings")
    refused([f"{folder}/none.mcap"], "none.mcap")
    os.mkdir(f"{folder}/empty")
    refused(["--recordings", f"{folder}/empty"], "holds no recording")
    check(not os.path.exists(f"{folder}/wrong"), "a run that did not begin must leave no folder")
    code, _, error, _ = backtest(f"{folder}/all", first)
    check(code != 0 and "holds a run already" in error, error)


def main(folder):
    data = f"{folder}/days"
    code, out, error, _ = run("sauda-simulate", "--date", "2026-11-16", "--seed", "15", "--quick", "--market",
                            RULES, "--days", str(DAYS), "--out", data)
    check(code == 0, out + error)
    days = sorted(f"{data}/{name}" for name in os.listdir(data) if name.endswith(".mcap"))
    check(len(days) == DAYS, f"{len(days)} days were made")

    code, text, error, one_peak = backtest(f"{folder}/one", days[0])
    check(code == 0, text + error)
    code, lab, error, _ = run("sauda-lab", days[0], "--config", CONFIG, "--rules", RULES, "--out",
                            f"{folder}/lab")
    result = re.search(r"result hash ([0-9a-f]{16})", text).group(1)
    check(result in lab, f"a backtest of one day must give the laboratory's hash {result}:\n{lab}")

    code, text, error, all_peak = backtest(f"{folder}/all", "--recordings", data)
    check(code == 0 and "Books     balance" in text, text + error)
    report = figures_equal_the_ledger(f"{folder}/all")
    check(len(report["days"]) == DAYS and report["trade_statistics"]["trades"] > 0, "no trades")
    print(f"{DAYS} days, {len(report['trades'])} trades, memory {one_peak} -> {all_peak} KiB")
    check(all_peak <= one_peak * 1.05, f"memory grew from {one_peak} to {all_peak} KiB")

    code, again, _, _ = backtest(f"{folder}/again", *reversed(days))
    check(code == 0 and again.splitlines()[:-1] == text.splitlines()[:-1], "another result")
    with open(f"{folder}/again/manifest.json") as file:
        manifest = json.load(file)
    for key in ("binary_hash", "config_hash", "rules_hash", "data_hash", "result_hash"):
        check(re.fullmatch("[0-9a-f]{16}", manifest[key]), f"{key}: {manifest[key]}")

    gap = days[:1] + days[2:]
    code, text, error, _ = backtest(f"{folder}/gap", *gap)
    with open(f"{folder}/gap/manifest.json") as file:
        check(len(json.load(file)["missing_days"]) == 1, "the missing day must be named")
    wrong_questions(folder, days)


FOLDER = tempfile.mkdtemp(prefix="sauda-")
try:
    main(FOLDER)
finally:
    shutil.rmtree(FOLDER, ignore_errors=True)
