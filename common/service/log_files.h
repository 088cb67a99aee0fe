#pragma once

#include "common/service/log.h"

#include <memory>
#include <string>

namespace sauda::service {

// Logs of one service: <directory>/<service>.log with everything, <service>-<topic>.log per topic,
// rotated daily; a copy on standard output (what `docker-compose logs` shows). SAUDA_LOG_JSON=1
// writes one JSON object a line. Thread safe.
std::unique_ptr<Log> open_log(const std::string& service, const std::string& directory,
                              bool is_on_console);

}  // namespace sauda::service
