#include "services/cli/shell/rules.h"

#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
    CLI::App app{"The exchanges' dated rules: what holds on a day, and what changes.",
                 "sauda rules"};
    app.require_subcommand(1);
    sauda::cli::RulesOptions options;
    int code = 0;
    auto* show = app.add_subcommand("show", "every rule of a day with its source");
    show->add_option("DATE", options.date, "2025-08-29; default today");
    show->add_option("UNDERLYING", options.underlying, "NIFTY ...; default all");
    show->callback([&] { code = sauda::cli::rules_show(options); });
    auto* diff = app.add_subcommand(
        "diff", "what changes from one day to another; exit code 1 if something needs a look");
    diff->add_option("--from", options.from, "a date; default today, or the last trading day");
    diff->add_option("--to", options.to, "a date; default the next trading day after it");
    diff->add_option("--underlying", options.underlying, "NIFTY ...; default all");
    diff->add_option("--against", options.against, "an older copy of the rules, for --from");
    diff->callback([&] { code = sauda::cli::rules_diff(options); });
    for (auto* command : {show, diff}) {
        command->add_option("--rules", options.rules, "folder of the rules; default deploy/market");
    }
    CLI11_PARSE(app, argc, argv);
    return code;
}
