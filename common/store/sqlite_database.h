#pragma once

#include "common/base/expected.h"

#include <cstdint>
#include <string>

struct sqlite3;

namespace sauda::store {

enum class OpenMode : uint8_t { ReadWrite, ReadOnly };

// One connection. Used by one thread at a time. Closed with the object.
class Database {
 public:
    // Unavailable when the file cannot be opened, Corrupt when it is no database.
    static base::Expected<Database> open(const std::string& path, OpenMode mode);

    Database(Database&& other) noexcept;
    Database& operator=(Database&& other) noexcept;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    // Runs statements that return no rows.
    base::Expected<void> run(const char* sql);
    // First column of the first row as a number; 0 when there is no row.
    base::Expected<int64_t> number(const char* sql);
    // First column of the first row as text; empty when there is no row.
    base::Expected<std::string> text(const char* sql);

    [[nodiscard]] sqlite3* handle() const { return handle_; }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] bool in_transaction() const;

    // A result code of this connection as an error that names the file.
    [[nodiscard]] base::Error error(int code, const char* doing) const;

 private:
    Database(sqlite3* handle, std::string path) : handle_(handle), path_(std::move(path)) {}
    sqlite3* handle_ = nullptr;
    std::string path_;
};

}  // namespace sauda::store
