#pragma once

#include "common/base/expected.h"
#include "common/recording/source_description.h"

#include <string>
#include <vector>

namespace sauda::importer {

struct MergedInput {
    std::string path;
    recording::SourceDescription source;
    uint64_t messages = 0;
    uint64_t quotes = 0;
    bool has_contracts = false;  // options or futures
};

struct MergeResult {
    std::string output;
    recording::SourceDescription source;
    std::vector<MergedInput> inputs;
    uint64_t in_several = 0;  // contracts that more than one input quotes
    uint64_t bytes = 0;
};

// Puts recordings of one day together by the time their messages became known; at equal times in
// the order of `inputs`. Within a stream the order of each input stays; the numbers are new. What
// can be traded rules: its underlying, its interval (the longest, of several), its bid and ask.
// The output appears under its name only when it is complete.
// Invalid: fewer than two, damaged, of different days or origins, or the same one twice.
// Conflict: the output exists.
base::Expected<MergeResult> merge_recordings(const std::vector<std::string>& inputs,
                                             const std::string& output, bool replace);

std::string merge_text(const MergeResult& result);

}  // namespace sauda::importer
