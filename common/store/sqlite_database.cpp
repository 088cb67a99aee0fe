#include "common/store/sqlite_database.h"

#include <sqlite3.h>

#include <utility>

namespace sauda::store {

namespace {

// The writer waits this long for a RESTART checkpoint to give the write lock back.
constexpr int kBusyMilliseconds = 5'000;

base::ErrorKind kind_of(int code) {
    switch (code & 0xFF) {
        case SQLITE_FULL:
        case SQLITE_NOMEM:
        case SQLITE_TOOBIG:
            return base::ErrorKind::Exhausted;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return base::ErrorKind::Corrupt;
        case SQLITE_CONSTRAINT:
        case SQLITE_MISMATCH:
            return base::ErrorKind::Conflict;
        case SQLITE_READONLY:
            return base::ErrorKind::Invalid;
        default:
            return base::ErrorKind::Unavailable;
    }
}

const char* advice(int code) {
    switch (code & 0xFF) {
        case SQLITE_FULL:
            return "; free some disk space";
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return "; restore it from a backup";
        case SQLITE_CANTOPEN:
            return "; check that the folder exists and may be written";
        case SQLITE_BUSY:
            return "; another program has it open";
        default:
            return "";
    }
}

}  // namespace

base::Expected<Database> Database::open(const std::string& path, OpenMode mode) {
    sqlite3* handle = nullptr;
    const int flags = SQLITE_OPEN_NOMUTEX |
                      (mode == OpenMode::ReadOnly ? SQLITE_OPEN_READONLY
                                                  : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
    Database database(handle, path);
    if (handle == nullptr) {
        return base::fail(base::ErrorKind::Exhausted, "out of memory opening " + path);
    }
    if (code != SQLITE_OK) {
        return std::unexpected(database.error(code, "cannot open"));
    }
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, kBusyMilliseconds);
    return database;
}

Database::Database(Database&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)), path_(std::move(other.path_)) {}

Database& Database::operator=(Database&& other) noexcept {
    std::swap(handle_, other.handle_);
    std::swap(path_, other.path_);
    return *this;
}

Database::~Database() { sqlite3_close_v2(handle_); }

base::Expected<void> Database::run(const char* sql) {
    const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        return std::unexpected(error(code, "cannot update"));
    }
    return {};
}

base::Expected<std::string> Database::text(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    int code = sqlite3_prepare_v2(handle_, sql, -1, &statement, nullptr);
    std::string value;
    if (code == SQLITE_OK) {
        code = sqlite3_step(statement);
        if (code == SQLITE_ROW) {
            const auto* bytes = sqlite3_column_text(statement, 0);
            value = bytes == nullptr ? "" : reinterpret_cast<const char*>(bytes);
            code = SQLITE_DONE;
        }
    }
    sqlite3_finalize(statement);
    if (code != SQLITE_DONE) {
        return std::unexpected(error(code, "cannot read"));
    }
    return value;
}

base::Expected<int64_t> Database::number(const char* sql) {
    const auto digits = text(sql);
    if (!digits) {
        return std::unexpected(digits.error());
    }
    return digits->empty() ? 0 : std::stoll(*digits);
}

bool Database::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

base::Error Database::error(int code, const char* doing) const {
    return {kind_of(code), std::string(doing) + " " + path_ + ": " + sqlite3_errmsg(handle_) +
                               " (SQLite " + std::to_string(code) + ")" + advice(code)};
}

}  // namespace sauda::store
