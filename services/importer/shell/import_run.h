#pragma once

#include "common/base/expected.h"
#include "common/domain/market_rules.h"
#include "common/recording/source_description.h"
#include "services/importer/core/chain_importer.h"

#include <string>

namespace sauda::importer {

struct ImportOptions {
    bool replace = false;        // an existing recording
    bool show_progress = false;  // on stderr
};

struct ImportResult {
    std::string input;
    std::string output;
    ImportReport report;
    recording::SourceDescription source;
    Cadence cadence;
    uint64_t output_bytes = 0;
    double seconds = 0.0;
};

// Reads one NSE full-chain CSV (plain, zstd, gzip) and writes one recording. The output appears
// under its name only when it is complete. Same input and rules, same bytes.
// Invalid: not such a file, or nothing in it could be taken. Conflict: the output exists.
base::Expected<ImportResult> import_chain(const std::string& input, const std::string& output,
                                          const domain::MarketRules& rules,
                                          const ImportOptions& options);

// "FOLDER/NIFTY_20250829_fullchain_65s.mcap": `out` if it names a file, else the input's name
// without its endings in the folder `out`.
std::string output_path(const std::string& input, const std::string& out);

// The summary printed behind an import.
std::string summary_text(const ImportResult& result, const domain::MarketRules& rules);

}  // namespace sauda::importer
