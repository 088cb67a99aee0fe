"""The files of the checkout, and C++ text without its comments and literals."""

import os
import re
from pathlib import Path

SKIPPED = {".git", "build", "var", "out", "node_modules", "__pycache__"}
CODE = {".cpp", ".h"}
TEXT = {".cpp", ".h", ".py", ".mjs", ".sh", ".md", ".txt", ".cmake", ".proto", ".toml", ".yml",
        ".csv", ".supp", ".json", ""}


class Problem:
    def __init__(self, path, line, rule, text):
        self.path, self.line, self.rule, self.text = path, line, rule, text

    def __str__(self):
        return f"{self.path}:{self.line}: {self.rule}: {self.text}"


class Tree:
    """Paths are relative to the root, with forward slashes, sorted."""

    def __init__(self, root):
        self.root = Path(root)
        self.files = []
        for folder, names, files in os.walk(self.root):
            names[:] = sorted(n for n in names if n not in SKIPPED)
            for name in sorted(files):
                self.files.append((Path(folder) / name).relative_to(self.root).as_posix())
        self._text = {}

    def text(self, path):
        if path not in self._text:
            self._text[path] = (self.root / path).read_text(encoding="utf-8")
        return self._text[path]

    def lines(self, path):
        return self.text(path).split("\n")

    def code(self, *roots):
        return [p for p in self.files if Path(p).suffix in CODE and p.split("/")[0] in roots]

    def texts(self):
        return [p for p in self.files if Path(p).suffix in TEXT]


_TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"([^()\\ ]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'",
    re.DOTALL)


def bare(text):
    """Comments and literals blanked, lines kept."""
    def blank(match):
        found = match.group(0)
        kept = "\n" * found.count("\n")
        return kept if found.startswith(("//", "/*")) else '""' + kept
    return _TOKEN.sub(blank, text)
