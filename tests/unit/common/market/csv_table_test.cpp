#include "common/market/csv_table.h"

#include <catch2/catch.hpp>

using sauda::market::parse_csv;

namespace {
const std::vector<std::string> kColumns{"a", "b"};

std::string error_of(std::string_view text) {
    const auto table = parse_csv(text, "x.csv", kColumns);
    return table ? "no error" : table.error().text;
}
}  // namespace

TEST_CASE("comments and blank lines are skipped and lines keep their numbers") {
    const auto table = parse_csv("# note\n\na,b\n1, 2 \r\n# more\n3,4", "x.csv", kColumns);
    REQUIRE(table);
    REQUIRE(table->rows.size() == 2);
    CHECK(table->rows[0].line == 4);
    CHECK(table->rows[0].cells == std::vector<std::string>{"1", "2"});
    CHECK(table->rows[1].line == 6);
    CHECK(cell_place(*table, table->rows[1], 1) == "x.csv line 6, column b");
}

TEST_CASE("quotes protect commas and double quotes stand for one") {
    const auto table = parse_csv("a,b\n\"1,5\",\"say \"\"x\"\"\"\n", "x.csv", kColumns);
    REQUIRE(table);
    CHECK(table->rows[0].cells == std::vector<std::string>{"1,5", "say \"x\""});
}

TEST_CASE("an empty last cell is a cell") {
    const auto table = parse_csv("a,b\n1,\n", "x.csv", kColumns);
    REQUIRE(table);
    CHECK(table->rows[0].cells == std::vector<std::string>{"1", ""});
}

TEST_CASE("what is not a table of these columns is told by file and line") {
    CHECK(error_of("a,c\n1,2\n") == "x.csv line 1: the columns are \"a,c\"; expected \"a,b\"");
    CHECK(error_of("a,b\n1,2,3\n") == "x.csv line 2: 3 cells; expected 2 (a,b)");
    CHECK(error_of("a,b\n\n1\n") == "x.csv line 3: 1 cells; expected 2 (a,b)");
    CHECK(error_of("a,b\n\"1,2\n") == "x.csv line 2: a quote is not closed");
    CHECK(error_of("a,b\n\"1\"x,2\n") == "x.csv line 2: a quote is not closed");
    CHECK(error_of("# nothing\n") == "x.csv: no line names the columns");
}
