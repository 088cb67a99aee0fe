#pragma once

#include "common/base/expected.h"
#include "common/bus/control.h"
#include "common/domain/alert.h"
#include "common/service/inbox.h"
#include "common/service/log.h"

#include <optional>
#include <string>

namespace sauda::service {

std::string error_json(const std::string& text);
std::string status_json(const bus::Heartbeat& heartbeat, const Inbox& inbox,
                        const std::string& diverged);
// nullopt: the verb is no operator act. halt, resume, flatten, start, stop, set.
std::optional<base::Expected<domain::OperatorCommand>> parse_operator_command(
    const bus::Command& command);
// The owner leaves out one unreadable message: {stream, reason}.
bus::CommandReply skip_stream(Inbox& inbox, Log& log, const bus::Command& command);
std::string argument(const bus::Command& command, const std::string& name);

}  // namespace sauda::service
