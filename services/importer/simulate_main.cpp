// sauda-simulate --date D --seed S --out FILE: a day of the simulated exchange as a recording.
#include "services/importer/shell/market_folder.h"
#include "services/importer/shell/simulate_options.h"
#include "services/importer/shell/simulate_run.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <string>

int main(int argc, char** argv) {
    using namespace sauda::importer;
    SimulateWords words;
    std::string out;
    std::string market;
    bool replace = false;
    int days = 0;
    CLI::App app{
        "Simulates a day of the exchange: NIFTY, BANKNIFTY and India VIX, every listed "
        "expiry. The same options give the same bytes.",
        "sauda-simulate"};
    app.add_option("--date", words.date, "trading day, YYYY-MM-DD")->capture_default_str();
    app.add_option("--seed", words.seed, "number the day grows from")->capture_default_str();
    app.add_option("--out,-o", out, "recording to write")->required();
    app.add_option("--underlying", words.underlyings, "NIFTY, BANKNIFTY; both if not given");
    app.add_option("--day", words.day, "mixed, quiet, trend, range or volatile");
    app.add_option("--volatility", words.volatility, "long-term implied volatility, a year")
        ->capture_default_str();
    app.add_option("--open", words.open, "NIFTY before the opening gap; 0: about 24,500");
    app.add_option("--updates", words.updates, "a second, of a liquid contract")
        ->capture_default_str();
    app.add_option("--snapshot", words.snapshot_seconds,
                   "every contract each so many seconds, as pollers record");
    app.add_option("--strikes", words.strikes, "on each side of the nearest expiry alone");
    app.add_option("--fault", words.faults,
                   "silence@11:30+60s, repeat@..+30s, late@..+30s, crossed@11:30x20, freak@..x3");
    app.add_flag("--quick", words.is_quick, "NIFTY's 11 nearest strikes every 15 s");
    app.add_option("--after", words.after, "a simulated recording: start where it closed");
    app.add_option("--days", days, "so many trading days into the folder --out")
        ->check(CLI::Range(1, 1000));
    app.add_option("--market", market, "folder with the exchange's dated rules");
    app.add_flag("--force", replace, "replace a recording that exists");
    CLI11_PARSE(app, argc, argv);

    const auto fail = [](const std::string& text, int code) {
        std::fprintf(stderr, "sauda-simulate: %s\n", text.c_str());
        return code;
    };
    const auto options = options_of(words);
    if (!options) {
        return fail(options.error().text, 2);
    }
    const auto rules = find_rules(market);
    if (!rules) {
        return fail(rules.error().text, 1);
    }
    if (days > 0) {
        const auto show = [](const SimulateResult& result) {
            std::fputs(summary_text(result).c_str(), stdout);
            std::fflush(stdout);
        };
        const auto results = simulate_days(*rules, *options, days, out, replace, show);
        return results ? 0 : fail(results.error().text, 1);
    }
    const auto result = simulate_recording(*rules, *options, out, replace, {});
    if (!result) {
        return fail(result.error().text, 1);
    }
    std::fputs(summary_text(*result).c_str(), stdout);
    return 0;
}
