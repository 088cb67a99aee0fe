#include "tests/unit/common/store/store_test_support.h"

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <utility>

namespace sauda::store::test {
namespace {

base::Timestamp wall_clock() {
    return {std::chrono::duration_cast<std::chrono::nanoseconds>(
                std::chrono::system_clock::now().time_since_epoch())
                .count()};
}

void run_sql(const std::string& path, const char* sql) {
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &handle) == SQLITE_OK);
    CHECK(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(handle);
}

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST_CASE("A new store is empty and its folder is made for it") {
    const Folder folder;
    auto store = open_store(folder.file("var/live/risk/risk.db"));
    CHECK(whole_cycles(*store) == 0);
    CHECK_FALSE(store->latest_snapshot().has_value());
    CHECK_FALSE(store->chain_hash(kOut, 1).has_value());
    CHECK(store->outbox(kOut, 1, 10, 1'000).empty());
    CHECK(store->outbox_by_ordinal(0, UINT64_MAX).empty());
    CHECK(store->quick_check().has_value());
}

TEST_CASE("What was committed is there after closing and opening, byte for byte") {
    const Folder folder;
    Batch batch = cycle(1, std::string("\0\xFF bytes", 8));
    batch.outbox[0].chain_hash = UINT64_MAX;  // all 64 bits are kept
    batch.journal.push_back({.ordinal = 2,
                             .kind = JournalKind::Local,
                             .stream = 0x3004,
                             .epoch = 7,
                             .seq = 3,
                             .now = {-5},
                             .local_payload = std::string("\0local", 6)});
    batch.snapshot = SnapshotRow{2, "layout", std::string("\0state", 6)};
    batch.meta[""] = std::string("a\0b", 3);
    for (const auto durability : {Durability::Normal, Durability::Full}) {
        const auto path = folder.file(durability == Durability::Full ? "full.db" : "normal.db");
        REQUIRE(open_store(path)->commit(batch, durability).has_value());
        auto store = open_store(path);
        CHECK(store->outbox(kOut, 1, 10, 1'000) == batch.outbox);
        CHECK(store->journal(1, 10) == batch.journal);
        CHECK(store->cursors() == batch.cursors);
        CHECK(store->latest_snapshot() == batch.snapshot);
        CHECK(store->all_meta() == batch.meta);
        CHECK(store->meta("") == batch.meta[""]);
        CHECK(store->chain_hash(kOut, 1) == UINT64_MAX);
        CHECK(store->last_ordinal() == 2);
    }
}

TEST_CASE("Cursors and notes keep their newest value") {
    const Folder folder;
    auto store = open_store(folder.file());
    for (uint64_t n = 1; n <= 3; ++n) {
        REQUIRE(store->commit(cycle(n), Durability::Normal).has_value());
    }
    CHECK(whole_cycles(*store) == 3);
}

TEST_CASE("A commit that fails halfway changes nothing and the next one succeeds") {
    const Folder folder;
    auto store = open_store(folder.file());
    REQUIRE(store->commit(cycle(1), Durability::Normal).has_value());
    // The journal entry, a good message and the cursor come before the one that cannot be.
    Batch broken = cycle(2);
    broken.outbox.push_back(out_row(1, 2, "second message of the same number"));
    const auto refused = store->commit(broken, Durability::Full);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == base::ErrorKind::Conflict);
    CHECK(refused.error().text.find(folder.file()) != std::string::npos);
    CHECK(whole_cycles(*store) == 1);
    REQUIRE(store->commit(cycle(2), Durability::Full).has_value());
    CHECK(whole_cycles(*store) == 2);
}

TEST_CASE("A journal entry that does not follow the last one is refused") {
    const Folder folder;
    auto store = open_store(folder.file());
    REQUIRE(store->commit(cycle(1), Durability::Normal).has_value());
    CHECK_FALSE(store->commit(cycle(3), Durability::Normal).has_value());
    CHECK_FALSE(store->commit(cycle(1), Durability::Normal).has_value());
    CHECK(whole_cycles(*store) == 1);
    store = open_store(folder.file("seeded.db"));
    Batch seed;
    seed.snapshot = SnapshotRow{500, "layout", "state"};
    REQUIRE(store->commit(seed, Durability::Full).has_value());
    CHECK_FALSE(store->commit(cycle(1), Durability::Normal).has_value());
    CHECK(store->commit(cycle(501), Durability::Normal).has_value());
}

TEST_CASE("Messages come back by input and order of insertion, whatever their streams") {
    const Folder folder;
    auto store = open_store(folder.file());
    const auto message = [](uint16_t stream, uint64_t seq, uint64_t ordinal) {
        auto row = out_row(seq, ordinal, std::to_string(stream) + ":" + std::to_string(seq));
        row.stream = stream;
        return row;
    };
    Batch first;
    first.journal = {in_row(1), in_row(2)};
    first.outbox = {message(5, 1, 1), message(3, 1, 1), message(4, 1, 2), message(3, 2, 2)};
    REQUIRE(store->commit(first, Durability::Normal).has_value());
    // A later transaction, and after it another process, still write about input 2.
    Batch second;
    second.outbox = {message(1, 1, 2)};
    REQUIRE(store->commit(second, Durability::Normal).has_value());
    store = open_store(folder.file());
    Batch third;
    third.journal = {in_row(3)};
    third.outbox = {message(0, 1, 2), message(9, 1, 3), message(2, 1, 1)};
    REQUIRE(store->commit(third, Durability::Normal).has_value());

    std::vector<OutboxRow> expected = {first.outbox[0], first.outbox[1], third.outbox[2],
                                       first.outbox[2], first.outbox[3], second.outbox[0],
                                       third.outbox[0], third.outbox[1]};
    CHECK(store->outbox_by_ordinal(1, 3) == expected);
    CHECK(store->outbox_by_ordinal(0, UINT64_MAX) == expected);
    CHECK(store->outbox_by_ordinal(3, 3) == std::vector{third.outbox[1]});
    const auto ends = store->outbox_ends();
    CHECK(ends.size() == 7);
    CHECK(ends.at(3) == std::pair(first.outbox[1], first.outbox[3]));
    CHECK(ends.at(0) == std::pair(third.outbox[0], third.outbox[0]));
}

TEST_CASE("Pulling respects the limits of rows and bytes but always moves on") {
    const Folder folder;
    auto store = open_store(folder.file());
    for (uint64_t n = 1; n <= 20; ++n) {
        REQUIRE(store->commit(cycle(n, std::string(100, 'x')), Durability::Normal).has_value());
    }
    CHECK(store->outbox(kOut, 5, 3, 10'000).size() == 3);
    CHECK(store->outbox(kOut, 5, 3, 10'000).front().seq == 5);
    CHECK(store->outbox(kOut, 1, 100, 450).size() == 4);
    CHECK(store->outbox(kOut, 1, 100, 1).size() == 1);
    CHECK(store->outbox(kOut, 21, 100, 1'000).empty());
    CHECK(store->chain_hash(kOut, 13) == out_row(13, 13).chain_hash);
    CHECK_FALSE(store->chain_hash(kOut, 21).has_value());
}

TEST_CASE("A full disk is an error that names the file, and nothing has changed") {
    const Folder folder;
    SqliteOptions options;
    options.pages_max = 60;
    auto store = open_store(folder.file(), options);
    uint64_t n = 0;
    base::Expected<void> done;
    while (done && n < 10'000) {
        done = store->commit(cycle(n + 1, std::string(500, 'x')), Durability::Full);
        n += done ? 1 : 0;
    }
    REQUIRE_FALSE(done.has_value());
    CHECK(done.error().kind == base::ErrorKind::Exhausted);
    CHECK(done.error().text.find(folder.file()) != std::string::npos);
    CHECK(n > 10);
    CHECK(whole_cycles(*store) == n);
    CHECK_FALSE(store->commit(cycle(n + 1, std::string(500, 'x')), Durability::Full).has_value());
    store.reset();
    // With room again it goes on where it stood.
    store = open_store(folder.file());
    CHECK(whole_cycles(*store) == n);
    CHECK(store->commit(cycle(n + 1), Durability::Full).has_value());
}

TEST_CASE("Another writer in the way is an error after a wait, and nothing has changed") {
    const Folder folder;
    SqliteOptions options;
    options.busy_milliseconds = 20;
    auto store = open_store(folder.file(), options);
    REQUIRE(store->commit(cycle(1), Durability::Normal).has_value());
    sqlite3* other = nullptr;
    REQUIRE(sqlite3_open(folder.file().c_str(), &other) == SQLITE_OK);
    REQUIRE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
    const auto busy = store->commit(cycle(2), Durability::Normal);
    REQUIRE_FALSE(busy.has_value());
    CHECK(busy.error().kind == base::ErrorKind::Unavailable);
    CHECK(sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(other);
    CHECK(whole_cycles(*store) == 1);
    CHECK(store->commit(cycle(2), Durability::Normal).has_value());
}

TEST_CASE("A file of a newer version, of another program or of no program is left alone") {
    const Folder folder;
    open_store(folder.file()).reset();
    run_sql(folder.file(), "PRAGMA user_version = 999");
    const auto newer_bytes = bytes_of(folder.file());
    const auto newer = SqliteStore::open(folder.file());
    REQUIRE_FALSE(newer.has_value());
    CHECK(newer.error().kind == base::ErrorKind::Conflict);
    CHECK(newer.error().text.find("newer version (schema 999") != std::string::npos);
    CHECK_FALSE(SqliteStore::open_read_only(folder.file()).has_value());
    CHECK(bytes_of(folder.file()) == newer_bytes);

    const auto foreign_path = folder.file("foreign.db");
    run_sql(foreign_path, "CREATE TABLE customers(name TEXT)");
    const auto foreign_bytes = bytes_of(foreign_path);
    const auto foreign = SqliteStore::open(foreign_path);
    REQUIRE_FALSE(foreign.has_value());
    CHECK(foreign.error().text.find("another program") != std::string::npos);
    CHECK(bytes_of(foreign_path) == foreign_bytes);

    const auto text_path = folder.file("notes.txt");
    std::ofstream(text_path) << std::string(5'000, 'n');
    const auto text = SqliteStore::open(text_path);
    REQUIRE_FALSE(text.has_value());
    CHECK(text.error().kind == base::ErrorKind::Corrupt);
    CHECK(bytes_of(text_path) == std::string(5'000, 'n'));
}

TEST_CASE("The newest three snapshots are kept and the newest is given back") {
    const Folder folder;
    auto store = open_store(folder.file());
    for (uint64_t n = 1; n <= 6; ++n) {
        Batch batch = cycle(n);
        batch.snapshot = SnapshotRow{n, "layout", "state " + std::to_string(n)};
        REQUIRE(store->commit(batch, Durability::Normal).has_value());
    }
    CHECK(store->latest_snapshot() == SnapshotRow{6, "layout", "state 6"});
    store.reset();
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(folder.file().c_str(), &handle) == SQLITE_OK);
    std::string kept;
    sqlite3_exec(
        handle, "SELECT ordinal FROM snapshot ORDER BY ordinal",
        [](void* text, int, char** values, char**) {
            *static_cast<std::string*>(text) += std::string(values[0]) + " ";
            return 0;
        },
        &kept, nullptr);
    sqlite3_close(handle);
    CHECK(kept == "4 5 6 ");
}

TEST_CASE("Journal entries every kept snapshot has passed go, but never the newest ones") {
    const Folder folder;
    SqliteOptions options;
    options.journal_rows_kept = 100;
    auto store = open_store(folder.file(), options);
    const auto add = [&](uint64_t from, uint64_t to, bool snapshot) {
        Batch batch;
        for (uint64_t n = from; n <= to; ++n) {
            batch.journal.push_back(in_row(n));
        }
        if (snapshot) {
            batch.snapshot = SnapshotRow{to, "layout", "state"};
        }
        REQUIRE(store->commit(batch, Durability::Normal).has_value());
    };
    const auto first_kept = [&] { return store->journal(1, 1).front().ordinal; };
    add(1, 500, true);
    CHECK(first_kept() == 401);  // the only snapshot has passed 500, the newest 100 stay
    add(501, 700, false);
    CHECK(first_kept() == 401);
    add(701, 1'000, true);
    CHECK(first_kept() == 501);  // the older snapshot stands at 500
    CHECK(store->last_ordinal() == 1'000);
    CHECK(store->journal(1, 10'000).size() == 500);
}

TEST_CASE("A long backlog of old journal entries goes in shares, not in one commit") {
    const Folder folder;
    SqliteOptions keep_all;
    keep_all.journal_rows_kept = 1'000'000;
    {
        auto store = open_store(folder.file(), keep_all);
        Batch batch;
        for (uint64_t n = 1; n <= 20'000; ++n) {
            batch.journal.push_back(in_row(n));
        }
        batch.snapshot = SnapshotRow{20'000, "layout", "state"};
        REQUIRE(store->commit(batch, Durability::Normal).has_value());
    }
    SqliteOptions keep_few;
    keep_few.journal_rows_kept = 10;
    auto store = open_store(folder.file(), keep_few);
    uint64_t before = 1;
    uint64_t largest = 0;
    for (uint64_t n = 20'001; n <= 20'030; ++n) {
        Batch batch = cycle(n);
        batch.snapshot = SnapshotRow{n, "layout", "state"};
        REQUIRE(store->commit(batch, Durability::Normal).has_value());
        const auto first = store->journal(1, 1).front().ordinal;
        largest = std::max(largest, first - before);
        before = first;
    }
    CHECK(largest > 0);
    CHECK(largest < 2'000);
    CHECK(before > 20'000);
}

TEST_CASE("Retention drops old rows below the consumers' cursors and keeps the newest row") {
    const Folder folder;
    auto store = open_store(folder.file());
    for (uint64_t n = 1; n <= 50; ++n) {
        REQUIRE(store->commit(cycle(n), Durability::Normal).has_value());
    }
    const auto now = wall_clock() + base::seconds(60);
    CHECK(store->purge_outbox(kOut, 100, {0}) == 0);    // nothing is that old
    CHECK(store->purge_outbox(0x0402, 100, now) == 0);  // another stream
    CHECK(store->purge_outbox(kOut, 11, now, 4) == 4);  // in steps
    CHECK(store->purge_outbox(kOut, 11, now) == 6);
    CHECK(store->outbox_ends().at(kOut).first.seq == 11);
    CHECK(store->purge_outbox(kOut, 100, now) == 39);
    CHECK(store->outbox_ends().at(kOut).first.seq == 50);
    CHECK(store->chain_hash(kOut, 50).has_value());
}

TEST_CASE("A tool reads a store beside its service and cannot write it") {
    const Folder folder;
    auto store = open_store(folder.file());
    REQUIRE(store->commit(cycle(1), Durability::Normal).has_value());
    const auto tool = SqliteStore::open_read_only(folder.file());
    REQUIRE(tool.has_value());
    CHECK(whole_cycles(**tool) == 1);
    REQUIRE(store->commit(cycle(2), Durability::Normal).has_value());
    CHECK(whole_cycles(**tool) == 2);
    CHECK_FALSE((*tool)->commit(cycle(3), Durability::Normal).has_value());
    const auto absent = SqliteStore::open_read_only(folder.file("absent.db"));
    REQUIRE_FALSE(absent.has_value());
    CHECK(absent.error().kind == base::ErrorKind::Unavailable);
    CHECK_FALSE(std::filesystem::exists(folder.file("absent.db")));
}

TEST_CASE("The log is copied back and begun anew while commits go on, and nothing is lost") {
    const Folder folder;
    auto store = open_store(folder.file());
    const auto log = folder.file() + "-wal";
    constexpr uint64_t kCommits = 2'000;  // 260 MB through a log begun anew above 64 MB
    uint64_t n = 0;
    uint64_t largest = 0;
    uint64_t seen = 0;
    uint64_t seen_at = 0;
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (n < kCommits && std::chrono::steady_clock::now() < end) {
        // A busy machine may not have run the thread for long; without a pause otherwise.
        if (std::exchange(seen, store->checkpoints()) != seen) {
            seen_at = n;
        } else if (n > seen_at + 200) {
            continue;
        }
        ++n;
        REQUIRE(store->commit(cycle(n, std::string(100'000, 'x')), Durability::Normal).has_value());
        largest = std::max<uint64_t>(largest, std::filesystem::file_size(log));
    }
    CHECK(n == kCommits);
    CHECK(store->checkpoints() > 0);
    CHECK(largest < (160U << 20U));
    const auto last = store->outbox(kOut, n, 1, UINT64_MAX);
    REQUIRE(last.size() == 1);
    CHECK(last.front().payload.size() == 100'000);
    CHECK(store->last_ordinal() == n);
    CHECK(store->quick_check().has_value());
}

TEST_CASE("A damaged file is found by the check at opening") {
    const Folder folder;
    {
        auto store = open_store(folder.file());
        for (uint64_t n = 1; n <= 300; ++n) {
            REQUIRE(store->commit(cycle(n, std::string(300, 'x')), Durability::Normal).has_value());
        }
    }
    {
        std::fstream file(folder.file(), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(4096 * 10);
        file << std::string(4096 * 4, '\x5A');
    }
    SqliteOptions options;
    options.quick_check = true;
    const auto store = SqliteStore::open(folder.file(), options);
    REQUIRE_FALSE(store.has_value());
    CHECK(store.error().kind == base::ErrorKind::Corrupt);
}

}  // namespace
}  // namespace sauda::store::test
