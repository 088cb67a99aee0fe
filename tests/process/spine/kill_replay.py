"""Kills every service with SIGKILL during a replay, half of the kills aimed at moments when an order
is working; the result hash must be the laboratory's.   KILLS (default 7): how many kills."""
import os
import signal
import subprocess
import time

from harness import BIN, CONFIG, RULES, SERVICES, World, check, result_hash

KILLS = int(os.environ.get("KILLS", "7"))
NAME = "killed"

with World() as world:
    recording = os.environ.get("RECORDING") or world.session()
    expected = result_hash(world.lab(recording))
    log = open(f"{world.folder}/replay.txt", "w+")
    replay = subprocess.Popen([f"{BIN}/sauda", "replay", recording, "--var", world.var, "--env",
                               NAME, "--config", CONFIG, "--rules", RULES, "--step-pause-us",
                               "20000"], stdout=log, stderr=subprocess.STDOUT)
    plan = [SERVICES[n % len(SERVICES)] for n in range(KILLS)]
    kills = []
    last_kill = time.time()
    deadline = time.time() + 240
    while replay.poll() is None and time.time() < deadline:
        is_aimed = len(kills) % 2 == 0
        pid = world.pid(NAME, plan[0]) if plan and time.time() - last_kill > 0.5 else 0
        if pid:
            done = world.run("ask", "execution", "status", "--env", NAME, "--var", world.var)
            is_working = '"working_orders":' in done.stdout and \
                '"working_orders":0' not in done.stdout
            if is_working or not is_aimed or time.time() - last_kill > 5:
                try:
                    os.kill(pid, signal.SIGKILL)
                    kills.append((plan.pop(0), is_working))
                    last_kill = time.time()
                except ProcessLookupError:
                    pass
        time.sleep(0.002)
    if replay.poll() is None:
        replay.terminate()
    log.seek(0)
    text = log.read()
    check(replay.returncode is not None, f"not finished in time after {len(kills)} kills:\n{text}")
    print(f"{len(kills)} kills ({sum(w for _, w in kills)} with an order working):",
          " ".join(service + ("*" if working else "") for service, working in kills))
    check(result_hash(text) == expected,
          f"hash {result_hash(text)} with kills, {expected} without:\n{text}")
    check(replay.returncode == 0, f"the replay ended with {replay.returncode}:\n{text}")
    check(len(kills) >= min(KILLS, len(SERVICES)), "the session was over before the kills were done")
