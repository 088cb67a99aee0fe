#include "services/cli/shell/doctor.h"

#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
    CLI::App app{"Is everything there that a session needs? Looks, changes nothing.",
                 "sauda doctor"};
    sauda::cli::DoctorOptions options;
    const auto* named = app.add_option("--env", options.environment, "environment")
                            ->envname("SAUDA_ENV")
                            ->capture_default_str();
    app.add_option("--var", options.var, "folder of the environments")
        ->envname("SAUDA_VAR")
        ->capture_default_str();
    app.add_option("--config", options.config, "configuration (TOML); default the environment's");
    app.add_flag("--parameters", options.parameters,
                 "list every bot and parameter, defaults included");
    CLI11_PARSE(app, argc, argv);
    options.is_environment_named = named->count() > 0;
    return sauda::cli::doctor(options);
}
