#include "common/store/sqlite_store.h"

#include "common/store/sqlite_schema.h"
#include "common/store/sqlite_store_impl.h"

#include <sqlite3.h>

#include <algorithm>
#include <filesystem>

namespace sauda::store {

namespace {

OutboxRow outbox_row(const Rows& rows) {
    return {.stream = static_cast<uint16_t>(rows.number(0)),
            .seq = rows.number(1),
            .epoch = rows.number(2),
            .ordinal = rows.number(3),
            .schema = static_cast<uint16_t>(rows.number(4)),
            .chain_hash = rows.number(5),
            .payload = rows.bytes(6)};
}

base::Expected<void> configure(Database& database, const SqliteOptions& options) {
    const auto mode = database.text("PRAGMA journal_mode = WAL");
    if (!mode) {
        return std::unexpected(mode.error());
    }
    if (*mode != "wal") {
        return base::fail(base::ErrorKind::Unavailable,
                          database.path() + " cannot keep a write-ahead log (journal mode stays " +
                              *mode + "); put it on a local disk.");
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

SqliteStore::SqliteStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

SqliteStore::~SqliteStore() { impl_->maintenance.reset(); }

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
    auto impl = std::make_unique<Impl>(std::move(*database), OpenMode::ReadOnly, SqliteOptions{});
    return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(impl)));
}

base::Expected<void> SqliteStore::commit(const Batch& batch, Durability durability) {
    return impl_->commit(batch, durability);
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
                                                        *verdict + "); restore it from a backup");
    }
    return {};
}

uint64_t SqliteStore::full_commits() const { return impl_->full_commits; }

uint64_t SqliteStore::checkpoints() const {
    return impl_->maintenance ? impl_->maintenance->checkpoints() : 0;
}

}  // namespace sauda::store
