#include "common/store/sqlite_schema.h"

#include <array>
#include <string>

namespace sauda::store {

namespace {

// "SAUD": marks our files in PRAGMA application_id.
constexpr int64_t kApplicationId = 0x53415544;

// Append only. Number n (from 1) takes a file from user_version n - 1 to n.
constexpr std::array<const char*, 1> kMigrations{R"(
CREATE TABLE meta(
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE outbox(
    stream INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    position INTEGER NOT NULL,    -- order of insertion within one ordinal
    schema INTEGER NOT NULL,
    chain_hash INTEGER NOT NULL,
    stored_at INTEGER NOT NULL,   -- wall clock, ns since 1970; for retention only
    payload BLOB NOT NULL,
    PRIMARY KEY(stream, seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX outbox_by_ordinal ON outbox(ordinal, position);
CREATE TABLE cursor(
    stream INTEGER NOT NULL PRIMARY KEY,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    chain_hash INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE journal(
    ordinal INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    stream INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    now INTEGER NOT NULL,
    local_payload BLOB NOT NULL
) STRICT;
CREATE TABLE snapshot(
    ordinal INTEGER PRIMARY KEY,
    layout TEXT NOT NULL,
    state BLOB NOT NULL
) STRICT;
)"};

struct Identity {
    int64_t application = 0;
    int64_t version = 0;
    int64_t tables = 0;
};

base::Expected<Identity> identify(Database& database) {
    const auto application = database.number("PRAGMA application_id");
    if (!application) {
        return std::unexpected(application.error());
    }
    const auto version = database.number("PRAGMA user_version");
    if (!version) {
        return std::unexpected(version.error());
    }
    const auto tables = database.number("SELECT count(*) FROM sqlite_schema");
    if (!tables) {
        return std::unexpected(tables.error());
    }
    return Identity{*application, *version, *tables};
}

base::Expected<void> refuse_strangers(const Database& database, const Identity& file) {
    const bool is_new = file.application == 0 && file.version == 0 && file.tables == 0;
    if (!is_new && file.application != kApplicationId) {
        return base::fail(base::ErrorKind::Conflict,
                          database.path() +
                              " is the database of another program; nothing in it was changed. "
                              "Name another file or move this one away.");
    }
    if (file.version > schema_version()) {
        return base::fail(base::ErrorKind::Conflict,
                          database.path() + " was written by a newer version (schema " +
                              std::to_string(file.version) + ", this program knows up to " +
                              std::to_string(schema_version()) +
                              "); nothing in it was changed. Start the newer program again.");
    }
    return {};
}

base::Expected<void> apply(Database& database, int version) {
    const auto number = std::to_string(version);
    const auto sql = "BEGIN IMMEDIATE;" +
                     std::string(kMigrations.at(static_cast<std::size_t>(version - 1))) +
                     "PRAGMA application_id = " + std::to_string(kApplicationId) +
                     "; PRAGMA user_version = " + number + "; COMMIT;";
    auto done = database.run(sql.c_str());
    if (!done && database.in_transaction()) {
        (void)database.run("ROLLBACK");
    }
    return done;
}

}  // namespace

int schema_version() { return static_cast<int>(kMigrations.size()); }

base::Expected<void> migrate(Database& database) {
    const auto file = identify(database);
    if (!file) {
        return std::unexpected(file.error());
    }
    if (auto known = refuse_strangers(database, *file); !known) {
        return known;
    }
    for (int version = static_cast<int>(file->version) + 1; version <= schema_version();
         ++version) {
        if (auto done = apply(database, version); !done) {
            return done;
        }
    }
    return {};
}

base::Expected<void> check_schema(Database& database) {
    const auto file = identify(database);
    if (!file) {
        return std::unexpected(file.error());
    }
    if (auto known = refuse_strangers(database, *file); !known) {
        return known;
    }
    if (file->version < schema_version()) {
        return base::fail(base::ErrorKind::Invalid,
                          database.path() + " has schema " + std::to_string(file->version) +
                              ", this program reads " + std::to_string(schema_version()) +
                              "; start its service once to bring it up to date.");
    }
    return {};
}

}  // namespace sauda::store
