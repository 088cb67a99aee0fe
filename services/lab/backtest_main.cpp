#include "services/cli/shell/session.h"
#include "services/lab/shell/backtest.h"

#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
    CLI::App app{
        "Runs the services' own cores over recordings, one day after the other on one account, "
        "and\n"
        "writes a folder with the report (HTML, JSON, CSV)."};
    sauda::lab::BacktestOptions options;
    options.config = sauda::cli::default_config();
    options.rules = sauda::cli::default_rules();
    app.add_option("FILES", options.data.files, "recordings (MCAP), any order");
    app.add_option("--recordings", options.data.folder, "folder of recordings, instead of FILES");
    app.add_option("--from", options.data.from, "first date, 2026-11-23");
    app.add_option("--to", options.data.to, "last date");
    app.add_option("--config", options.config, "configuration (TOML)")->capture_default_str();
    app.add_option("--rules", options.rules, "folder of the dated rules")->capture_default_str();
    app.add_option("--out", options.out, "folder of the run; default VAR/lab/backtest-NNNN");
    app.add_option("--var", options.var, "folder of the runs")
        ->envname("SAUDA_VAR")
        ->capture_default_str();
    app.add_option("--window-ms", options.window_ms, "W of the barrier")
        ->check(CLI::Range(1, 60'000));
    app.add_option("--trials", options.trials,
                   "configurations tried so far, this one included: deflates the Sharpe ratio")
        ->check(CLI::PositiveNumber);
    app.add_flag("--quiet", options.is_quiet, "no progress line");
    CLI11_PARSE(app, argc, argv);
    return sauda::lab::run_backtest(options);
}
