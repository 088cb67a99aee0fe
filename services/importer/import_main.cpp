// sauda-import FILE... --out DIR|FILE: other people's chain files become recordings.
#include "services/importer/shell/import_run.h"
#include "services/importer/shell/market_folder.h"
#include "services/importer/shell/progress.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <string>
#include <vector>

int main(int argc, char** argv) {
    using namespace sauda::importer;
    std::vector<std::string> files;
    std::string out = ".";
    std::string market;
    ImportOptions options;
    CLI::App app{"Imports recorded option chains (NSE full-chain CSV, plain, .gz or .zst)",
                 "sauda-import"};
    app.add_option("FILE", files, "files to import")->required();
    app.add_option("--out,-o", out, "folder, or a file ending in .mcap for a single input");
    app.add_option("--market", market, "folder with the exchange's dated rules");
    app.add_flag("--force", options.replace, "replace recordings that exist");
    CLI11_PARSE(app, argc, argv);

    if (files.size() > 1 && out.ends_with(".mcap")) {
        std::fprintf(stderr, "sauda-import: %s can hold only one file; name a folder\n",
                     out.c_str());
        return 2;
    }
    const auto rules = find_rules(market);
    if (!rules) {
        std::fprintf(stderr, "sauda-import: %s\n", rules.error().text.c_str());
        return 1;
    }
    options.show_progress = Progress::stderr_is_terminal();
    int failed = 0;
    for (const auto& file : files) {
        const auto result = import_chain(file, output_path(file, out), *rules, options);
        if (!result) {
            std::fprintf(stderr, "sauda-import: %s\n", result.error().text.c_str());
            failed = 1;
            continue;
        }
        std::fputs(summary_text(*result, *rules).c_str(), stdout);
    }
    return failed;
}
