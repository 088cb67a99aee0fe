#pragma once

#include "services/importer/core/column_map.h"

#include <string>
#include <string_view>
#include <vector>

namespace sauda::importer {

// The formats that are known by their header (or, without one, by their first line).
const std::vector<ColumnMap>& known_formats();

struct DetectedFormat {
    ColumnMap map;
    Layout layout;
};

// first_line: without a byte order mark. Invalid: what the file looks like instead, what it lacks
// of the nearest format, and which formats there are.
base::Expected<DetectedFormat> detect_format(std::string_view first_line);
// The layout of a file by a map; `header` is its header line.
base::Expected<DetectedFormat> apply_map(const ColumnMap& map, std::string_view header);

// Text that is no table of characters at all: UTF-16, binary, compressed by something else. Empty:
// nothing speaks against it. Cuts the byte order mark of UTF-8 off.
std::string text_fault(std::string_view& first_line);

// The underlying a file's name speaks of ("BANKNIFTY_2024-01_05.csv.zst"); Unspecified: none, or
// several.
domain::Underlying underlying_in_name(std::string_view file_name);

}  // namespace sauda::importer
