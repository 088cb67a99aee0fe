#include "common/store/sqlite_statement.h"

#include "common/base/invariant.h"
#include "common/store/sqlite_database.h"

#include <sqlite3.h>

namespace sauda::store {

namespace {

[[noreturn]] void stop(const base::Error& error, int line) {
    base::invariant_failed(error.text.c_str(), "common/store/sqlite_statement.cpp", line);
}

}  // namespace

Rows::~Rows() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

bool Rows::next() {
    const int code = sqlite3_step(statement_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        stop(database_.error(code, "cannot read"), __LINE__);
    }
    return code == SQLITE_ROW;
}

bool Rows::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

int64_t Rows::signed_number(int column) const { return sqlite3_column_int64(statement_, column); }

uint64_t Rows::number(int column) const { return static_cast<uint64_t>(signed_number(column)); }

std::string Rows::bytes(int column) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    const int size = sqlite3_column_bytes(statement_, column);
    return data == nullptr ? std::string() : std::string(data, static_cast<std::size_t>(size));
}

Statement::Statement(Database& database, std::string_view sql) : database_(database) {
    const int code = sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
    if (code != SQLITE_OK) {
        stop(database.error(code, "cannot prepare a statement for"), __LINE__);
    }
}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::bind(int index, int64_t value) {
    INVARIANT(sqlite3_bind_int64(statement_, index, value) == SQLITE_OK);
}

void Statement::bind(int index, const std::string& value) {
    INVARIANT(sqlite3_bind_text64(statement_, index, value.data(), value.size(), SQLITE_STATIC,
                                  SQLITE_UTF8) == SQLITE_OK);
}

void Statement::bind(int index, const Blob& value) {
    // A null pointer would bind NULL, which is not an empty blob.
    const char* data = value.bytes.empty() ? "" : value.bytes.data();
    INVARIANT(sqlite3_bind_blob64(statement_, index, data, value.bytes.size(), SQLITE_STATIC) ==
              SQLITE_OK);
}

base::Expected<void> Statement::finish() {
    int code = sqlite3_step(statement_);
    while (code == SQLITE_ROW) {
        code = sqlite3_step(statement_);
    }
    base::Expected<void> result;
    if (code != SQLITE_DONE) {
        result = std::unexpected(database_.error(code, "cannot write"));
    }
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
    return result;
}

}  // namespace sauda::store
