#pragma once

#include "common/base/expected.h"
#include "common/recording/source_description.h"
#include "services/importer/core/session_generator.h"

#include <string>

namespace sauda::importer {

struct GenerateResult {
    GeneratedSession session;
    recording::SourceDescription source;
    std::string output;
    uint64_t output_bytes = 0;
};

// Writes an invented session as a recording of simulated origin. Same rules, date, seed: the same
// bytes. Conflict: the output exists and `replace` is false.
base::Expected<GenerateResult> generate_recording(const domain::MarketRules& rules,
                                                  const GeneratorOptions& options,
                                                  const std::string& output, bool replace);
std::string summary_text(const GenerateResult& result);

}  // namespace sauda::importer
