"""What a pure archive imports: nothing that knows the time, the machine, chance or libm.

Usage: symbols.py NM ARCHIVE...
"""

import re
import subprocess
import sys
from pathlib import Path

# C symbols a core may need. sqrt and rounding are exact on every machine; the rest of libm is not.
ALLOWED = {
    "_GLOBAL_OFFSET_TABLE_", "__dso_handle", "__libc_single_threaded", "__stack_chk_fail", "abort",
    "bcmp", "fma", "memchr", "memcmp", "memcpy", "memmove", "memset", "sqrt", "strlen",
    "llround", "__divti3", "__modti3", "__udivti3", "__umodti3", "__multi3", "__muloti4", "__popcountdi2",
}
# A bug says what it was before it stops the process. Pricing asks for AVX2, and gives the same bits
# without (docs/decisions/0013).
ALLOWED_IN = {"libsauda_base.a": {"fprintf", "stderr", "__fprintf_chk"},
              "libsauda_options.a": {"__cpu_model"}}
# Deterministic vector mathematics (docs/decisions/0013).
DETERMINISTIC = re.compile(r"Sleef_finz_\w+")
RUNTIME = re.compile(r"__(asan|ubsan|tsan|lsan|sanitizer|gcov|cxa|gxx_personality)\w*|_Unwind_\w+")
FORBIDDEN_CPP = re.compile(
    r"std::(chrono|thread|this_thread|random_device|mutex|condition_variable|filesystem|locale"
    r"|basic_(i|o|io|f|if|of)stream|ios_base|mersenne_twister\w*|__future_base)\b"
    r"|std::(cout|cerr|clog|cin)\b|google::|zmq|fmt::|spdlog|nlohmann")


def undefined_of(nm, archive):
    """Names the archive needs from elsewhere: undefined and defined in none of its own members."""
    def names(flag):
        run = subprocess.run([nm, flag, "--format=posix", archive], capture_output=True, text=True,
                             check=True)
        return {line.split()[0] for line in run.stdout.splitlines() if len(line.split()) >= 2}
    return names("--undefined-only") - names("--defined-only")


def demangled(nm, names):
    tool = Path(nm).with_name(Path(nm).name.replace("nm", "c++filt"))
    run = subprocess.run([str(tool)], input="\n".join(names), capture_output=True, text=True,
                         check=True)
    return dict(zip(names, run.stdout.splitlines()))


def problems_of(nm, archive):
    found = []
    allowed = ALLOWED | ALLOWED_IN.get(Path(archive).name, set())
    names = sorted(undefined_of(nm, archive))
    for name, plain in demangled(nm, names).items():
        if name.startswith("_Z"):
            if FORBIDDEN_CPP.search(plain):
                found.append(plain)
        elif (name not in allowed and not RUNTIME.fullmatch(name)
              and not DETERMINISTIC.fullmatch(name)):
            found.append(name)
    return names, found


def main(nm, archives):
    failed = False
    for archive in archives:
        if not Path(archive).is_file():
            print(f"{archive} does not exist")
            failed = True
            continue
        names, found = problems_of(nm, archive)
        print(f"{Path(archive).name}: {len(names)} imports")
        for name in found:
            print(f"  must not import {name}")
        # base needs nothing of ours; everything else at least something
        if not names:
            print("  nm shows no import at all: it cannot be right")
        failed = failed or bool(found) or not names
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    try:
        sys.exit(main(sys.argv[1], sys.argv[2:]))
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"the tools are missing or failed: {error}")
