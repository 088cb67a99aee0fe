#pragma once

#include "common/base/timestamp.h"

#include <cstdint>
#include <string>

namespace sauda::importer {

// Lakh and crore grouping: "2,33,762".
std::string grouped(uint64_t value);
// "09:24:16", or "09:24:16.250" where there are milliseconds.
std::string clock_text(base::Timestamp time);
// "2025-08-29 09:24:16"
std::string moment_text(base::Timestamp time);
// "65 s", "1.5 s", "18m52s"
std::string span_text(base::Duration span);
// "3.6 MB"
std::string bytes_text(uint64_t bytes);
// "Fri"
std::string weekday_text(base::Date date);

}  // namespace sauda::importer
