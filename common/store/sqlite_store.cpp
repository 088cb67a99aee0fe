#include "common/store/sqlite_store.h"

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "common/store/sqlite_database.h"
#include "common/store/sqlite_maintenance.h"
#include "common/store/sqlite_schema.h"
#include "common/store/sqlite_statement.h"

namespace sauda::store {

namespace {

constexpr uint64_t kPageBytes = 4'096;
constexpr const char* kOutboxColumns =
    "SELECT stream, seq, epoch, ordinal, schema, chain_hash, payload FROM outbox ";

std::string outbox_query(const char* rest) {
    return std::string(kOutboxColumns) + rest;
}

OutboxRow outbox_row(const Rows& rows) {
    return {.stream = static_cast<uint16_t>(rows.number(0)),
            .seq = rows.number(1),
            .epoch = rows.number(2),
            .ordinal = rows.number(3),
            .schema = static_cast<uint16_t>(rows.number(4)),
            .chain_hash = rows.number(5),
            .payload = rows.bytes(6)};
}

// Retention counts days on the wall, also for the simulated past.
int64_t wall_clock_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

base::Expected<void> configure(Database& database, const SqliteOptions& options) {
    const auto mode = database.text("PRAGMA journal_mode = WAL");
    if (!mode) {
        return std::unexpected(mode.error());
    }
    if (*mode != "wal") {
        return base::fail(base::ErrorKind::Unavailable,
                          database.path() +
                              " cannot keep a write-ahead log (journal mode stays " + *mode +
                              "); put it on a local disk.");
    }
    return database.run(("PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0;"
                         "PRAGMA journal_size_limit = 67108864;"
                         "PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;"
                         "PRAGMA max_page_count = " +
                         std::to_string(options.pages_max == 0 ? 0xFFFFFFFEU : options.pages_max) +
                         "; PRAGMA busy_timeout = " + std::to_string(options.busy_milliseconds))
                            .c_str());
}

}  // namespace

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
    // Where the next outbox row goes: rows of one ordinal are numbered as they come.
    uint64_t outbox_ordinal = 0;
    uint64_t outbox_position = 0;

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

    Statement next_position{database,
                            "SELECT max(position) + 1 FROM outbox WHERE ordinal = ?"};
    Statement by_seq{database, outbox_query("WHERE stream = ? AND seq >= ? ORDER BY seq LIMIT ?")};
    Statement by_ordinal{
        database,
        outbox_query("WHERE ordinal >= ? AND ordinal <= ? ORDER BY ordinal, position")};
    Statement next_stream{database, "SELECT min(stream) FROM outbox WHERE stream > ?"};
    Statement first_of{database, outbox_query("WHERE stream = ? ORDER BY seq LIMIT 1")};
    Statement last_of{database, outbox_query("WHERE stream = ? ORDER BY seq DESC LIMIT 1")};
    Statement get_chain{database, "SELECT chain_hash FROM outbox WHERE stream = ? AND seq = ?"};
    Statement get_cursors{database,
                          "SELECT stream, epoch, seq, chain_hash FROM cursor ORDER BY stream"};
    Statement get_journal{database,
                          "SELECT ordinal, kind, stream, epoch, seq, now, local_payload "
                          "FROM journal WHERE ordinal >= ? ORDER BY ordinal LIMIT ?"};
    Statement get_last_ordinal{
        database,
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

int SqliteStore::Impl::on_log_grown(void* self, sqlite3* /*handle*/, const char* /*schema*/,
                                    int pages) {
    auto& impl = *static_cast<Impl*>(self);
    if (impl.maintenance) {
        impl.maintenance->log_grew(static_cast<uint64_t>(pages) * kPageBytes);
    }
    return SQLITE_OK;
}

base::Expected<void> SqliteStore::Impl::switch_durability(Durability durability) {
    const bool fully = durability == Durability::Full;
    if (fully == syncs_fully) {
        return {};
    }
    auto done = database.run(fully ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
    if (done) {
        syncs_fully = fully;
    }
    return done;
}

base::Expected<void> SqliteStore::Impl::check_order(const Batch& batch) const {
    uint64_t expected = last_ordinal;
    for (const auto& row : batch.journal) {
        // An empty journal may begin anywhere: a seeded environment continues another one.
        if (expected != 0 && row.ordinal != expected + 1) {
            return base::fail(base::ErrorKind::Conflict,
                              database.path() + ": journal entry " + std::to_string(row.ordinal) +
                                  " does not follow " + std::to_string(expected));
        }
        expected = row.ordinal;
    }
    return {};
}

uint64_t SqliteStore::Impl::place(uint64_t ordinal) {
    if (ordinal > outbox_ordinal) {
        outbox_ordinal = ordinal;
        outbox_position = 0;
        return outbox_position++;
    }
    if (ordinal == outbox_ordinal) {
        return outbox_position++;
    }
    auto rows = next_position.rows(ordinal);
    return rows.next() ? rows.number(0) : 0;
}

base::Expected<void> SqliteStore::Impl::write_outbox(const std::vector<OutboxRow>& rows) {
    const int64_t stored_at = wall_clock_ns();
    base::Expected<void> done;
    for (const auto& row : rows) {
        const uint64_t position = place(row.ordinal);
        done = put_outbox.run(uint64_t{row.stream}, row.seq, row.epoch, row.ordinal, position,
                              uint64_t{row.schema}, row.chain_hash, stored_at, Blob{row.payload});
        if (!done) {
            break;
        }
    }
    return done;
}

base::Expected<void> SqliteStore::Impl::write_journal(const std::vector<JournalRow>& rows) {
    base::Expected<void> done;
    for (const auto& row : rows) {
        done = put_journal.run(row.ordinal, static_cast<uint64_t>(row.kind), uint64_t{row.stream},
                               row.epoch, row.seq, row.now.ns, Blob{row.local_payload});
        if (!done) {
            break;
        }
    }
    return done;
}

base::Expected<void> SqliteStore::Impl::write_snapshot(const SnapshotRow& snapshot,
                                                       uint64_t newest_ordinal) {
    auto done = put_snapshot.run(snapshot.ordinal, snapshot.layout, Blob{snapshot.state});
    if (!done) {
        return done;
    }
    if (done = drop_snapshots.run(); !done) {
        return done;
    }
    uint64_t oldest_kept = 0;
    uint64_t previous = 0;
    {
        auto rows = snapshot_range.rows();
        if (rows.next()) {
            oldest_kept = rows.number(0);
            previous = rows.number(1);
        }
    }
    uint64_t first = 0;
    {
        auto rows = first_journal.rows();
        if (!rows.next() || rows.is_null(0)) {
            return {};
        }
        first = rows.number(0);
    }
    if (newest_ordinal <= options.journal_rows_kept) {
        return {};
    }
    // Twice what came since the last snapshot: keeps up, and no commit pays for a long backlog.
    const uint64_t share = 1'000 + 2 * (snapshot.ordinal - std::min(previous, snapshot.ordinal));
    const uint64_t upto =
        std::min({oldest_kept, newest_ordinal - options.journal_rows_kept, first + share});
    return upto < first ? base::Expected<void>{} : drop_journal.run(upto);
}

base::Expected<void> SqliteStore::Impl::write(const Batch& batch) {
    auto done = write_journal(batch.journal);
    if (done) {
        done = write_outbox(batch.outbox);
    }
    for (auto row = batch.cursors.begin(); done && row != batch.cursors.end(); ++row) {
        done = put_cursor.run(uint64_t{row->stream}, row->epoch, row->seq, row->chain_hash);
    }
    for (auto entry = batch.meta.begin(); done && entry != batch.meta.end(); ++entry) {
        done = put_meta.run(entry->first, entry->second);
    }
    if (done && batch.snapshot) {
        const uint64_t newest = batch.journal.empty() ? last_ordinal : batch.journal.back().ordinal;
        done = write_snapshot(*batch.snapshot, std::max(newest, batch.snapshot->ordinal));
    }
    return done;
}

void SqliteStore::Impl::roll_back() {
    // Some errors have ended the transaction already.
    if (database.in_transaction()) {
        (void)undo.run();
    }
}

SqliteStore::SqliteStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

SqliteStore::~SqliteStore() {
    impl_->maintenance.reset();
}

base::Expected<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::string& path,
                                                               const SqliteOptions& options) {
    std::error_code failed;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), failed);
    auto database = Database::open(path, OpenMode::ReadWrite);
    if (!database) {
        return std::unexpected(database.error());
    }
    // Schema first: a refused file must not even change its journal mode.
    auto ready = migrate(*database);
    if (ready) {
        ready = configure(*database, options);
    }
    if (!ready) {
        return std::unexpected(ready.error());
    }
    auto impl = std::make_unique<Impl>(std::move(*database), OpenMode::ReadWrite, options);
    auto store = std::unique_ptr<SqliteStore>(new SqliteStore(std::move(impl)));
    if (options.quick_check) {
        if (auto sound = store->quick_check(); !sound) {
            return std::unexpected(sound.error());
        }
    }
    auto& inside = *store->impl_;
    inside.last_ordinal = store->last_ordinal();
    const auto newest = inside.database.number("SELECT coalesce(max(ordinal), 0) FROM outbox");
    if (!newest) {
        return std::unexpected(newest.error());
    }
    inside.outbox_ordinal = static_cast<uint64_t>(*newest);
    {
        auto rows = inside.next_position.rows(inside.outbox_ordinal);
        inside.outbox_position = rows.next() ? rows.number(0) : 0;
    }
    sqlite3_wal_hook(inside.database.handle(), &Impl::on_log_grown, &inside);
    if (options.maintenance) {
        auto second = Database::open(path, OpenMode::ReadWrite);
        if (!second) {
            return std::unexpected(second.error());
        }
        inside.maintenance = std::make_unique<Maintenance>(std::move(*second));
    }
    return store;
}

base::Expected<std::unique_ptr<SqliteStore>> SqliteStore::open_read_only(const std::string& path) {
    auto database = Database::open(path, OpenMode::ReadOnly);
    if (!database) {
        return std::unexpected(database.error());
    }
    if (auto known = check_schema(*database); !known) {
        return std::unexpected(known.error());
    }
    auto impl =
        std::make_unique<Impl>(std::move(*database), OpenMode::ReadOnly, SqliteOptions{});
    return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(impl)));
}

base::Expected<void> SqliteStore::commit(const Batch& batch, Durability durability) {
    auto& impl = *impl_;
    if (impl.is_read_only) {
        return base::fail(base::ErrorKind::Invalid,
                          impl.database.path() + " is open for reading only");
    }
    if (batch.empty()) {
        return {};
    }
    auto done = impl.check_order(batch);
    if (done) {
        done = impl.switch_durability(durability);
    }
    if (done && impl.maintenance) {
        impl.maintenance->give_way();
    }
    if (done) {
        done = impl.begin.run();
    }
    if (!done) {
        return done;
    }
    const uint64_t ordinal_before = impl.outbox_ordinal;
    const uint64_t position_before = impl.outbox_position;
    done = impl.write(batch);
    if (done) {
        done = impl.end.run();
    }
    if (!done) {
        impl.roll_back();
        impl.outbox_ordinal = ordinal_before;
        impl.outbox_position = position_before;
        return done;
    }
    if (!batch.journal.empty()) {
        impl.last_ordinal = batch.journal.back().ordinal;
    }
    if (batch.snapshot) {
        impl.last_ordinal = std::max(impl.last_ordinal, batch.snapshot->ordinal);
    }
    impl.full_commits += durability == Durability::Full ? 1 : 0;
    return done;
}

std::vector<OutboxRow> SqliteStore::outbox(uint16_t stream, uint64_t from_seq, uint32_t rows_max,
                                           uint64_t bytes_max) {
    std::vector<OutboxRow> found;
    uint64_t bytes = 0;
    auto rows = impl_->by_seq.rows(uint64_t{stream}, from_seq, uint64_t{rows_max});
    while (rows.next()) {
        auto row = outbox_row(rows);
        bytes += row.payload.size();
        // At least one row, or a large one could never be served.
        if (bytes > bytes_max && !found.empty()) {
            break;
        }
        found.push_back(std::move(row));
    }
    return found;
}

std::vector<OutboxRow> SqliteStore::outbox_by_ordinal(uint64_t from, uint64_t to) {
    std::vector<OutboxRow> found;
    const uint64_t last = std::min<uint64_t>(to, INT64_MAX);
    auto rows = impl_->by_ordinal.rows(from, last);
    while (rows.next()) {
        found.push_back(outbox_row(rows));
    }
    return found;
}

std::map<uint16_t, std::pair<OutboxRow, OutboxRow>> SqliteStore::outbox_ends() {
    std::map<uint16_t, std::pair<OutboxRow, OutboxRow>> ends;
    int64_t after = -1;
    while (true) {
        {
            auto rows = impl_->next_stream.rows(after);
            if (!rows.next() || rows.is_null(0)) {
                return ends;
            }
            after = rows.signed_number(0);
        }
        auto first = impl_->first_of.rows(after);
        auto last = impl_->last_of.rows(after);
        if (first.next() && last.next()) {
            ends.emplace(static_cast<uint16_t>(after),
                         std::pair(outbox_row(first), outbox_row(last)));
        }
    }
}

std::optional<uint64_t> SqliteStore::chain_hash(uint16_t stream, uint64_t seq) {
    auto rows = impl_->get_chain.rows(uint64_t{stream}, seq);
    return rows.next() ? std::optional(rows.number(0)) : std::nullopt;
}

std::vector<CursorRow> SqliteStore::cursors() {
    std::vector<CursorRow> found;
    auto rows = impl_->get_cursors.rows();
    while (rows.next()) {
        found.push_back({static_cast<uint16_t>(rows.number(0)), rows.number(1), rows.number(2),
                         rows.number(3)});
    }
    return found;
}

std::vector<JournalRow> SqliteStore::journal(uint64_t from_ordinal, uint32_t rows_max) {
    std::vector<JournalRow> found;
    auto rows = impl_->get_journal.rows(from_ordinal, uint64_t{rows_max});
    while (rows.next()) {
        found.push_back({.ordinal = rows.number(0),
                         .kind = static_cast<JournalKind>(rows.number(1)),
                         .stream = static_cast<uint16_t>(rows.number(2)),
                         .epoch = rows.number(3),
                         .seq = rows.number(4),
                         .now = {rows.signed_number(5)},
                         .local_payload = rows.bytes(6)});
    }
    return found;
}

uint64_t SqliteStore::last_ordinal() {
    auto rows = impl_->get_last_ordinal.rows();
    return rows.next() ? rows.number(0) : 0;
}

std::optional<SnapshotRow> SqliteStore::latest_snapshot() {
    auto rows = impl_->get_snapshot.rows();
    if (!rows.next()) {
        return std::nullopt;
    }
    return SnapshotRow{rows.number(0), rows.bytes(1), rows.bytes(2)};
}

std::optional<std::string> SqliteStore::meta(const std::string& key) {
    auto rows = impl_->get_meta.rows(key);
    return rows.next() ? std::optional(rows.bytes(0)) : std::nullopt;
}

std::map<std::string, std::string> SqliteStore::all_meta() {
    std::map<std::string, std::string> found;
    auto rows = impl_->get_all_meta.rows();
    while (rows.next()) {
        found.emplace(rows.bytes(0), rows.bytes(1));
    }
    return found;
}

base::Expected<uint64_t> SqliteStore::purge_outbox(uint16_t stream, uint64_t below_seq,
                                                   base::Timestamp older_than, uint32_t rows_max) {
    auto& impl = *impl_;
    uint64_t last = 0;
    uint64_t count = 0;
    {
        auto rows = impl.oldest.rows(uint64_t{stream}, below_seq, uint64_t{rows_max});
        while (rows.next() && rows.signed_number(1) < older_than.ns) {
            last = rows.number(0);
            ++count;
        }
    }
    if (count == 0) {
        return 0;
    }
    if (auto normal = impl.switch_durability(Durability::Normal); !normal) {
        return std::unexpected(normal.error());
    }
    if (auto done = impl.drop_outbox.run(uint64_t{stream}, last); !done) {
        return std::unexpected(done.error());
    }
    return count;
}

base::Expected<void> SqliteStore::quick_check() {
    const auto verdict = impl_->database.text("PRAGMA quick_check(1)");
    if (!verdict) {
        return std::unexpected(verdict.error());
    }
    if (*verdict != "ok") {
        return base::fail(base::ErrorKind::Corrupt, impl_->database.path() + " is damaged (" +
                                                        *verdict +
                                                        "); restore it from a backup");
    }
    return {};
}

uint64_t SqliteStore::full_commits() const {
    return impl_->full_commits;
}

uint64_t SqliteStore::checkpoints() const {
    return impl_->maintenance ? impl_->maintenance->checkpoints() : 0;
}

}  // namespace sauda::store
