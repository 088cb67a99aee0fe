#include "common/recording/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace sauda::recording {

using base::ErrorKind;
using base::Expected;
using base::fail;

namespace {

auto system_failure(ErrorKind kind, const char* what, const std::string& path) {
    return fail(kind, std::string("cannot ") + what + " " + path + ": " + std::strerror(errno));
}

}  // namespace

Expected<File> File::create(const std::string& path) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0) {
        return system_failure(ErrorKind::Unavailable, "create", path);
    }
    return File(fd, path);
}

Expected<File> File::open(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return system_failure(errno == ENOENT ? ErrorKind::NotFound : ErrorKind::Unavailable,
                              "open", path);
    }
    return File(fd, path);
}

File::~File() {
    if (fd_ >= 0) {
        ::close(fd_);
    }
}

Expected<uint64_t> File::size() const {
    struct stat info{};
    if (::fstat(fd_, &info) != 0) {
        return system_failure(ErrorKind::Unavailable, "examine", path_);
    }
    return static_cast<uint64_t>(info.st_size);
}

Expected<void> File::append(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto n = ::write(fd_, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return system_failure(ErrorKind::Unavailable, "write to", path_);
        }
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return {};
}

Expected<void> File::read(uint64_t offset, uint64_t size, std::string& out) const {
    out.resize(size);
    uint64_t got = 0;
    while (got < size) {
        const auto n = ::pread(fd_, out.data() + got, size - got, static_cast<off_t>(offset + got));
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return system_failure(ErrorKind::Unavailable, "read", path_);
        }
        if (n == 0) {
            break;
        }
        got += static_cast<uint64_t>(n);
    }
    out.resize(got);
    return {};
}

Expected<void> File::sync() {
    if (::fsync(fd_) != 0) {
        return system_failure(ErrorKind::Unavailable, "sync", path_);
    }
    return {};
}

Expected<void> File::close() {
    if (::close(std::exchange(fd_, -1)) != 0) {
        return system_failure(ErrorKind::Unavailable, "close", path_);
    }
    return {};
}

}  // namespace sauda::recording
