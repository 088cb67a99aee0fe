#include "services/cli/shell/chain_view.h"

#include <cstdio>

namespace sauda::cli {

namespace {

int fail(const base::Error& error) {
    std::fprintf(stderr, "sauda chain: %s\n", error.text.c_str());
    return 1;
}

}  // namespace

int show_chain(const ChainOptions& options) {
    const auto reading = read_chain(options.request);
    if (!reading) {
        return fail(reading.error());
    }
    std::vector<domain::Date> shown;
    const bool is_all = options.request.expiry == "all";
    if (is_all) {
        shown = reading->state.expiries();
    }
    if (shown.empty()) {
        const auto found = find_expiry(*reading, is_all ? "nearest" : options.request.expiry);
        if (!found) {
            return fail(found.error());
        }
        shown.push_back(*found);
    }
    if (options.is_json) {
        std::fputs(chain_json(*reading, shown).c_str(), stdout);
        return 0;
    }
    const auto paint = Paint::of_terminal();
    std::string text = is_all ? term_text(*reading, paint) + "\n" : "";
    for (const auto date : shown) {
        text += date == shown.front() ? "" : "\n";
        text += chain_head(*reading, date, paint);
        text += chain_rows(*reading, date, options.strikes, paint);
    }
    std::fputs(text.c_str(), stdout);
    return 0;
}

}  // namespace sauda::cli
