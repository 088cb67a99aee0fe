#pragma once

#include "common/base/expected.h"
#include "common/base/timestamp.h"
#include "common/store/sqlite_database.h"

#include <functional>
#include <string>
#include <vector>

namespace sauda::store {

// Several databases as they stood at one and the same instant, while their programs go on.
//
// take() holds the write lock of every file at once, so that nobody can commit anywhere; in that
// moment each connection fixes what it reads. What is copied later is that moment, however long it
// takes. Since a service commits what it publishes before it publishes, and what it consumes with
// its effect, no cursor of such a cut is ahead of the outbox it points into: it is what a power cut
// of the whole machine would leave, with everything on disk.
class DatabaseCut {
 public:
    // at_cut runs while everything stands still: it must be short. Unavailable when a writer does
    // not let go within `patience`; the files are as they were.
    static base::Expected<DatabaseCut> take(const std::vector<std::string>& paths,
                                            const std::function<void()>& at_cut,
                                            base::Duration patience = base::seconds(10));

    // Copies the n-th database into a new file, with SQLite's online backup.
    base::Expected<void> copy(std::size_t n, const std::string& target);

 private:
    explicit DatabaseCut(std::vector<Database> readers) : readers_(std::move(readers)) {}
    std::vector<Database> readers_;
};

// Corrupt, naming the first fault. Reads everything, indexes against their tables too.
base::Expected<void> check_integrity(const std::string& path);

}  // namespace sauda::store
