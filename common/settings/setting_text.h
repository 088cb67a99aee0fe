#pragma once

#include "common/base/timestamp.h"
#include "common/settings/toml_document.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// How values are written in a settings file, and how messages show them and their bounds.
namespace sauda::settings {

// value x 10^decimals, exact.
std::optional<int64_t> decimal_of(std::string_view text, int decimals);
// "3.5 %" is 35,000.
std::optional<int64_t> percent_of(std::string_view text);
// "15:05" or "15:05:30".
std::optional<base::Duration> time_of(std::string_view text);
// "250 ms", "1.5min"; units us, ms, s, min, h.
std::optional<base::Duration> duration_of(std::string_view text);

// "\"abc\"", "3.5", "a table".
std::string describe(const TomlValue& value);
// " from 1 to 10", " of at least 1", "" for no bounds; raw values with so many decimals.
std::string range_text(int64_t min, int64_t max, int decimals);
std::string range_text(double min, double max);
std::string duration_range_text(base::Duration min, base::Duration max);
// "\"a\", \"b\"".
std::string quoted_list(const std::vector<std::string>& words);

}  // namespace sauda::settings
