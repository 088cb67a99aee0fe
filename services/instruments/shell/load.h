#pragma once

#include "common/market/masters/load_report.h"
#include "services/instruments/shell/text.h"

#include <optional>

namespace sauda::instruments {

struct LoadRequest {
    std::vector<std::string> files;
    std::optional<base::Date> as_of;  // for files that do not say their date
    std::string folder;               // where they are kept
    std::string rules;                // folder of the dated rules; empty: looked for
};
// Reads each file, keeps its contracts, and tells what it found: what was left out and why, what is
// broken, what changed since the broker's last master, what the dated rules say otherwise. Code 1
// if a file could not be kept.
Answer load(const LoadRequest& request);

// What one file held, as told by `load`.
std::string report_text(const masters::LoadedMaster& loaded);

}  // namespace sauda::instruments
