"""Holds the checkout against the rules of its own architecture. Usage: tidy.py ROOT"""

import sys
from pathlib import Path

import includes
import layout
import words
from tree import Tree

REQUIRED = ["CMakeLists.txt", "common/base", "common/domain", "services/feed/core", "proto/sauda/v1",
            "tests/unit", "docs", "deploy/market"]


def main(root):
    missing = [name for name in REQUIRED if not (Path(root) / name).exists()]
    if missing:
        print(f"{root} is not the checkout: {', '.join(missing)} missing")
        return 1
    tree = Tree(root)
    problems = includes.check(tree) + words.check(tree) + layout.check(tree)
    for problem in problems:
        print(problem)
    print(f"{len(tree.files)} files, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
