#pragma once

#include "common/base/expected.h"

#include <cstdint>
#include <string>
#include <string_view>

struct sqlite3_stmt;

namespace sauda::store {

class Database;

// A blob parameter; a plain string binds as text.
struct Blob {
    std::string_view bytes;
};

// The rows of one run of a Statement. Resetting at the end matters: a statement left open holds
// the write-ahead log back for ever. A read that fails stops the process: nothing can be decided
// on a store that cannot be read, and the restart checks the file.
class Rows {
 public:
    Rows(Database& database, sqlite3_stmt* statement)
        : database_(database), statement_(statement) {}
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    ~Rows();

    bool next();
    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] int64_t signed_number(int column) const;
    [[nodiscard]] uint64_t number(int column) const;
    [[nodiscard]] std::string bytes(int column) const;

 private:
    Database& database_;
    sqlite3_stmt* statement_;
};

// One prepared statement, finalized with the object. Must not outlive its Database.
class Statement {
 public:
    // Stops the process when the SQL does not compile: the text is ours and the schema checked.
    Statement(Database& database, std::string_view sql);
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    // Runs to the end with the values bound from parameter 1 on.
    template <class... Values>
    base::Expected<void> run(const Values&... values) {
        bind_all(values...);
        return finish();
    }
    // Numbers are stored as signed 64 bits; unsigned ones keep their bits.
    template <class... Values>
    Rows rows(const Values&... values) {
        bind_all(values...);
        return Rows(database_, statement_);
    }

 private:
    template <class... Values>
    void bind_all(const Values&... values) {
        int index = 0;
        (bind(++index, values), ...);
    }
    void bind(int index, int64_t value);
    void bind(int index, uint64_t value) { bind(index, static_cast<int64_t>(value)); }
    void bind(int index, const std::string& value);
    void bind(int index, const Blob& value);
    base::Expected<void> finish();

    Database& database_;
    sqlite3_stmt* statement_ = nullptr;
};

}  // namespace sauda::store
