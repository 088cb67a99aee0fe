#pragma once

#include "common/base/expected.h"
#include "common/domain/market_rules.h"
#include "common/recording/source_description.h"
#include "services/importer/core/cadence.h"
#include "services/importer/core/table_importer.h"

#include <optional>
#include <string>
#include <vector>

namespace sauda::importer {

struct ImportOptions {
    bool replace = false;        // existing recordings
    bool show_progress = false;  // on stderr
    bool one_file = false;       // the output names a file: more than one recording is refused
    ImportScope scope{};
    domain::Underlying underlying = domain::Underlying::Unspecified;  // what a file is of
    std::optional<ColumnMap> map{};  // else the format is told by the header
};

// One underlying on one day: what can be replayed.
struct ImportedRecording {
    std::string path;
    recording::SourceDescription source;
    SessionReport report;  // without its stamps
    Cadence cadence;
    uint64_t bytes = 0;
};

struct ImportResult {
    std::string input;                // file name
    std::string output;               // the recording, or the folder of several
    std::string format;               // title
    std::vector<std::string> unread;  // columns
    ImportReport report;
    std::vector<ImportedRecording> recordings;  // by day and underlying
    double seconds = 0.0;
};

// Reads one table (plain, zstd, gzip) and writes a recording for each underlying and day in it:
// `output` (ending in .mcap) if it is one, else a folder of that name without the ending, with
// "NIFTY_2026-01-29.mcap" and so on inside. What appears under the final name is complete. Same
// input and rules, same bytes.
// Invalid: not such a file, or nothing in it could be taken. Conflict: the output exists.
base::Expected<ImportResult> import_table(const std::string& input, const std::string& output,
                                          const domain::MarketRules& rules,
                                          const ImportOptions& options);

// "FOLDER/NIFTY_20250829_fullchain_65s.mcap": `out` if it names a file, else the input's name
// without its endings in the folder `out`.
std::string output_path(const std::string& input, const std::string& out);

// The summary printed behind an import, with what is to be said about the data's quality.
std::string summary_text(const ImportResult& result, const domain::MarketRules& rules);

}  // namespace sauda::importer
