// sauda-inspect FILE [--json]: what is in a recording, and whether it is whole.
#include "services/importer/shell/inspect_run.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <string>
#include <vector>

int main(int argc, char** argv) {
    using namespace sauda::importer;
    std::vector<std::string> files;
    bool as_json = false;
    CLI::App app{"Shows what is in recordings; exit code 3 if one is damaged", "sauda-inspect"};
    app.add_option("FILE", files, "recordings (.mcap)")->required();
    app.add_flag("--json", as_json, "as JSON, one object per file");
    CLI11_PARSE(app, argc, argv);

    int code = 0;
    for (const auto& file : files) {
        const auto result = inspect_file(file);
        if (!result) {
            std::fprintf(stderr, "sauda-inspect: %s\n", result.error().text.c_str());
            code = 1;
            continue;
        }
        std::fputs((as_json ? inspect_json(*result) : inspect_text(*result)).c_str(), stdout);
        if (!result->damage.empty() && code == 0) {
            code = 3;
        }
    }
    return code;
}
