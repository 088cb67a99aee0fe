// sauda-generate --date D --seed S --out FILE: an invented session as a recording.
#include "services/importer/shell/generate_run.h"
#include "services/importer/shell/market_folder.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <string>

int main(int argc, char** argv) {
    using namespace sauda::importer;
    std::string date = "2026-11-23";
    std::string out;
    std::string market;
    GeneratorOptions options;
    bool replace = false;
    CLI::App app{"Generates an invented NIFTY session, the same for the same date and seed",
                 "sauda-generate"};
    app.add_option("--date", date, "trading day, YYYY-MM-DD")->capture_default_str();
    app.add_option("--seed", options.seed, "number the session grows from")->capture_default_str();
    app.add_option("--out,-o", out, "recording to write")->required();
    app.add_option("--market", market, "folder with the exchange's dated rules");
    app.add_flag("--quick", options.is_quick, "11 strikes every 15 s instead of 21 every 5 s");
    app.add_flag("--force", replace, "replace a recording that exists");
    CLI11_PARSE(app, argc, argv);

    const auto parsed = sauda::domain::parse_date(date);
    if (!parsed) {
        std::fprintf(stderr, "sauda-generate: '%s' is not a date like 2026-11-23\n", date.c_str());
        return 2;
    }
    options.date = *parsed;
    const auto rules = find_rules(market);
    if (!rules) {
        std::fprintf(stderr, "sauda-generate: %s\n", rules.error().text.c_str());
        return 1;
    }
    const auto result = generate_recording(*rules, options, out, replace);
    if (!result) {
        std::fprintf(stderr, "sauda-generate: %s\n", result.error().text.c_str());
        return 1;
    }
    std::fputs(summary_text(*result).c_str(), stdout);
    return 0;
}
