"""Two replays over the bus and the laboratory print one hash; the books balance; a changed tick or
window prints another. On the real recording too, where it is at hand."""
import os

from harness import BIN, DATA, World, check, fills_of, result_hash


def one_hash(world, recording, label):
    lab = world.lab(recording)
    first = world.replay(recording, label + "-1")
    second = world.replay(recording, label + "-2")
    hashes = [result_hash(text) for text in (lab, first, second)]
    check(len(set(hashes)) == 1, f"{label}: lab and replays differ: {hashes}")
    for text in (lab, first, second):
        check("the books balance" in text, f"{label}: the books do not balance:\n{text}")
    for bot in ("straddle", "crossover"):
        check(fills_of(first, bot) > 0, f"{label}: no trade of {bot}:\n{first}")
    print(f"{label}: {hashes[0]} three times")
    return hashes[0], first


with World() as world:
    recording = world.session()
    expected, _ = one_hash(world, recording, "simulated")
    other = world.replay(recording, "window", "--window-ms", "50")
    check(result_hash(other) != expected, "another window must give another hash")
    changed = world.session(seed=16)
    check(result_hash(world.lab(changed)) != expected, "another session must give another hash")
    free = world.replay(recording, "free", "--free")
    check("not reproducible" in free, "a free run must say that it is not reproducible")
    check("the books balance" in free, "the books of a free run must balance:\n" + free)

    real = f"{DATA}/nse_chain_20250829/NIFTY_20250829_fullchain_65s.csv.zst"
    if os.path.exists(real):
        out = f"{world.folder}/real.mcap"
        world.must(real, "--out", out, program="sauda-import")
        _, text = one_hash(world, out, "real")
        check("longest 18m52s" in text, "the long gap must be a stale period of 18m52s:\n" + text)
    else:
        print("SKIPPED: the real recording is not at hand (SAUDA_TEST_DATA)")
