#include "services/importer/shell/import_command.h"

#include "services/importer/shell/import_run.h"
#include "services/importer/shell/map_file.h"
#include "services/importer/shell/market_folder.h"
#include "services/importer/shell/progress.h"

#include <cstdio>

namespace sauda::importer {

using base::ErrorKind;
using base::Expected;
using base::fail;

namespace {

int complain(const std::string& text, int code) {
    std::fprintf(stderr, "sauda-import: %s\n", text.c_str());
    return code;
}

Expected<domain::Underlying> underlying_word(const char* option, const std::string& word) {
    if (word.empty()) {
        return domain::Underlying::Unspecified;
    }
    const auto found = underlying_of(word);
    return found ? Expected<domain::Underlying>(*found)
                 : fail(ErrorKind::Invalid,
                        std::string(option) + " " + word + " is no underlying known here");
}

Expected<Date> date_word(const char* option, const std::string& word) {
    if (word.empty()) {
        return Date{};
    }
    const auto date = read_date(word, DateForm::Plain);
    return date ? Expected<Date>(*date)
                : fail(ErrorKind::Invalid,
                       std::string(option) + " " + word + " is no date like 2026-01-29");
}

Expected<ImportOptions> options_of(const ImportCommand& command) {
    ImportOptions options;
    const auto underlying = underlying_word("--underlying", command.underlying);
    const auto only = underlying_word("--only", command.only);
    const auto from = date_word("--from", command.from);
    const auto to = date_word("--to", command.to);
    for (const auto* error :
         {underlying ? nullptr : &underlying.error(), only ? nullptr : &only.error(),
          from ? nullptr : &from.error(), to ? nullptr : &to.error()}) {
        if (error != nullptr) {
            return std::unexpected(*error);
        }
    }
    options.underlying = *underlying;
    options.scope = {*only, *from, *to, command.all_hours};
    options.replace = command.replace;
    options.one_file = command.out.ends_with(".mcap");
    options.show_progress = Progress::stderr_is_terminal();
    if (options.one_file && command.files.size() > 1) {
        return fail(ErrorKind::Invalid, command.out + " can hold only one file; name a folder");
    }
    if (!command.map.empty()) {
        auto map = load_map(command.map);
        if (!map) {
            return std::unexpected(map.error());
        }
        options.map = std::move(*map);
    }
    return options;
}

}  // namespace

int run_import(const ImportCommand& command) {
    const auto options = options_of(command);
    if (!options) {
        return complain(options.error().text, 2);
    }
    const auto rules = find_rules(command.market);
    if (!rules) {
        return complain(rules.error().text, 1);
    }
    int code = 0;
    for (const auto& file : command.files) {
        const auto result = import_table(file, output_path(file, command.out), *rules, *options);
        if (!result) {
            code = complain(result.error().text, 1);
            continue;
        }
        std::fputs(summary_text(*result, *rules).c_str(), stdout);
    }
    return code;
}

}  // namespace sauda::importer
