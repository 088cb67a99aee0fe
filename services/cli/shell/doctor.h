#pragma once

#include "services/cli/core/finding.h"

#include <string>

namespace sauda::cli {

struct DoctorOptions {
    std::string var = "var";
    std::string environment = "paper";
    bool is_environment_named = false;  // by --env or SAUDA_ENV
    std::string config;                 // empty: the environment's, else deploy/config/paper.toml
    bool parameters = false;            // list bots and parameters instead
};

// Looks at everything a session needs and prints it. Changes nothing. Exit codes: 0 no problem,
// 1 something must be done first.
int doctor(const DoctorOptions& options);

// One line each: what is well, then warnings, then problems, these two with what to do.
std::string findings_text(const Findings& findings);

}  // namespace sauda::cli
