#include "services/cli/shell/payoff_view.h"

#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
    CLI::App app{
        "What a group of legs wins and loses, at settlement and now, with the prices of a "
        "recording.\nExample: sauda payoff --recording F --at 11:00 sell 1 24550 CE sell 1 24550 "
        "PE",
        "sauda payoff"};
    sauda::cli::PayoffOptions options;
    auto& request = options.request;
    app.add_option("--recording", request.recording, "recording (MCAP)")->required();
    app.add_option("--at", request.at, "time of its day, 11:00 or 11:00:30; default its end");
    app.add_option("--expiry", request.expiry, "nearest, or a date like 2025-09-02")
        ->capture_default_str();
    app.add_option("--underlying", request.underlying,
                   "NIFTY, BANKNIFTY ...; default what the recording is mainly about");
    app.add_option("--rate", request.rate_percent, "interest a year in per cent")
        ->check(CLI::Range(-5.0, 50.0))
        ->capture_default_str();
    app.add_option("--rules", request.rules, "folder of the dated rules");
    app.add_flag("--json", options.is_json, "every figure, for programs");
    app.add_option("LEGS", options.words,
                   "SIDE LOTS STRIKE CE|PE [@PRICE] or SIDE LOTS FUT, again and again")
        ->required();
    CLI11_PARSE(app, argc, argv);
    return sauda::cli::show_payoff(options);
}
