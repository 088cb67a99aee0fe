"""Backup while a session plays, wipe, restore, go on: the books must be what they would have been.
And all that a restore must refuse."""
import json
import os
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "spine"))
from harness import BIN, CONFIG, RULES, World, check, result_hash  # noqa: E402

NAME = "paper"


def sealed(*words, key=None, timeout=120):
    variables = {k: v for k, v in os.environ.items() if k != "SAUDA_BACKUP_KEY_FILE"}
    if key:
        variables["SAUDA_BACKUP_KEY_FILE"] = key
    return subprocess.run([f"{BIN}/sauda", *words], capture_output=True, text=True,
                          timeout=timeout, env=variables)


def must(done):
    check(done.returncode == 0, f"{done.args} ended with {done.returncode}:\n{done.stdout}\n"
                                f"{done.stderr}")
    return done.stdout


def refused(done, *words):
    check(done.returncode == 1, f"{done.args} must be refused:\n{done.stdout}\n{done.stderr}")
    for word in words:
        check(word in done.stderr, f"'{word}' is not in the refusal:\n{done.stderr}")


def wait_for_reports(world, count):
    for _ in range(600):
        if world.ask(NAME, "recorder")["metrics"]["reports"] >= count:
            return
        time.sleep(0.1)
    sys.exit("FAILED: the session did not come to its report")


def books(world):
    folder = f"{world.var}/{NAME}/reports/latest"
    with open(f"{folder}/summary.txt") as text, open(f"{folder}/summary.json") as summary:
        return result_hash(text.read()), json.load(summary)["money"]


with World() as world:
    env = ["--env", NAME, "--var", world.var]
    key, other_key = f"{world.folder}/key", f"{world.folder}/other-key"
    file, plain = f"{world.folder}/a.backup", f"{world.folder}/plain.backup"
    must(sealed("backup", "--make-key", key))
    must(sealed("backup", "--make-key", other_key))

    world.must("up", *env, "--config", CONFIG, "--rules", RULES, "--speed", "0", "--quick")
    day_one = f"{world.folder}/day-one.backup"
    refused(sealed("backup", *env, "--out", day_one), "SAUDA_BACKUP_KEY_FILE", "--plain")
    must(sealed("backup", *env, "--out", day_one, "--plain"))

    # The second day plays from a recording outside of the environment; the backup hits its middle.
    recording = world.session("2026-11-19", 3)
    world.must("ask", "feed", "play", f"file={recording}", "step_pause_us=1500", *env)
    while world.ask(NAME, "feed")["metrics"]["rounds"] < 900:
        time.sleep(0.01)
    text = must(sealed("backup", *env, "--out", file, key=key))
    check("encrypted" in text and "NOT" not in text and "Verified" in text, text)
    check(world.ask(NAME, "feed")["metrics"]["playing"] == 1, "the backup must hit a playing day")
    wait_for_reports(world, 2)
    expected = books(world)

    # What a restore refuses.
    refused(sealed("restore", file, "--var", world.var), "encrypted", "SAUDA_BACKUP_KEY_FILE")
    refused(sealed("restore", file, "--var", world.var, key=other_key), "this key")
    refused(sealed("restore", file, "--var", world.var, key=key), "exists", "--replace")
    refused(sealed("restore", file, "--var", world.var, "--replace", key=key), "is running")
    world.must("down", *env)
    refused(sealed("restore", file, "--var", world.var, "--replace", key=key),
            "going back loses", "D/feed/session/", "--accept-divergence")
    refused(sealed("restore", file, "--var", world.var, "--service", "risk", key=key),
            "does not fit the others", "recorder has seen", "D/risk/")
    with open(file, "rb") as whole, open(f"{world.folder}/bad", "wb") as bad:
        data = bytearray(whole.read())
        data[len(data) // 2] ^= 1
        bad.write(data)
    refused(sealed("restore", f"{world.folder}/bad", "--var", world.var, "--env", "copy", key=key),
            "damaged")
    check(not os.path.exists(f"{world.var}/copy") and not os.path.exists(f"{world.var}/.copy"),
          "a refused restore must leave nothing")
    check(books(world) == expected, "a refused restore must change nothing")

    # The accident, and the way back: the folder is gone, and the recording with it.
    shutil.rmtree(f"{world.var}/{NAME}")
    os.remove(recording)
    must(sealed("restore", file, "--var", world.var, key=key))
    world.must("up", *env, "--no-session")
    wait_for_reports(world, 2)
    check(books(world) == expected,
          f"other books after the restore: {books(world)} instead of {expected}")
    check("no problem" in world.run("doctor", *env).stdout or
          "Nothing stands in the way" in world.run("doctor", *env).stdout, "the doctor is not happy")
    text = world.must("up", *env, "--speed", "0", "--quick")
    check("20-Nov-2026" in text and "the books balance" in text, "the account must go on:\n" + text)
    world.must("down", *env)

    # One database of an older day among newer ones: refused, told, and found by the next backup.
    text = must(sealed("restore", day_one, "--var", world.var, "--service", "risk",
                       "--accept-divergence"))
    check("Accepted" in text and "D/risk/decision/" in text, text)
    refused(sealed("backup", *env, "--out", plain, "--plain"), "do not fit together",
            "D/risk/decision/")
    check(not os.path.exists(plain) and not os.path.exists(plain + ".part"), "nothing is written")
    must(sealed("backup", *env, "--out", plain, "--plain", "--accept-divergence"))
    refused(sealed("restore", plain, "--var", world.var, "--env", "copy"), "do not fit together")
    leftover = [name for name in os.listdir(f"{world.var}/{NAME}") if name.startswith(".backup")]
    check(not leftover, f"left behind: {leftover}")
    print("backup, wipe, restore: the books are equal")
