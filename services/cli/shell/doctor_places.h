#pragma once

#include "common/service/environment.h"
#include "services/cli/core/doctor_checks.h"
#include "services/strategy/core/config.h"

#include <string>

// Where the doctor looks. Each reads only.
namespace sauda::cli {

// doctor_settings.cpp: the configuration as every program reads it, and the dated rules.
Findings look_at_settings(const std::string& config);
Findings look_at_rules(const std::string& config, const std::string& rules, domain::Date today);
base::Expected<strategy::StrategyConfig> bots_of(const std::string& config);

// doctor_keys.cpp: every key of [accounts.*], [risk], [execution] and [paper_venue] with the value
// in force.
base::Expected<std::string> keys_text(const std::string& config);

// doctor_environment.cpp: what an environment is made of.
Findings look_at_hash(const service::Environment& environment);
Findings look_at_databases(const service::Environment& environment);
Findings look_at_sockets(const service::Environment& environment);
Findings look_at_services(const service::Environment& environment);

// doctor_system.cpp: the machine. An empty directory: no environment yet.
Findings look_at_clock(const std::string& directory);
Findings look_at_disk(const std::string& var);
Findings look_at_limits();
Findings look_at_programs();
domain::Timestamp system_time();

}  // namespace sauda::cli
