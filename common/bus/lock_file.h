#pragma once

#include "common/base/expected.h"

#include <string>

namespace sauda::bus {

// The right to be the one process of a service: a lock on "<dir>/<service>.lock", held until the
// object goes, at the latest when the process dies. Taken before the database is opened and before
// any socket is bound, because ZeroMQ lets a second process steal an ipc path without a word.
class LockFile {
 public:
    // Creates the folder (for the owner only) and the file. Conflict, naming the holder's pid,
    // when another process has it; a program then exits with kExitTaken.
    static base::Expected<LockFile> take(const std::string& path);
    // Whether some LockFile of this process holds the path.
    static bool is_held_here(const std::string& path);

    LockFile(LockFile&& other) noexcept;
    LockFile& operator=(LockFile&& other) noexcept;
    LockFile(const LockFile&) = delete;
    LockFile& operator=(const LockFile&) = delete;
    ~LockFile();

    [[nodiscard]] const std::string& path() const { return path_; }

 private:
    LockFile(int fd, std::string path);
    int fd_ = -1;
    std::string path_;
};

// sysexits.h EX_TEMPFAIL.
inline constexpr int kExitTaken = 75;

}  // namespace sauda::bus
