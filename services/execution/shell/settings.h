#pragma once

#include "common/settings/settings.h"
#include "services/execution/core/config.h"

namespace sauda::execution {

// Reads [accounts.*], [execution] and [paper_venue]; defaults are those of config.h.
base::Expected<ExecutionConfig> read_settings(const settings::Settings& settings,
                                              const std::string& database_id,
                                              base::Duration window);

}  // namespace sauda::execution
