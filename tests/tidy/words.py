"""Words that must not stand in the code, above all in the pure folders."""

import re

from includes import is_pure
from tree import Problem, bare

_LIBM = ("exp exp2 expm1 log log2 log10 log1p pow sin cos tan asin acos atan atan2 sinh cosh tanh "
         "asinh acosh atanh erf erfc lgamma tgamma cbrt hypot").split()
PURE = [
    (r"std::chrono|\b(steady|system|high_resolution)_clock\b|\bclock_gettime\b", "a clock"),
    (r"(?<![\w.>:])time\s*\(|std::time\b|\blocaltime|\bgmtime|\bgettimeofday\b", "a clock"),
    (r"\bgetenv\b", "the environment"),
    (r"std::(j?thread|mutex|atomic|async|future)\b|\bsleep_for\b|\busleep\b|\bpthread_", "a thread"),
    (r"\brandom_device\b|std::\w*_(engine|distribution)\b|std::mt19937|(?<![\w.>:])s?rand\s*\(",
     "randomness; base::Rng is the only source"),
    (r"std::(cout|cerr|clog|cin|ofstream|ifstream|fstream)\b|\bf?printf\b|\bfopen\b", "a file"),
    (r"\bstd::(%s)\b" % "|".join(_LIBM), "a transcendental function of libm"),
    (r"(?<![\w.>:])(%s)f?l?\s*\(" % "|".join(_LIBM), "a transcendental function of libm"),
    (r"\bdefault\s*:", "a default; a switch names every case"),
]
# Where the rule is broken on purpose.
PURE_ALLOWED = {("common/base/invariant.cpp", "a file")}
EVERYWHERE = [
    (r"\b(TO" r"DO|FIX" r"ME|HA" r"CK)\b", "unfinished work"),
]
_MACHINE = re.compile(r"(?<![\w.$}])/(home|root|Users|work|mnt|srv)/\w")
_UNORDERED = re.compile(r"unordered_(?:map|set|multimap|multiset)\s*<[^;{}()]*>\s+(\w+)\s*[;{=]")
_RANGE_FOR = re.compile(r"\bfor\s*\([^;()]*?:\s*(?:this->|\w+\.|\w+->)?(\w+)\s*\)")


def _pure_words(tree):
    problems = []
    for path in tree.code("common", "services"):
        if not is_pure(path):
            continue
        for number, text in enumerate(bare(tree.text(path)).split("\n"), 1):
            for pattern, what in PURE:
                if re.search(pattern, text) and (path, what) not in PURE_ALLOWED:
                    problems.append(Problem(path, number, "pure", f"{what}: {text.strip()}"))
    return problems


def _unordered_loops(tree):
    """Order of an unordered container must never reach an output: it is not walked at all."""
    problems = []
    code = {path: bare(tree.text(path)) for path in tree.code("common", "services")
            if is_pure(path)}
    folders = {}
    for path, text in code.items():
        names = folders.setdefault(path.rsplit("/", 1)[0], set())
        names.update(_UNORDERED.findall(text))
    for path, text in code.items():
        names = folders[path.rsplit("/", 1)[0]]
        for match in _RANGE_FOR.finditer(text):
            if match.group(1) in names:
                line = text.count("\n", 0, match.start()) + 1
                problems.append(Problem(path, line, "unordered",
                                        f"{match.group(1)} has no order to walk in"))
    return problems


def _everywhere(tree):
    problems = []
    for path in tree.texts():
        is_prose = path.startswith("docs/decisions/")
        for number, text in enumerate(tree.lines(path), 1):
            for pattern, what in EVERYWHERE:
                if not is_prose and re.search(pattern, text):
                    problems.append(Problem(path, number, "words", f"{what}: {text.strip()}"))
            if _MACHINE.search(text):
                problems.append(Problem(path, number, "machine", f"a path of one machine: "
                                                                 f"{text.strip()}"))
    return problems


def check(tree):
    return _pure_words(tree) + _unordered_loops(tree) + _everywhere(tree)
