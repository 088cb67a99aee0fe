#pragma once

#include "common/recording/source_description.h"

#include <string>

namespace sauda::importer {

// What an import found out about the data of a recording, in words: one line a finding, each
// beginning with `indent`. Empty where nothing of the kind is stored.
std::string quality_text(const recording::SourceDescription& source, const std::string& indent);
bool is_quality(const std::string& key);

}  // namespace sauda::importer
