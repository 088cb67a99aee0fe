#pragma once

#include <string>

namespace sauda::cli {

// Service, state, pid, uptime, restarts, heartbeat age, lag, epoch and last sequences; and bots.
int status(const std::string& var, const std::string& environment, bool is_json);
// Follows or prints the logs of one service, or of all.
int logs(const std::string& var, const std::string& environment, const std::string& service,
         bool is_following, int lines);

}  // namespace sauda::cli
