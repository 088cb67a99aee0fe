#include "services/cli/shell/chain_view.h"

#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
    CLI::App app{"The option chain of a recording as it was known at one moment.", "sauda chain"};
    sauda::cli::ChainOptions options;
    auto& request = options.request;
    app.add_option("--recording,FILE", request.recording, "recording (MCAP)")->required();
    app.add_option("--at", request.at, "time of its day, 11:00 or 11:00:30; default its end");
    app.add_option("--expiry", request.expiry, "nearest, a date like 2025-09-02, or all")
        ->capture_default_str();
    app.add_option("--strikes", options.strikes, "strikes on either side of the money; 0: all")
        ->check(CLI::Range(0, 1'000))
        ->capture_default_str();
    app.add_option("--underlying", request.underlying,
                   "NIFTY, BANKNIFTY ...; default what the recording is mainly about");
    app.add_option("--rate", request.rate_percent, "interest a year in per cent")
        ->check(CLI::Range(-5.0, 50.0))
        ->capture_default_str();
    app.add_option("--rules", request.rules, "folder of the dated rules");
    app.add_flag("--json", options.is_json, "every figure, for programs");
    CLI11_PARSE(app, argc, argv);
    return sauda::cli::show_chain(options);
}
