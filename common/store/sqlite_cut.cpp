#include "common/store/sqlite_cut.h"

#include <sqlite3.h>

#include <chrono>

namespace sauda::store {

namespace {

constexpr int kPagesAtOnce = 4'096;

base::Expected<std::vector<Database>> open_all(const std::vector<std::string>& paths,
                                               OpenMode mode) {
    std::vector<Database> opened;
    for (const auto& path : paths) {
        auto database = Database::open(path, mode);
        if (!database) {
            return std::unexpected(database.error());
        }
        // The first look also opens the write-ahead log, which takes longer than all others.
        if (auto looked = database->number("SELECT count(*) FROM sqlite_schema"); !looked) {
            return std::unexpected(looked.error());
        }
        opened.push_back(std::move(*database));
    }
    return opened;
}

base::Expected<void> run_on_all(std::vector<Database>& databases, const char* sql) {
    for (auto& database : databases) {
        if (auto done = database.run(sql); !done) {
            return done;
        }
    }
    return {};
}

// Stops every writer. A lock is waited for while those before it are held, which is short: a
// commit takes milliseconds, and no service holds two.
base::Expected<void> stop_writers(std::vector<Database>& writers, base::Duration patience) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::nanoseconds(patience.ns);
    while (true) {
        const auto locked = run_on_all(writers, "BEGIN IMMEDIATE");
        if (locked) {
            return locked;
        }
        for (auto& writer : writers) {
            if (writer.in_transaction()) {
                (void)writer.run("ROLLBACK");
            }
        }
        if (std::chrono::steady_clock::now() >= until) {
            return locked;
        }
    }
}

}  // namespace

base::Expected<DatabaseCut> DatabaseCut::take(const std::vector<std::string>& paths,
                                              const std::function<void()>& at_cut,
                                              base::Duration patience) {
    constexpr int kWaitForOneMilliseconds = 500;
    auto writers = open_all(paths, OpenMode::ReadWrite);
    if (!writers) {
        return std::unexpected(writers.error());
    }
    auto readers = open_all(paths, OpenMode::ReadOnly);
    if (!readers) {
        return std::unexpected(readers.error());
    }
    for (auto& writer : *writers) {
        sqlite3_busy_timeout(writer.handle(), kWaitForOneMilliseconds);
    }
    if (auto stopped = stop_writers(*writers, patience); !stopped) {
        return std::unexpected(stopped.error());
    }
    auto fixed = run_on_all(*readers, "BEGIN; SELECT count(*) FROM sqlite_schema");
    if (fixed) {
        at_cut();
    }
    for (auto& writer : *writers) {
        (void)writer.run("ROLLBACK");
    }
    if (!fixed) {
        return std::unexpected(fixed.error());
    }
    return DatabaseCut(std::move(*readers));
}

base::Expected<void> DatabaseCut::copy(std::size_t n, const std::string& target) {
    auto& source = readers_.at(n);
    auto copy = Database::open(target, OpenMode::ReadWrite);
    if (!copy) {
        return std::unexpected(copy.error());
    }
    auto* backup = sqlite3_backup_init(copy->handle(), "main", source.handle(), "main");
    if (backup == nullptr) {
        return std::unexpected(
            copy->error(sqlite3_errcode(copy->handle()), "cannot copy a database into"));
    }
    int code = SQLITE_OK;
    while (code == SQLITE_OK) {
        code = sqlite3_backup_step(backup, kPagesAtOnce);
    }
    const int ended = sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE || ended != SQLITE_OK) {
        return std::unexpected(
            copy->error(code == SQLITE_DONE ? ended : code, "cannot copy a database into"));
    }
    return {};
}

base::Expected<void> check_integrity(const std::string& path) {
    auto database = Database::open(path, OpenMode::ReadWrite);
    if (!database) {
        return std::unexpected(database.error());
    }
    const auto verdict = database->text("PRAGMA integrity_check(1)");
    if (!verdict) {
        return std::unexpected(verdict.error());
    }
    if (*verdict != "ok") {
        return base::fail(base::ErrorKind::Corrupt, path + " is damaged (" + *verdict + ")");
    }
    return {};
}

}  // namespace sauda::store
