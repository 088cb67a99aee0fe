#include "common/bus/lock_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <set>
#include <utility>

namespace sauda::bus {

namespace {

struct Held {
    std::mutex mutex;
    std::multiset<std::string> paths;
};
Held& held() {
    static Held instance;
    return instance;
}

std::string holder_of(int fd) {
    std::array<char, 32> text{};
    const auto size = pread(fd, text.data(), text.size() - 1, 0);
    std::string pid(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    while (!pid.empty() && pid.back() == '\n') {
        pid.pop_back();
    }
    return pid.empty() ? "unknown" : pid;
}

std::unexpected<base::Error> no_file(const std::string& path) {
    return base::fail(base::ErrorKind::Unavailable,
                      "cannot open lock file " + path + ": " + std::strerror(errno));
}

}  // namespace

base::Expected<LockFile> LockFile::take(const std::string& path) {
    namespace fs = std::filesystem;
    const auto folder = fs::path(path).parent_path();
    std::error_code failed;
    if (!folder.empty() && fs::create_directories(folder, failed)) {
        fs::permissions(folder, fs::perms::owner_all, failed);
    }
    const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        return no_file(path);
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        const bool is_taken = errno == EWOULDBLOCK;
        const auto error =
            is_taken ? base::fail(base::ErrorKind::Conflict,
                                  "already running: process " + holder_of(fd) + " holds " + path +
                                      "; stop it first, or use another environment")
                     : no_file(path);
        close(fd);
        return error;
    }
    const auto pid = std::to_string(getpid()) + "\n";
    if (ftruncate(fd, 0) != 0 ||
        pwrite(fd, pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size())) {
        const auto error = no_file(path);
        close(fd);
        return error;
    }
    return LockFile(fd, path);
}

bool LockFile::is_held_here(const std::string& path) {
    const std::lock_guard lock(held().mutex);
    return held().paths.contains(path);
}

LockFile::LockFile(int fd, std::string path) : fd_(fd), path_(std::move(path)) {
    const std::lock_guard lock(held().mutex);
    held().paths.insert(path_);
}

LockFile::LockFile(LockFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), path_(std::move(other.path_)) {}

LockFile& LockFile::operator=(LockFile&& other) noexcept {
    std::swap(fd_, other.fd_);
    std::swap(path_, other.path_);
    return *this;
}

LockFile::~LockFile() {
    if (fd_ < 0) {
        return;
    }
    {
        const std::lock_guard lock(held().mutex);
        held().paths.erase(held().paths.find(path_));
    }
    // The file stays: removing it would let a third process lock a new one beside a waiting second.
    close(fd_);
}

}  // namespace sauda::bus
