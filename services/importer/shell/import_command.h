#pragma once

#include <string>
#include <vector>

namespace sauda::importer {

// `sauda import` as it was typed.
struct ImportCommand {
    std::vector<std::string> files;
    std::string out = ".";
    std::string map;
    std::string underlying;
    std::string only;
    std::string from;
    std::string to;
    std::string market;
    bool all_hours = false;
    bool replace = false;
};

// Imports file after file, prints a summary of each; the exit code: 0, 1 if a file failed, 2 if the
// command makes no sense.
int run_import(const ImportCommand& command);

}  // namespace sauda::importer
