// sauda-instruments: what is listed, at which lot, under which tokens.
#include "services/instruments/shell/changes.h"
#include "services/instruments/shell/find.h"
#include "services/instruments/shell/load.h"
#include "services/instruments/shell/store.h"

#include <CLI/CLI.hpp>

#include <cstdio>

int main(int argc, char** argv) {
    using namespace sauda;
    CLI::App app{"Instrument masters of brokers and exchanges.", "sauda instruments"};
    app.require_subcommand(1);
    std::string var = "var";
    std::string rules;
    std::string date;
    std::vector<std::string> words;
    std::size_t limit = 5;
    app.add_option("--var", var, "folder of the environments")->envname("SAUDA_VAR");
    app.add_option("--rules", rules, "folder of the dated rules");
    app.fallthrough();
    auto* load = app.add_subcommand("load", "read masters and keep what they list");
    load->add_option("FILE", words, "Angel One, Upstox, UDiFF or ICICI files")->required();
    load->add_option("--as-of", date, "their date, where they do not say it");
    auto* find = app.add_subcommand("find", "nifty 25000 ce; sensex fut; bank nifty 52k put");
    find->add_option("WORDS", words, "in any order")->required();
    find->add_option("--limit", limit, "how many")->capture_default_str();
    find->add_option("--today", date, "ask as of another day");
    auto* diff = app.add_subcommand("diff", "what changed between two masters");
    diff->add_option("MASTER", words, "two files, or names that `list` shows")->expected(2);
    diff->add_option("--as-of", date, "their date, where they do not say it");
    auto* check = app.add_subcommand("check", "the loaded masters against the dated rules");
    check->add_option("--today", date, "ask as of another day");
    app.add_subcommand("list", "which masters are loaded");
    CLI11_PARSE(app, argc, argv);

    const auto given = domain::parse_date(date);
    if (!date.empty() && !given) {
        std::fprintf(stderr, "sauda instruments: \"%s\" is no date such as 2026-08-15\n",
                     date.c_str());
        return 2;
    }
    const auto today = given.value_or(instruments::today());
    const auto folder = instruments::folder_of(var);
    const auto text = CLI::detail::join(words, " ");
    const auto answer = *load    ? instruments::load({words, given, folder, rules})
                        : *find  ? instruments::find({text, today, limit, folder, rules})
                        : *diff  ? instruments::diff({words[0], words[1], given, folder})
                        : *check ? instruments::check({folder, rules, today})
                                 : instruments::list(folder);
    std::fputs(answer.text.c_str(), stdout);
    std::fputs(answer.error.c_str(), stderr);
    return answer.code;
}
