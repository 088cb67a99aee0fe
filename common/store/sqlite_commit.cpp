#include "common/store/sqlite_store_impl.h"

#include <sqlite3.h>

#include <algorithm>
#include <chrono>

namespace sauda::store {

namespace {

constexpr uint64_t kPageBytes = 4'096;

// Retention counts days on the wall, also for the simulated past.
int64_t wall_clock_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

}  // namespace

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

base::Expected<void> SqliteStore::Impl::commit(const Batch& batch, Durability durability) {
    if (is_read_only) {
        return base::fail(base::ErrorKind::Invalid, database.path() + " is open for reading only");
    }
    if (batch.empty()) {
        return {};
    }
    auto done = check_order(batch);
    if (done) {
        done = switch_durability(durability);
    }
    if (done && maintenance) {
        maintenance->give_way();
    }
    if (done) {
        done = begin.run();
    }
    if (!done) {
        return done;
    }
    done = write(batch);
    if (done) {
        done = end.run();
    }
    if (!done) {
        roll_back();
        return done;
    }
    if (!batch.journal.empty()) {
        last_ordinal = batch.journal.back().ordinal;
    }
    if (batch.snapshot) {
        last_ordinal = std::max(last_ordinal, batch.snapshot->ordinal);
    }
    full_commits += durability == Durability::Full ? 1 : 0;
    return done;
}

}  // namespace sauda::store
