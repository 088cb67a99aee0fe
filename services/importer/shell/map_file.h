#pragma once

#include "common/base/expected.h"
#include "services/importer/core/column_map.h"

#include <string>
#include <string_view>

namespace sauda::importer {

// A column map as its owner writes it (docs/how-to-import.md has examples). What changes the
// meaning of a figure must be declared: the zone of the stamps, what volume and open interest
// count, which end of a bar its stamp is. Invalid with "file:line: key: what is wrong".
base::Expected<ColumnMap> parse_map(std::string_view text, const std::string& name);
base::Expected<ColumnMap> load_map(const std::string& path);

}  // namespace sauda::importer
