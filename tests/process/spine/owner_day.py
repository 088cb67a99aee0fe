"""A day of the owner: up, status, a second copy, halt, bots one by one, resume, the next day, a
changed configuration, flatten, down."""
import os
import shutil
import subprocess

from harness import BIN, CONFIG, RULES, SERVICES, World, check

NAME = "paper"

with World() as world:
    config = f"{world.folder}/paper.toml"
    shutil.copy(CONFIG, config)
    env = ["--env", NAME, "--var", world.var]
    up = ["up", *env, "--config", config, "--rules", RULES, "--speed", "0"]

    text = world.must(*up)
    check("SAUDA  PAPER  NIFTY" in text and "the books balance" in text, "no summary:\n" + text)
    for word in (" stop ", " target ", "TRADES_PER_DAY_MAXIMUM", "partial ", "stale period"):
        check(word in text, f"the first day must show '{word.strip()}':\n{text}")
    check("partial 0" not in text, "the first day must show a partial fill:\n" + text)

    text = world.must("status", *env)
    for service in SERVICES:
        check(f"{service:<10} READY" in text, f"{service} is not READY:\n{text}")
    check("short_straddle" in text and "sma_crossover" in text, "no bots in status:\n" + text)

    second = subprocess.run([f"{BIN}/sauda-risk", *env], capture_output=True, text=True)
    check(second.returncode == 75, f"a second risk ended with {second.returncode}, not 75")
    check(str(world.pid(NAME, "risk")) in second.stderr, "it must name the holder: " + second.stderr)

    world.must("halt", *env, "--reason", "test")
    check(world.ask(NAME, "risk")["metrics"]["standard.trading_state"] == 3, "not halted")
    check(world.run("resume", *env).returncode != 0, "resuming without a reason must be refused")
    world.must("bot", "stop", "straddle", *env)
    bots = {bot["name"]: bot["state"] for bot in world.ask(NAME, "strategy", "bots")["bots"]}
    check(bots == {"straddle": "stopped", "crossover": "started"}, f"bots: {bots}")

    world.must("down", *env)
    check(world.run("status", *env).returncode != 0, "status must say that nothing runs")
    text = world.must("up", *env, "--no-session")
    check(world.ask(NAME, "risk")["metrics"]["standard.trading_state"] == 3,
          "a halt must survive a restart")
    bots = {bot["name"]: bot["state"] for bot in world.ask(NAME, "strategy", "bots")["bots"]}
    check(bots["straddle"] == "stopped", "a stopped bot must stay stopped over a restart")
    text = world.must("up", *env, "--speed", "0", "--quick")
    check("Thu 19-Nov-2026" in text, "the account must go on with the next day:\n" + text)
    check("TRADING_HALTED" in text, "a halted account must deny with its reason:\n" + text)
    world.must("resume", *env, "--reason", "the test is over")
    check(world.ask(NAME, "risk")["metrics"]["standard.trading_state"] == 1, "not active")
    world.must("bot", "start", "straddle", *env)

    world.must("down", *env)
    with open(config, "a") as file:
        file.write("\n# a comment\n")
    refused = world.run("up", *env, "--no-session", timeout=120)
    check(refused.returncode != 0 and "--accept-config" in refused.stderr,
          "a changed configuration must be refused with what to do: " + refused.stderr)
    world.must("down", *env)
    world.must("up", *env, "--no-session", "--accept-config")
    world.must("flatten", *env, "--reason", "done for today")
    world.must("down", *env)
    check(not os.path.exists(f"{world.var}/{NAME}/supervisor.json"), "the supervisor left its file")
    print("the owner's day: fine")
