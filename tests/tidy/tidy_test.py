"""Each rule finds its own violation, and only that."""

import sys
import tempfile
import unittest
from pathlib import Path

import includes
import layout
import words
from tree import Tree, bare

USED = ('#include <zmq.hpp>\n', '#include <sqlite3.h>\n', '#include <spdlog/spdlog.h>\n')


class Rules(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name)
        self.write("common/bus/a.cpp", USED[0])
        self.write("common/store/a.cpp", USED[1])
        self.write("common/service/a.cpp", USED[2])
        self.write("common/CMakeLists.txt", "x(bus/a.cpp store/a.cpp service/a.cpp)\n")
        self.write("common/domain/order.h", "#pragma once\n")
        self.write("services/risk/README.md", "# Risk\n")

    def tearDown(self):
        self.folder.cleanup()

    def write(self, path, text):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def found(self, path=None, text=None):
        if path is not None:
            self.write(path, text)
        tree = Tree(self.root)
        problems = includes.check(tree) + words.check(tree) + layout.check(tree)
        return [str(problem) for problem in problems]

    def assert_found(self, part, path, text):
        found = self.found(path, text)
        self.assertTrue(any(part in line for line in found), f"{part!r} not in {found}")

    def assert_clean(self, path, text):
        self.assertEqual([], self.found(path, text))

    def test_a_clean_tree_has_no_problem(self):
        self.assertEqual([], self.found())

    def test_folders_include_only_what_the_table_allows(self):
        risk = "services/risk/core/a.h"
        self.assert_clean(risk, '#pragma once\n#include "common/domain/order.h"\n')
        self.write("common/bus/b.h", "#pragma once\n")
        self.assert_found("may not be included", risk, '#pragma once\n#include "common/bus/b.h"\n')
        self.assert_found("may not be included", "common/domain/b.h",
                          '#pragma once\n#include "common/bus/b.h"\n')
        self.assert_found("does not exist", risk, '#pragma once\n#include "common/domain/x.h"\n')
        self.assert_found("not a path from the root", risk, '#pragma once\n#include "order.h"\n')

    def test_services_do_not_include_each_other(self):
        self.write("services/feed/README.md", "# Feed\n")
        self.write("services/feed/core/a.h", "#pragma once\n")
        text = '#pragma once\n#include "services/feed/core/a.h"\n'
        self.assert_found("may not be included", "services/risk/core/a.h", text)
        self.assert_found("may not be included", "services/risk/shell/a.h", text)
        self.write("services/risk/shell/a.h", "#pragma once\n")
        self.assert_found("may not be included", "common/domain/order.h", text)

    def test_a_core_does_not_include_its_shell(self):
        self.write("services/risk/shell/a.h", "#pragma once\n")
        self.assert_found("may not be included", "services/risk/core/a.h",
                          '#pragma once\n#include "services/risk/shell/a.h"\n')

    def test_the_paper_venue_knows_no_group(self):
        self.write("services/execution/README.md", "# Execution\n")
        self.write("services/execution/core/group.h", "#pragma once\n")
        self.assert_found("the paper venue", "services/execution/core/paper_venue/a.h",
                          '#pragma once\n#include "services/execution/core/group.h"\n')

    def test_libraries_stay_where_they_belong(self):
        for header in ("zmq.hpp", "sqlite3.h", "spdlog/spdlog.h", "toml++/toml.h",
                       "nlohmann/json.hpp", "CLI/CLI.hpp"):
            self.assert_found("belongs to", "services/risk/shell/a.h",
                              f"#pragma once\n#include <{header}>\n")
        (self.root / "services/risk/shell/a.h").unlink()
        self.assert_found("in a header", "common/service/b.h",
                          "#pragma once\n#include <nlohmann/json.hpp>\n")

    def test_pure_folders_include_nothing_impure(self):
        for header in ("chrono", "thread", "fstream", "random", "cstdlib", "unistd.h", "fmt/core.h"):
            self.assert_found("in a pure folder", "services/risk/core/a.h",
                              f"#pragma once\n#include <{header}>\n")

    def test_the_table_notices_that_a_library_is_gone(self):
        self.assert_found("out of date", "common/bus/a.cpp", "\n")

    def test_pure_folders_say_nothing_impure(self):
        for code in ("auto t = std::chrono::seconds(1);", "auto t = time(nullptr);",
                     'auto h = getenv("HOME");', "std::thread t;", "sleep_for(x);",
                     "std::random_device d;", "auto n = rand();", "auto x = std::exp(1.0);",
                     "auto x = pow(2.0, 3.0);", "auto x = erf(1.0);", "std::cout << 1;",
                     "switch (x) { default: return; }"):
            self.assert_found(": pure:", "services/risk/core/a.h", f"#pragma once\n{code}\n")

    def test_pure_words_in_comments_and_names_are_no_matter(self):
        self.assert_clean("services/risk/core/a.h",
                          "#pragma once\n// std::exp is not used, nor time(0)\n"
                          'auto a = "std::chrono"; auto b = meta.time(); auto c = spot_time(1);\n'
                          "auto d = sqrt(2.0) + ours::exp(1.0); auto e = 1'000'000;\n")

    def test_unordered_containers_are_not_walked(self):
        self.write("services/risk/core/a.h",
                   "#pragma once\nstruct A { std::unordered_map<int, int> slots_; };\n")
        self.write("services/risk/core/CMakeLists.txt", "x(a.cpp)\n")
        self.assert_found("no order to walk in", "services/risk/core/a.cpp",
                          "void f(A& a) {\n    for (auto& [k, v] : a.slots_) {\n    }\n}\n")
        self.assert_clean("services/risk/core/a.cpp",
                          "void f(A& a) {\n    for (auto& v : a.values) {\n    }\n}\n")

    def test_unfinished_work_and_paths_of_one_machine(self):
        self.assert_found("unfinished work", "docs/a.md", "# A\n\nTO" "DO: write\n")
        self.assert_found("path of one machine", "docs/a.md", "# A\n\nsee /ho" "me/me/x\n")
        self.assert_clean("docs/a.md", "# A\n\nsee services/ho" "me/x and ${x}/wo" "rk/y\n")

    def test_lengths(self):
        self.write("services/risk/core/CMakeLists.txt", "x(a.cpp)\n")
        self.assert_found("501 lines", "services/risk/core/a.cpp", "\n" * 500)
        body = "    x();\n" * 69
        self.assert_found("function: 71 lines", "services/risk/core/a.cpp",
                          "namespace a {\nvoid f(int x) {\n" + body + "}\n}\n")
        self.assert_clean("services/risk/core/a.cpp",
                          "namespace a {\nvoid f(int x) {\n" + body[:-9] + "}\n}\n")

    def test_functions_are_told_from_other_braces(self):
        text = ("namespace a {\nstruct B : C {\n    B(int x) : x_{x} {}\n    int f() const {\n"
                "        if (x) {\n            return 1;\n        }\n        return 2;\n    }\n};\n"
                "enum class E { A, B };\nconst int kTable[] = {\n    1,\n    2,\n};\n"
                "template <class T>\nT g(T t) {\n    return t;\n}\n}\n")
        self.assertEqual([(3, 1), (4, 6), (16, 4)], layout.functions(text))

    def test_spaces(self):
        self.assert_found("end of the line", "docs/a.md", "# A \n")
        self.assert_found("a tab", "docs/a.md", "# A\n\tb\n")
        self.assert_found("no newline", "docs/a.md", "# A")

    def test_every_source_is_listed_and_every_listed_source_exists(self):
        self.assert_found("in no CMakeLists.txt", "services/risk/core/a.cpp", "\n")
        self.assert_found("b.cpp does not exist", "services/risk/CMakeLists.txt",
                          "x(core/a.cpp core/b.cpp)\n")
        self.assert_clean("services/risk/CMakeLists.txt", "x(core/../core/a.cpp)  # b.cpp\n")

    def test_pages(self):
        self.assert_found("has no README.md", "services/lab/core/a.h", "#pragma once\n")
        self.assert_found("2 titles", "docs/a.md", "# A\n\n# B\n")
        self.assert_clean_pages()

    def assert_clean_pages(self):
        self.write("services/lab/README.md", "# Lab\n")
        self.assert_clean("docs/a.md", "# A\n\n```\n# a comment\n```\n")

    def test_headers(self):
        self.assert_found("#pragma once", "common/domain/a.h", "struct A {};\n")
        self.assert_found("using namespace", "common/domain/a.h",
                          "#pragma once\nusing namespace std;\n")


class Text(unittest.TestCase):
    def test_comments_and_literals_are_blanked_and_lines_kept(self):
        text = 'a(); // b()\nauto s = "c() // d";\n/* e\nf */ g(1\'000, \'{\');\n'
        self.assertEqual('a(); \nauto s = "";\n\n g(1\'000, "");\n', bare(text))


if __name__ == "__main__":
    sys.exit(unittest.main())
