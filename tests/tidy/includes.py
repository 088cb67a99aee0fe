"""Which folder may include which (docs/architecture.md), and where third-party headers may stand."""

import re

from tree import Problem

# Folder -> folders it may include beside itself. `proto` is the generated sauda/v1.
COMMON = {
    "base": set(),
    "options": {"base"},
    "indicators": {"base", "options"},
    "domain": {"base"},
    "chain": {"base", "domain", "options"},
    "margin": {"base", "domain", "options"},
    "models": {"base", "options"},
    "simulation": {"base", "domain", "options"},
    "kernel": {"base", "domain"},
    "market": {"base", "domain"},
    "settings": {"base"},
    "wire": {"base", "domain", "proto"},
    "bus": {"base", "domain", "proto"},
    "store": {"base"},
    "sealing": {"base"},
    "recording": {"base", "domain", "proto", "wire"},
    "net": {"base"},
    "summary": {"base", "domain", "options", "wire"},
    "service": {"base", "bus", "domain", "kernel", "market", "settings", "store", "wire"},
}
PURE_COMMON = {"base", "chain", "options", "indicators", "domain", "margin", "models", "simulation", "kernel"}
# Model folders on disk and training stand beside the inference they are for.
IMPURE_FOLDERS = ("common/models/files/", "common/models/training/")
CORE = {"base", "chain", "domain", "options", "indicators", "margin", "models", "simulation"}

# The places where one service reads another, each with its reason.
ACROSS = [
    # The lab composes the services in one process; it makes its environment as `sauda replay` does.
    (r"services/lab/shell/.*", r"services/\w+/shell/.*"),
    (r"services/lab/\w*main\.cpp", r"services/cli/shell/session\.h"),
    # `sauda train` plays recordings through the cores that make bars and features live.
    (r"services/trainer/shell/.*", r"services/(feed|ml_signal)/core/.*"),
    (r"services/trainer/main\.cpp", r"services/cli/shell/session\.h"),
    # `sauda doctor` reads each service's settings as that service does, and lists its bots.
    (r"services/cli/shell/doctor\w*\.(h|cpp)",
     r"services/\w+/(shell/settings|core/config|core/bot_registry)\.h"),
    # `sauda backup` takes the recordings along that the feed says it has played.
    (r"services/cli/shell/(backup|stream_check)\.cpp", r"services/feed/shell/driver\.h"),
    # `sauda why` tells a story out of the recorder's archive, in risk's order of checks.
    (r"services/cli/shell/why\w*\.(h|cpp)",
     r"services/(recorder/shell/(archive|run_report)|risk/core/checks|strategy/shell/settings"
     r"|ml_signal/core/feature_list)\.h"),
]

# Third-party header -> folders whose .cpp (or, with "h", also headers) may include it.
LIBRARIES = [
    (r"zmq\.h(pp)?", {"common/bus"}, "h"),
    (r"sqlite3\.h", {"common/store"}, "h"),
    (r"sodium\.h", {"common/sealing"}, ""),
    (r"spdlog/.*", {"common/service"}, ""),
    (r"fmt/.*", {"common/service", "common/summary", "services/importer/shell"}, ""),
    (r"toml\+\+/.*", {"common/settings"}, ""),
    (r"CLI/.*", {"services/cli", "services/importer", "services/instruments", "services/lab",
                 "services/trainer"}, ""),
    (r"nlohmann/.*", {"common/models/files", "common/service", "common/summary", "services/cli/shell",
                      "services/feed/shell", "services/importer/shell", "services/lab/shell",
                      "services/notifier/shell",
                      "services/recorder/shell", "services/strategy/shell", "services/trainer/shell"}, ""),
    (r"google/protobuf/.*", {"common/bus", "common/recording", "common/wire"}, "h"),
    (r"(zstd|lz4|lz4frame|zlib)\.h",
     {"common/market", "common/recording", "services/importer/shell"}, ""),
    (r"sleef\.h|immintrin\.h", {"common/options"}, ""),
    (r"simdjson.*", {"common/market"}, ""),
    (r"boost/.*|curl/.*|openssl/.*|oath.*", {"common/net"}, ""),
    (r"xgboost/.*|svm\.h|linear\.h|Eigen/.*|nlopt.*", {"common/models/training"}, ""),
]
# What no pure folder may include of the standard library: time, threads, files, chance.
IMPURE = {"atomic", "chrono", "condition_variable", "csignal", "cstdio", "cstdlib", "ctime",
          "filesystem", "format", "fstream", "future", "iostream", "istream", "locale", "mutex",
          "ostream", "random", "regex", "shared_mutex", "sstream", "syncstream", "thread"}
IMPURE_ALLOWED = {("common/base/invariant.cpp", "cstdio"), ("common/base/invariant.cpp", "cstdlib")}
# C headers of the code compiled for AVX2 and FMA (docs/decisions/0013): only in common/options.
VECTOR = {"math.h", "sleef.h", "immintrin.h", "stddef.h", "stdint.h"}

_INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]')


def is_pure(path):
    parts = path.split("/")
    if path.startswith(IMPURE_FOLDERS):
        return False
    return (parts[0] == "common" and parts[1] in PURE_COMMON) or (
        parts[0] == "services" and parts[2] == "core")


def _common_of(target):
    parts = target.split("/")
    if parts[0] == "sauda":
        return "proto"
    return parts[1] if parts[0] == "common" else None


def _may_include(path, target):
    own, other = path.split("/"), target.split("/")
    library = _common_of(target)
    if is_pure(path) and target.startswith(IMPURE_FOLDERS):
        return False
    if own[0] == "common":
        return library is not None and (library == own[1] or library in COMMON[own[1]])
    if any(re.fullmatch(a, path) and re.fullmatch(b, target) for a, b in ACROSS):
        return True
    part = own[2] if own[2] in ("core", "shell") else "main"
    if library is not None:
        allowed = CORE | ({"kernel"} if own[1] == "lab" else set())
        return library in allowed if part == "core" else library != "proto"
    if other[1] != own[1]:
        return False
    return part != "core" or other[2] == "core"


def _check_own(tree, path, line, target, existing):
    root = target.split("/")[0]
    if root not in ("common", "services", "sauda"):
        return Problem(path, line, "include", f'"{target}" is not a path from the root')
    proto = "proto/" + target.replace(".pb.h", ".proto")
    if target not in existing and proto not in existing:
        return Problem(path, line, "include", f'"{target}" does not exist')
    if path.split("/")[0] == "common" and path.split("/")[1] not in COMMON:
        return Problem(path, line, "include", "this folder is not in the table of includes")
    if not _may_include(path, target):
        return Problem(path, line, "include", f'"{target}" may not be included here')
    if path.startswith("services/execution/core/paper_venue/") and target.startswith("services/"):
        venue = r"services/execution/core/(paper_venue/.*|quote_board\.h|venue_report\.h)"
        if not re.fullmatch(venue, target):
            return Problem(path, line, "include", f'the paper venue is a broker: no "{target}"')
    return None


def _check_library(path, line, target):
    if is_pure(path) and target in IMPURE and (path, target) not in IMPURE_ALLOWED:
        return Problem(path, line, "include", f"<{target}> in a pure folder")
    is_vector = target in VECTOR and path.startswith("common/options/") and path.endswith(".cpp")
    if is_pure(path) and ("/" in target or target.endswith(".h")) and not is_vector:
        return Problem(path, line, "include", f"<{target}> in a pure folder")
    for pattern, folders, where in LIBRARIES:
        if not re.fullmatch(pattern, target):
            continue
        if not any(path.startswith(folder + "/") for folder in folders):
            return Problem(path, line, "include", f"<{target}> belongs to {sorted(folders)}")
        if "h" not in where and path.endswith(".h"):
            return Problem(path, line, "include", f"<{target}> in a header")
    return None


def check(tree):
    problems = []
    existing = set(tree.files)
    used = set()
    for path in tree.code("common", "services"):
        if path.count("/") < 2:
            problems.append(Problem(path, 1, "include", "code stands in a folder of its own"))
            continue
        for number, text in enumerate(tree.lines(path), 1):
            match = _INCLUDE.match(text)
            if not match:
                continue
            kind, target = match.groups()
            used.add(target)
            found = (_check_own(tree, path, number, target, existing) if kind == '"'
                     else _check_library(path, number, target))
            if found:
                problems.append(found)
    for library in ("zmq.hpp", "sqlite3.h", "spdlog/spdlog.h"):
        if library not in used:
            problems.append(Problem("tests/tidy/includes.py", 1, "include",
                                    f"nobody includes {library}: the table is out of date"))
    return problems
