#include "tests/support/documented_table.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace sauda::test {
namespace {

std::string read_all(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

std::string documented_table(const std::string& file, const std::string& name,
                             const std::string& table) {
    const char* root = std::getenv("SAUDA_SOURCE_DIR");
    if (root == nullptr) {
        return "SAUDA_SOURCE_DIR is not set, so " + file + " cannot be found";
    }
    const auto path = std::filesystem::path(root) / file;
    const std::string begin = "<!-- table: " + name + " -->\n";
    const std::string end = "<!-- end: " + name + " -->\n";
    const std::string block =
        "\n" + table + (table.empty() || table.back() != '\n' ? "\n" : "") + "\n";
    std::string text = read_all(path);
    const auto from = text.find(begin);
    const auto to = from == std::string::npos ? from : text.find(end, from);
    const bool is_there = to != std::string::npos;
    if (std::getenv("SAUDA_WRITE_TABLES") != nullptr) {
        if (is_there) {
            text.replace(from + begin.size(), to - from - begin.size(), block);
        } else {
            text += "\n" + begin + block + end;
        }
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << text;
        return {};
    }
    if (!is_there) {
        return file + " has no table \"" + name + "\"; run the test with SAUDA_WRITE_TABLES=1";
    }
    const std::string shown = text.substr(from + begin.size(), to - from - begin.size());
    return shown == block ? std::string{}
                          : file + " shows another table \"" + name + "\" than the test made:\n" +
                                block + "run the test with SAUDA_WRITE_TABLES=1 and read the diff";
}

}  // namespace sauda::test
