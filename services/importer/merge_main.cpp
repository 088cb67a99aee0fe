// sauda-merge A B... --out FILE: recordings of one day become one, by the time they were known.
#include "services/importer/shell/merge_run.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <string>
#include <vector>

int main(int argc, char** argv) {
    using namespace sauda::importer;
    std::vector<std::string> files;
    std::string out;
    bool replace = false;
    CLI::App app{"Puts recordings of one day together by the time their quotes became known",
                 "sauda-merge"};
    app.add_option("FILE", files, "recordings (.mcap), two or more")->required();
    app.add_option("--out,-o", out, "the recording to make")->required();
    app.add_flag("--force", replace, "replace a recording that exists");
    CLI11_PARSE(app, argc, argv);

    const auto result = merge_recordings(files, out, replace);
    if (!result) {
        std::fprintf(stderr, "sauda-merge: %s\n", result.error().text.c_str());
        return 1;
    }
    std::fputs(merge_text(*result).c_str(), stdout);
    return 0;
}
