#pragma once

#include "common/base/expected.h"
#include "common/service/program.h"
#include "services/lab/core/lab_run.h"

#include <string>

namespace sauda::lab {

struct LabOptions {
    std::string recording;
    std::string config;
    std::string rules;
    std::string out;  // folder of the run
    int64_t window_ms = 10;
};

// Loads what a replay of the recording would load; the run identity is the same.
base::Expected<service::Ingredients> load_lab_ingredients(const LabOptions& options);

// Builds the five cores exactly as the services do.
base::Expected<std::unique_ptr<LabRun>> make_lab_run(const service::Ingredients& ingredients);

// Runs it, writes the report, prints the summary. Exit code 0 only when the books balance.
int run_lab(const LabOptions& options);

}  // namespace sauda::lab
