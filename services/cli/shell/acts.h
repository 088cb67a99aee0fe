#pragma once

#include <string>
#include <vector>

namespace sauda::cli {

// Operator acts. halt and flatten are told to risk and to execution's own latch; both must answer.
int halt(const std::string& var, const std::string& environment, const std::string& reason);
int flatten(const std::string& var, const std::string& environment, const std::string& reason);
int resume(const std::string& var, const std::string& environment, const std::string& reason);
int bot_act(const std::string& var, const std::string& environment, const std::string& verb,
            const std::string& bot);
int set_parameter(const std::string& var, const std::string& environment, const std::string& bot,
                  const std::string& parameter, const std::string& value);
// pause, continue, speed of the feed's replay.
int feed_act(const std::string& var, const std::string& environment, const std::string& verb,
             int64_t speed_permille);
int skip_message(const std::string& var, const std::string& environment, const std::string& service,
                 const std::string& stream, const std::string& reason);

// Any question to any service; details are NAME=VALUE. Prints the JSON of the answer.
int ask_and_print(const std::string& var, const std::string& environment,
                  const std::string& service, const std::string& verb,
                  const std::vector<std::string>& details);

}  // namespace sauda::cli
