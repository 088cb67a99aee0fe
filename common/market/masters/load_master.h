#pragma once

#include "common/base/expected.h"
#include "common/market/masters/load_report.h"

#include <optional>
#include <string>

namespace sauda::masters {

struct LoadOptions {
    // The date the master's attributes hold from. nullopt: that of its rows (bhavcopy) or of the
    // archive's entries (ICICI), else one in the file's name, else when the file was last written.
    std::optional<domain::Date> as_of;
};

// Reads one instrument master, whatever its name: Angel One's JSON, Upstox's CSV, UDiFF bhavcopies,
// ICICI's zip or one of its texts; plain, .gz, .zst, or the only file of a .zip. Memory is a few
// hundred kilobytes and the contracts kept. NotFound; Invalid: another file, which says what was
// expected; Corrupt: damaged or cut short.
base::Expected<LoadedMaster> load_master(const std::string& path, const LoadOptions& options = {});

// "fo_20260815.csv", "masters-2026-08-15.zip": the first date a name holds.
std::optional<domain::Date> date_in_name(const std::string& name);

}  // namespace sauda::masters
