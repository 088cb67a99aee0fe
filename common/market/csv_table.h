#pragma once

#include "common/base/expected.h"

#include <string>
#include <string_view>
#include <vector>

namespace sauda::market {

struct CsvRow {
    int line = 0;  // in the file, from 1
    std::vector<std::string> cells;
};

// A small hand-kept CSV file: comment lines begin with '#', the first other line names the columns.
// Cells are trimmed; a cell with a comma stands in double quotes ("" is a quote).
struct CsvTable {
    std::string file;  // name for messages
    std::vector<std::string> columns;
    std::vector<CsvRow> rows;
};

// Errors name file and line: other columns than expected, a row of another width, an open quote.
base::Expected<CsvTable> parse_csv(std::string_view text, std::string file,
                                   const std::vector<std::string>& columns);

// One cell for messages: "lots.csv line 7, column lot".
std::string cell_place(const CsvTable& table, const CsvRow& row, std::size_t column);

}  // namespace sauda::market
