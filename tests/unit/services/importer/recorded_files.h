#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace importer_test {

inline std::string source_folder() {
    const char* source = std::getenv("SAUDA_SOURCE_DIR");
    return source != nullptr ? source : ".";
}

// The folder with recorded market data; empty where it is absent.
inline std::string data_folder() {
    const char* given = std::getenv("SAUDA_TEST_DATA");
    const auto folder = given != nullptr ? given : source_folder() + "/../shared/data";
    return std::filesystem::exists(folder + "/nse_chain_20250829") ? folder : "";
}

// A folder of its own, in memory where the machine has such a place: hundreds of recordings are
// synced to disk one by one otherwise.
class RamFolder {
 public:
    RamFolder() {
        namespace fs = std::filesystem;
        const bool has_ram = ::access("/dev/shm", W_OK) == 0;
        folder_ = (has_ram ? fs::path("/dev/shm") : fs::temp_directory_path()) /
                  ("sauda-importer-" + std::to_string(::getpid()) + "-" + std::to_string(++made()));
        fs::create_directories(folder_);
    }
    RamFolder(const RamFolder&) = delete;
    RamFolder& operator=(const RamFolder&) = delete;
    ~RamFolder() { std::filesystem::remove_all(folder_); }
    [[nodiscard]] std::string path() const { return folder_.string(); }

 private:
    static int& made() {
        static int n = 0;
        return n;
    }
    std::filesystem::path folder_;
};

}  // namespace importer_test
