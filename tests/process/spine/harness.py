"""What the process tests share: the real programs, run in a folder of their own and stopped after."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE = os.environ.get("SAUDA_SOURCE_DIR") or os.path.realpath(f"{__file__}/../../../..")
BIN = os.environ.get("SAUDA_BIN_DIR") or f"{SOURCE}/build/release/bin"
CONFIG = f"{SOURCE}/deploy/config/paper.toml"
RULES = f"{SOURCE}/deploy/market"
SERVICES = ["feed", "ml_signal", "strategy", "risk", "execution", "notifier", "recorder"]
DATA = os.environ.get("SAUDA_TEST_DATA", f"{SOURCE}/../shared/data")


class World:
    """A folder with environments; every one of them is stopped when the test ends."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="sauda-")
        self.var = f"{self.folder}/var"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for name in os.listdir(self.var) if os.path.isdir(self.var) else []:
            self.run("down", "--env", name, "--var", self.var)
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *words, timeout=240, program="sauda"):
        return subprocess.run([f"{BIN}/{program}", *words], capture_output=True, text=True,
                              timeout=timeout)

    def must(self, *words, timeout=240, program="sauda"):
        done = self.run(*words, timeout=timeout, program=program)
        check(done.returncode == 0,
              f"{program} {' '.join(words)} ended with {done.returncode}:\n"
              f"{done.stdout}\n{done.stderr}")
        return done.stdout

    def session(self, date="2026-11-18", seed=15, quick=True):
        path = f"{self.folder}/{date}-{seed}.mcap"
        words = ["--date", date, "--seed", str(seed), "--market", RULES, "--out", path]
        self.must(*words, *(["--quick"] if quick else []), program="sauda-simulate")
        return path

    def lab(self, recording, config=CONFIG):
        return self.must(recording, "--config", config, "--rules", RULES, "--out",
                         f"{self.folder}/lab", program="sauda-lab")

    def replay(self, recording, name, *more, config=CONFIG):
        return self.must("replay", recording, "--env", name, "--var", self.var, "--config", config,
                         "--rules", RULES, *more)

    def ask(self, name, service, verb="status"):
        return json.loads(self.must("ask", service, verb, "--env", name, "--var", self.var))

    def pid(self, name, service):
        try:
            with open(f"{self.var}/{name}/supervisor.json") as state:
                return json.load(state)["services"][service]["pid"]
        except (OSError, ValueError, KeyError):
            return 0


def check(condition, words):
    if not condition:
        sys.exit("FAILED: " + words)


def result_hash(text):
    found = re.search(r"result hash ([0-9a-f]{16})", text)
    check(found, "no result hash in:\n" + text)
    return found.group(1)


def fills_of(text, bot):
    """Fills are not printed by bot; trades are: count the bot's rows of the trades table."""
    return len(re.findall(rf"^\s+\d+\s+{bot}\s", text, re.M))
