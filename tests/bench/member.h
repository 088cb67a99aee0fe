#pragma once

#include "common/domain/streams.h"

#include <string>

namespace sauda::bench {

// Runs one service of an environment in this process until SIGTERM, or, the feed, until the
// recording has been played; then writes its stamps to <var>/<name>/<service>.stamps. Exit code.
int run_member(domain::Service self, const std::string& var, const std::string& name,
               const std::string& recording, int64_t speed_permille);

}  // namespace sauda::bench
