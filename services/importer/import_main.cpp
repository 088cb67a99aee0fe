// sauda-import FILE... --out DIR|FILE: other people's tables become recordings.
#include "services/importer/shell/import_command.h"

#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
    using namespace sauda::importer;
    ImportCommand command;
    CLI::App app{
        "Imports recorded chains, bars and ticks (CSV, plain, .gz or .zst); the format is "
        "told by the header, or by a column map",
        "sauda-import"};
    app.add_option("FILE", command.files, "files to import")->required();
    app.add_option("--out,-o", command.out, "folder, or a file ending in .mcap for a single input")
        ->capture_default_str();
    app.add_option("--map", command.map, "column map (TOML) for a format not known here");
    app.add_option("--underlying", command.underlying,
                   "what the file is of, where it does not say, or says it wrong");
    app.add_option("--only", command.only, "take this underlying alone");
    app.add_option("--from", command.from, "first day to take, 2026-01-29");
    app.add_option("--to", command.to, "last day to take");
    app.add_flag("--all-hours", command.all_hours,
                 "take what lies outside of the session, and days without one");
    app.add_option("--market", command.market, "folder with the exchange's dated rules");
    app.add_flag("--force", command.replace, "replace recordings that exist");
    CLI11_PARSE(app, argc, argv);
    return run_import(command);
}
