"""Sizes, spaces, lists of sources, pages."""

import re
from pathlib import PurePosixPath

from tree import Problem, bare

FILE_LINES = 500
TEST_FILE_LINES = 700
FUNCTION_LINES = 70
# A table written as a switch, so that a code without a row does not compile.
TABLES = {"common/wire/reason_table.cpp"}

_SCOPE = re.compile(r"^(?:export\s+)?(?:inline\s+)?(?:namespace|class|struct|union|enum|extern)\b"
                    r"|\b(?:class|struct|union|enum)\s+[\w:]+(?:\s+final)?(?:\s*:[^()]*)?$"
                    r"|^template\s*<[^()]*>\s*(?:class|struct)\b")
_NO_FUNCTION = re.compile(r"^(?:if|for|while|switch|else|do|try|catch|return|case)\b|=\s*$|\]\s*$")


def functions(text):
    """(first line, lines) of each function body, told by the braces; lambdas belong to theirs."""
    found, stack, since, line, begin = [], [], [], 1, 1
    for char in bare(text):
        if char == "\n":
            line += 1
        if char == "{":
            head = re.sub(r"^#.*$", "", "".join(since), flags=re.MULTILINE).strip()
            inside = all(kind == "scope" for kind, _ in stack)
            if inside and _SCOPE.search(head.split("(")[0].strip()):
                kind = "scope"
            elif inside and "(" in head and not _NO_FUNCTION.search(head):
                kind = "function"
            else:
                kind = "block"
            stack.append((kind, begin if kind == "function" else line))
            since = []
        elif char == "}":
            if stack:
                kind, first = stack.pop()
                if kind == "function":
                    found.append((first, line - first + 1))
            since = []
        elif char == ";":
            since = []
        else:
            if not since and not char.isspace():
                begin = line
            if since or not char.isspace():
                since.append(char)
    return found


def _sizes(tree):
    problems = []
    for path in tree.code("common", "services", "tests"):
        is_test = path.startswith("tests/")
        count = len(tree.lines(path))
        limit = TEST_FILE_LINES if is_test else FILE_LINES
        if count > limit:
            problems.append(Problem(path, count, "length", f"{count} lines, {limit} at most"))
        for first, lines in functions(tree.text(path)):
            if lines > FUNCTION_LINES and path not in TABLES:
                problems.append(Problem(path, first, "function",
                                        f"{lines} lines, {FUNCTION_LINES} at most"))
        if path.endswith(".h") and not tree.text(path).startswith("#pragma once"):
            problems.append(Problem(path, 1, "header", "does not begin with #pragma once"))
        if path.endswith(".h") and not is_test and re.search(r"^using namespace", tree.text(path),
                                                             re.MULTILINE):
            problems.append(Problem(path, 1, "header", "using namespace in a header"))
    return problems


def _spaces(tree):
    problems = []
    for path in tree.texts():
        for number, text in enumerate(tree.lines(path), 1):
            if text != text.rstrip():
                problems.append(Problem(path, number, "space", "spaces at the end of the line"))
            if "\t" in text and path.endswith((".cpp", ".h", ".py", ".md")):
                problems.append(Problem(path, number, "space", "a tab"))
        if tree.text(path) and not tree.text(path).endswith("\n"):
            problems.append(Problem(path, 1, "space", "no newline at the end"))
    return problems


def _sources(tree):
    """Every .cpp stands in a CMakeLists.txt, and every .cpp named there exists."""
    problems, listed = [], set()
    for path in tree.files:
        if PurePosixPath(path).name != "CMakeLists.txt":
            continue
        folder = PurePosixPath(path).parent
        text = re.sub(r"#.*", "", tree.text(path))
        for name in re.findall(r"[\w./${}-]+\.cpp", text):
            name = name.replace("${CMAKE_SOURCE_DIR}/", "//")
            name = name.replace("${CMAKE_CURRENT_SOURCE_DIR}/", "")
            if "$" in name:
                continue
            parts = []
            base = name[2:] if name.startswith("//") else f"{folder}/{name}"
            for part in base.split("/"):
                if part == ".." and parts:
                    parts.pop()
                elif part not in ("", "."):
                    parts.append(part)
            source = "/".join(parts)
            listed.add(source)
            if source not in tree.files:
                problems.append(Problem(path, 1, "sources", f"{name} does not exist"))
    for path in tree.code("common", "services", "tests"):
        if path.endswith(".cpp") and path not in listed:
            problems.append(Problem(path, 1, "sources", "in no CMakeLists.txt"))
    return problems


def _pages(tree):
    problems = []
    services = {path.split("/")[1] for path in tree.files
                if path.startswith("services/") and path.count("/") > 1}
    for service in sorted(services):
        if f"services/{service}/README.md" not in tree.files:
            problems.append(Problem(f"services/{service}", 1, "pages", "has no README.md"))
    for path in tree.files:
        if not path.endswith(".md"):
            continue
        text = re.sub(r"^(```|~~~).*?^\1", "", tree.text(path), flags=re.MULTILINE | re.DOTALL)
        titles = len(re.findall(r"^# ", text, flags=re.MULTILINE))
        if titles != 1:
            problems.append(Problem(path, 1, "pages", f"{titles} titles instead of one"))
    return problems


def check(tree):
    return _sizes(tree) + _spaces(tree) + _sources(tree) + _pages(tree)
