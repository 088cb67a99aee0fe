#!/usr/bin/env python3
"""check.py SOURCE_DIR WORK_DIR BIN_DIR: docker-compose.yml on a real container engine.

Replays one small session three times: with the programs of this build, in containers, and in
containers of which each is killed once while the session plays. The results must be equal.

The image is deploy/Dockerfile's last stage but one with the programs of this build, where they run
(Debian 12); elsewhere it is built whole. SAUDA_TEST_IMAGE names a finished image instead.
Ends with 77, and says why, where no engine answers.
"""

import contextlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

from engine import Engine, Failure, Project, Skip

SERVICES = ["execution", "risk", "strategy", "feed", "ml_signal", "recorder", "notifier"]
SPEED = "250"  # a day in about 105 s: long enough to kill everybody while it plays
SECONDS_MAX = 480
STARTED = time.monotonic()


def say(text):
    print(f"[{time.monotonic() - STARTED:5.1f} s] {text}", flush=True)


def expect(truth, text):
    if not truth:
        raise Failure(text)


def wait_for(what, seconds, is_so):
    end = min(time.monotonic() + seconds, STARTED + SECONDS_MAX)
    while time.monotonic() < end:
        if is_so():
            return
        time.sleep(0.2)
    raise Failure(f"{what}: not within {seconds} s")


def is_bookworm():
    with contextlib.suppress(OSError):
        return "VERSION_CODENAME=bookworm" in pathlib.Path("/etc/os-release").read_text("utf-8")
    return False


def build_image(engine, source, work, programs, name):
    """Returns the image to test and whether it is ours to remove."""
    given = os.environ.get("SAUDA_TEST_IMAGE")
    if given:
        return given, False
    image = f"sauda-test:{name}"
    whole = {"context": str(source), "dockerfile": "deploy/Dockerfile"}
    if is_bookworm():
        folder = work / "image"
        shutil.copytree(programs, folder / "bin",
                        ignore=lambda _, names: [n for n in names if not n.startswith("sauda")])
        (folder / "Dockerfile").write_text("FROM sauda-test-runtime\nCOPY bin /opt/sauda/bin\n")
        builds = [("sauda-test-runtime", whole | {"target": "runtime"}),
                  (image, {"context": str(folder)})]
    else:
        builds = [(image, whole)]
    for made, how in builds:
        file = work / "build.json"  # YAML is a superset of JSON
        file.write_text(json.dumps({"version": "3.4",
                                    "services": {"image": {"image": made, "build": how}}}))
        Project(engine, name, file, {}).compose("build", timeout=SECONDS_MAX * 4)
    return image, True


def results_in(read):
    """What must be equal: the result hash, the money and the trades."""
    summary = json.loads(read("summary.json"))
    expect(summary["money"]["balanced"] is True, "the books do not balance")
    trades = read("trades.csv")
    expect(len(trades.splitlines()) > 2, "the session made no trades; it proves nothing")
    return {"result hash": summary["run"]["result_hash"], "money": summary["money"],
            "orders": summary["orders"], "trades": trades}


def native_results(programs, work, recording):
    words = [programs / "sauda", "replay", recording, "--var", work / "var", "--env", "native",
             "--config", work / "config" / "paper.toml"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False,
                          env={k: v for k, v in os.environ.items() if not k.startswith("SAUDA_")})
    expect(done.returncode == 0, f"sauda replay ended with {done.returncode}: {done.stderr}")
    folder = work / "var" / "native" / "reports" / "latest"
    return results_in(lambda name: (folder / name).read_text("utf-8"))


def container_results(project):
    folder = f"/var/lib/sauda/{project.environment_name}/reports/latest"
    return results_in(lambda name: project.inside("recorder", "cat", f"{folder}/{name}").stdout)


def status(project):
    return json.loads(project.inside("recorder", "sauda", "status", "--json",
                                     may_fail=True).stdout or "{}")


def metric(project, name):
    return (status(project).get("feed") or {}).get("metrics", {}).get(name)


def wait_for_session(project, seconds):
    wait_for("the session ends", seconds,
             lambda: project.state("session")["State"]["Status"] == "exited")
    code = project.state("session")["State"]["ExitCode"]
    text = project.compose("logs", "--no-color", "session").stdout
    expect(code == 0, f"the session ended with {code}:\n{text[-3000:]}")
    return text


def compare(name, got, wanted):
    for what, value in wanted.items():
        expect(got[what] == value, f"{name}: another {what} than natively:\n{got[what]}\n{value}")
    say(f"{name}: result hash {got['result hash']}, same money, orders and trades")


def check_undisturbed(project, wanted):
    project.compose("up", "-d")
    expect("result hash" in wait_for_session(project, 90), "the session printed no summary")
    compare("in containers", container_results(project), wanted)
    logs = project.compose("logs", "--no-color").stdout
    for service in SERVICES:
        config = project.state(service)
        check = config["Config"]["Healthcheck"]["Test"]
        expect(check == ["CMD", "sauda", "health", service], f"{service} is checked by {check}")
        answer = project.inside(service, "sh", "-c", f"id -u && {' '.join(check[1:])}").stdout
        expect(answer.split() == ["10001", service, "READY"], f"{service} answers {answer}")
        policy = config["HostConfig"]["RestartPolicy"]["Name"]
        expect(policy == "unless-stopped", f"{service} restarts '{policy}'")
        expect(re.search(rf"^{service}[-_]1 .*start 1", logs, re.MULTILINE),
               f"the log of {service} does not tell its start:\n{logs}")
    found = project.inside("risk", "sh", "-c", "command -v gcc g++ cc c++ cmake; true").stdout
    expect(not found, f"the image holds a compiler: {found}")
    expect(project.inside("risk", "sauda", "health", "nobody", may_fail=True).returncode == 1,
           "the health check of no service succeeds")
    say("every service is healthy by its own status, not root, and has its log")

    project.compose("up", "-d")
    wait_for_session(project, 60)
    expect(metric(project, "plays_finished") == 1, "the second `up` played the recording again")
    compare("after a second `up`", container_results(project), wanted)


def kill_inside(project, service):
    """Kills what runs in the container. `docker kill` would tell the engine to leave it so."""
    before = project.state(service)["State"]["StartedAt"]
    project.inside(service, "sh", "-c", "kill -9 -1", may_fail=True)
    wait_for(f"the container of {service} comes back", 20,
             lambda: project.state(service)["State"]["StartedAt"] != before
             and project.state(service)["State"]["Running"])


def check_disturbed(project, wanted):
    project.compose("up", "-d")
    wait_for("the session plays", 60, lambda: metric(project, "playing") == 1)
    for service in [*SERVICES, "session"]:
        expect(metric(project, "playing") == 1, f"the session ended before {service} was killed")
        kill_inside(project, service)
        if service != "session":
            wait_for(f"{service} is ready again", 30, lambda s=service: project.inside(
                s, "sauda", "health", s, may_fail=True).returncode == 0)
        say(f"{service} was killed and is back")
    expect(metric(project, "playing") == 1, "the session ended before all were killed")
    wait_for_session(project, 150)
    for service, answer in status(project).items():
        expect(answer["epoch"] == 2, f"{service} started {answer['epoch']} times, not twice")
    compare("with each container killed", container_results(project), wanted)


def run(source, work, programs):
    engine = Engine()
    expect((programs / "sauda").exists(), f"{programs} holds no programs; build `programs` first")
    shutil.rmtree(work, ignore_errors=True)
    (work / "recordings").mkdir(parents=True)
    shutil.copytree(source / "deploy" / "config", work / "config")
    name = f"saudatest{os.getpid()}"
    recording = work / "recordings" / "quick.mcap"
    subprocess.run([programs / "sauda-simulate", "--quick", "--out", recording], check=True,
                   capture_output=True, timeout=60)
    wanted = native_results(programs, work, recording)
    say(f"natively: result hash {wanted['result hash']}")
    image, is_ours = build_image(engine, source, work, programs, name)
    say(f"image {image}")
    variables = {"SAUDA_IMAGE": image, "SAUDA_RECORDINGS": str(work / "recordings"),
                 "SAUDA_RECORDING": recording.name, "SAUDA_CONFIGS": str(work / "config")}
    try:
        for check, more in ((check_undisturbed, {}), (check_disturbed, {"SAUDA_SPEED": SPEED})):
            project = Project(engine, name, source / "docker-compose.yml", variables | more)
            project.environment_name = "replay-quick"
            try:
                check(project, wanted)
            except Exception:
                print(project.compose("logs", "--no-color", "--tail", "20",
                                      may_fail=True).stdout)
                raise
            finally:
                project.close()
    finally:
        if is_ours:
            engine.remove_image(image)


def main():
    try:
        run(*(pathlib.Path(word).resolve() for word in sys.argv[1:4]))
    except Skip as reason:
        print(f"skipped: {reason}")
        return 77
    except (Failure, subprocess.SubprocessError) as failure:
        print(f"failed: {failure}")
        return 1
    say("passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
