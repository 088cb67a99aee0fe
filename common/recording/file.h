#pragma once

#include "common/base/expected.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace sauda::recording {

// An open file; closed when it goes. Errors name the file and say what the system said.
class File {
 public:
    File() = default;
    static base::Expected<File> create(const std::string& path);  // or truncate, to write
    static base::Expected<File> open(const std::string& path);    // to read
    File(File&& other) noexcept
        : fd_(std::exchange(other.fd_, -1)), path_(std::move(other.path_)) {}
    File& operator=(File&& other) noexcept {
        std::swap(fd_, other.fd_);
        std::swap(path_, other.path_);
        return *this;
    }
    ~File();

    [[nodiscard]] bool is_open() const { return fd_ >= 0; }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] base::Expected<uint64_t> size() const;
    base::Expected<void> append(std::string_view bytes);
    // Replaces out by the bytes at [offset, offset + size), fewer at the end of the file.
    base::Expected<void> read(uint64_t offset, uint64_t size, std::string& out) const;
    base::Expected<void> sync();
    base::Expected<void> close();

 private:
    File(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}
    int fd_ = -1;
    std::string path_;
};

}  // namespace sauda::recording
