#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

// A file of its own in the temporary directory, removed at the end of the test.
class TestFile {
 public:
    explicit TestFile(const std::string& name = "a.mcap")
        : folder_(std::filesystem::temp_directory_path() /
                  ("sauda-recording-" + std::to_string(::getpid()) + "-" +
                   std::to_string(++counter()))) {
        std::filesystem::create_directories(folder_);
        path_ = (folder_ / name).string();
    }
    TestFile(const TestFile&) = delete;
    TestFile& operator=(const TestFile&) = delete;
    ~TestFile() { std::filesystem::remove_all(folder_); }

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string folder() const { return folder_.string(); }
    [[nodiscard]] std::string bytes() const {
        std::ifstream in(path_, std::ios::binary);
        std::ostringstream out;
        out << in.rdbuf();
        return out.str();
    }
    void replace(const std::string& bytes) const {
        std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes;
    }

    void truncate(std::size_t size) const { std::filesystem::resize_file(path_, size); }
    void put(std::size_t at, char byte) const {
        std::fstream file(path_, std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(static_cast<std::streamoff>(at));
        file.put(byte);
    }

 private:
    static int& counter() {
        static int n = 0;
        return n;
    }
    std::filesystem::path folder_;
    std::string path_;
};
