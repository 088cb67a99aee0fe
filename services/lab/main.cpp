#include "services/cli/shell/session.h"
#include "services/lab/shell/lab_session.h"

#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
    CLI::App app{"The services' own cores in one process: the same result as `sauda replay`."};
    sauda::lab::LabOptions options;
    options.config = sauda::cli::default_config();
    options.rules = sauda::cli::default_rules();
    options.out = "var/lab";
    app.add_option("FILE", options.recording, "recording (MCAP)")->required();
    app.add_option("--config", options.config, "configuration (TOML)")->capture_default_str();
    app.add_option("--rules", options.rules, "folder of the dated rules")->capture_default_str();
    app.add_option("--out", options.out, "folder of the report")->capture_default_str();
    app.add_option("--window-ms", options.window_ms, "W of the barrier")
        ->check(CLI::Range(1, 60'000));
    CLI11_PARSE(app, argc, argv);
    return sauda::lab::run_lab(options);
}
