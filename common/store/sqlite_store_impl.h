#pragma once

#include "common/store/sqlite_database.h"
#include "common/store/sqlite_maintenance.h"
#include "common/store/sqlite_statement.h"
#include "common/store/sqlite_store.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

struct sqlite3;

namespace sauda::store {

// The inside of SqliteStore: the connection, its statements and the writing of a batch
// (sqlite_commit.cpp). Reading and opening are in sqlite_store.cpp.
struct SqliteStore::Impl {
    Impl(Database opened, OpenMode mode, const SqliteOptions& wanted)
        : database(std::move(opened)), is_read_only(mode == OpenMode::ReadOnly), options(wanted) {}

    Database database;
    bool is_read_only;
    SqliteOptions options;
    std::unique_ptr<Maintenance> maintenance;

    bool syncs_fully = false;
    uint64_t full_commits = 0;
    uint64_t last_ordinal = 0;
    // Where the next outbox row goes: rows of one ordinal are numbered as they come. A commit that
    // fails leaves a hole in the numbers, which harms nothing.
    uint64_t outbox_ordinal = 0;
    uint64_t outbox_position = 0;

    static std::string outbox_query(const char* rest) {
        return std::string("SELECT stream, seq, epoch, ordinal, schema, chain_hash, payload ") +
               "FROM outbox " + rest;
    }

    Statement begin{database, "BEGIN IMMEDIATE"};
    Statement end{database, "COMMIT"};
    Statement undo{database, "ROLLBACK"};
    Statement put_outbox{database,
                         "INSERT INTO outbox(stream, seq, epoch, ordinal, position, schema, "
                         "chain_hash, stored_at, payload) VALUES(?,?,?,?,?,?,?,?,?)"};
    Statement put_cursor{database,
                         "INSERT INTO cursor(stream, epoch, seq, chain_hash) VALUES(?,?,?,?) "
                         "ON CONFLICT(stream) DO UPDATE SET epoch = excluded.epoch, "
                         "seq = excluded.seq, chain_hash = excluded.chain_hash"};
    Statement put_journal{database,
                          "INSERT INTO journal(ordinal, kind, stream, epoch, seq, now, "
                          "local_payload) VALUES(?,?,?,?,?,?,?)"};
    Statement put_snapshot{database,
                           "INSERT OR REPLACE INTO snapshot(ordinal, layout, state) "
                           "VALUES(?,?,?)"};
    Statement put_meta{database,
                       "INSERT INTO meta(name, value) VALUES(?,?) "
                       "ON CONFLICT(name) DO UPDATE SET value = excluded.value"};
    Statement drop_snapshots{database,
                             "DELETE FROM snapshot WHERE ordinal NOT IN "
                             "(SELECT ordinal FROM snapshot ORDER BY ordinal DESC LIMIT 3)"};
    Statement snapshot_range{database,
                             "SELECT min(ordinal), (SELECT ordinal FROM snapshot ORDER BY ordinal "
                             "DESC LIMIT 1 OFFSET 1) FROM snapshot"};
    Statement first_journal{database, "SELECT min(ordinal) FROM journal"};
    Statement drop_journal{database, "DELETE FROM journal WHERE ordinal <= ?"};

    Statement next_position{database, "SELECT max(position) + 1 FROM outbox WHERE ordinal = ?"};
    Statement by_seq{database, outbox_query("WHERE stream = ? AND seq >= ? ORDER BY seq LIMIT ?")};
    Statement by_ordinal{
        database, outbox_query("WHERE ordinal >= ? AND ordinal <= ? ORDER BY ordinal, position")};
    Statement next_stream{database, "SELECT min(stream) FROM outbox WHERE stream > ?"};
    Statement first_of{database, outbox_query("WHERE stream = ? ORDER BY seq LIMIT 1")};
    Statement last_of{database, outbox_query("WHERE stream = ? ORDER BY seq DESC LIMIT 1")};
    Statement get_chain{database, "SELECT chain_hash FROM outbox WHERE stream = ? AND seq = ?"};
    Statement get_cursors{database,
                          "SELECT stream, epoch, seq, chain_hash FROM cursor ORDER BY stream"};
    Statement get_journal{database,
                          "SELECT ordinal, kind, stream, epoch, seq, now, local_payload "
                          "FROM journal WHERE ordinal >= ? ORDER BY ordinal LIMIT ?"};
    Statement get_last_ordinal{database,
                               "SELECT max(coalesce((SELECT max(ordinal) FROM journal), 0), "
                               "coalesce((SELECT max(ordinal) FROM snapshot), 0))"};
    Statement get_snapshot{database,
                           "SELECT ordinal, layout, state FROM snapshot ORDER BY ordinal DESC "
                           "LIMIT 1"};
    Statement get_meta{database, "SELECT value FROM meta WHERE name = ?"};
    Statement get_all_meta{database, "SELECT name, value FROM meta ORDER BY name"};
    Statement oldest{database,
                     "SELECT seq, stored_at FROM outbox WHERE stream = ?1 AND seq < ?2 AND seq < "
                     "(SELECT max(seq) FROM outbox WHERE stream = ?1) ORDER BY seq LIMIT ?3"};
    Statement drop_outbox{database, "DELETE FROM outbox WHERE stream = ? AND seq <= ?"};

    base::Expected<void> commit(const Batch& batch, Durability durability);
    base::Expected<void> switch_durability(Durability durability);
    [[nodiscard]] base::Expected<void> check_order(const Batch& batch) const;
    base::Expected<void> write(const Batch& batch);
    base::Expected<void> write_outbox(const std::vector<OutboxRow>& rows);
    base::Expected<void> write_journal(const std::vector<JournalRow>& rows);
    base::Expected<void> write_snapshot(const SnapshotRow& snapshot, uint64_t newest_ordinal);
    uint64_t place(uint64_t ordinal);
    void roll_back();
    static int on_log_grown(void* self, sqlite3* handle, const char* schema, int pages);
};

}  // namespace sauda::store
