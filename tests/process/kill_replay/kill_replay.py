"""Kills every service with SIGKILL during a replay, aimed at moments when an order is working, and
compares the result hash with the laboratory's on the same recording. Standard library only.

    kill_replay.py BIN_DIR RECORDING CONFIG RULES WORK_DIR [KILLS_PER_SERVICE]
"""
import json
import os
import re
import signal
import subprocess
import sys
import time

SERVICES = ["feed", "ml_signal", "strategy", "risk", "execution", "notifier", "recorder"]


def result_hash(text):
    found = re.search(r"result hash ([0-9a-f]{16})", text)
    if not found:
        sys.exit("no result hash in:\n" + text)
    return found.group(1)


def lab_hash(bin_dir, recording, config, rules, work):
    done = subprocess.run([f"{bin_dir}/sauda-lab", recording, "--config", config, "--rules", rules,
                           "--out", f"{work}/lab"], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit("the lab failed: " + done.stdout + done.stderr)
    return result_hash(done.stdout), done.stdout


class Replay:
    def __init__(self, bin_dir, var, name):
        self.bin, self.var, self.name = bin_dir, var, name

    def pid(self, service):
        try:
            with open(f"{self.var}/{self.name}/supervisor.json") as state:
                return json.load(state)["services"][service]["pid"]
        except (OSError, ValueError, KeyError):
            return 0

    def metrics(self):
        done = subprocess.run([f"{self.bin}/sauda", "ask", "execution", "status", "--env", self.name,
                               "--var", self.var], capture_output=True, text=True)
        try:
            return json.loads(done.stdout)["metrics"]
        except (ValueError, KeyError):
            return {}


def main():
    bin_dir, recording, config, rules, work = sys.argv[1:6]
    kills_each = int(sys.argv[6]) if len(sys.argv) > 6 else 2
    os.makedirs(work, exist_ok=True)
    expected, _ = lab_hash(bin_dir, recording, config, rules, work)
    var, name = f"{work}/var", f"kill{os.getpid()}"
    out = open(f"{work}/replay.txt", "w+")
    replay = subprocess.Popen([f"{bin_dir}/sauda", "replay", recording, "--var", var, "--env", name,
                               "--config", config, "--rules", rules, "--step-pause-us", "20000"],
                              stdout=out, stderr=subprocess.STDOUT)
    control = Replay(bin_dir, var, name)
    plan = SERVICES * kills_each
    kills = []
    deadline = time.time() + 240
    last_kill = 0.0
    while replay.poll() is None and time.time() < deadline:
        # Half of the kills wait for a working order, the rest take any moment.
        is_aimed = len(kills) % 2 == 0
        if plan and time.time() - last_kill > 0.4:
            working = control.metrics().get("working_orders", 0)
            service = plan[0]
            pid = control.pid(service)
            if pid and (working > 0 or not is_aimed or time.time() - last_kill > 4):
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
                kills.append((service, working))
                plan.pop(0)
                last_kill = time.time()
        time.sleep(0.005)
    if replay.poll() is None:
        replay.terminate()
        subprocess.run([f"{bin_dir}/sauda", "down", "--env", name, "--var", var])
        sys.exit(f"not finished in time after {len(kills)} kills")
    out.seek(0)
    text = out.read()
    got = result_hash(text)
    aimed = sum(1 for _, working in kills if working > 0)
    print(f"{len(kills)} kills ({aimed} with an order working): "
          + " ".join(f"{s}{'*' if w else ''}" for s, w in kills))
    print(f"lab {expected}, replay with kills {got}")
    if replay.returncode != 0 or got != expected:
        sys.exit(f"results differ (exit code {replay.returncode}); see {work}/replay.txt")
    if len(kills) < len(SERVICES):
        sys.exit("the session was over before every service had been killed once")


main()
