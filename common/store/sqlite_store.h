#pragma once

#include "common/store/store.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sauda::store {

struct SqliteOptions {
    bool quick_check = false;  // walk the whole file at opening
    bool maintenance = true;   // checkpoint thread; off = the log grows until closing
    uint64_t journal_rows_kept = 100'000;
    uint64_t pages_max = 0;         // of 4 KiB; 0 = as much as the disk holds
    int busy_milliseconds = 5'000;  // how long a commit waits for another writer
};

// The store in one SQLite file (WAL). Opening creates the folder and the file, or brings an older
// file up to date. A failed commit changed nothing; its error names the file. Reads that fail stop
// the process. One thread owns it, apart from the checkpoint thread inside.
class SqliteStore : public Store {
 public:
    static base::Expected<std::unique_ptr<SqliteStore>> open(const std::string& path,
                                                             const SqliteOptions& options = {});
    // For tools. Sees what is committed; commit() is refused.
    static base::Expected<std::unique_ptr<SqliteStore>> open_read_only(const std::string& path);
    ~SqliteStore() override;

    // Journal ordinals must continue the last one without a hole; else Conflict.
    // A snapshot also drops all but the newest three, and old journal rows every kept snapshot
    // has passed.
    [[nodiscard]] base::Expected<void> commit(const Batch& batch, Durability durability) override;

    [[nodiscard]] std::vector<OutboxRow> outbox(uint16_t stream, uint64_t from_seq,
                                                uint32_t rows_max, uint64_t bytes_max) override;
    [[nodiscard]] std::vector<OutboxRow> outbox_by_ordinal(uint64_t from, uint64_t to) override;
    [[nodiscard]] std::map<uint16_t, std::pair<OutboxRow, OutboxRow>> outbox_ends() override;
    [[nodiscard]] std::optional<uint64_t> chain_hash(uint16_t stream, uint64_t seq) override;
    [[nodiscard]] std::vector<CursorRow> cursors() override;
    [[nodiscard]] std::vector<JournalRow> journal(uint64_t from_ordinal,
                                                  uint32_t rows_max) override;
    [[nodiscard]] uint64_t last_ordinal() override;
    [[nodiscard]] std::optional<SnapshotRow> latest_snapshot() override;
    [[nodiscard]] std::optional<std::string> meta(const std::string& key) override;

    // Every name and value, by name.
    [[nodiscard]] std::map<std::string, std::string> all_meta();
    // Retention: drops rows with seq < below_seq stored before older_than (wall clock), oldest
    // first, at most rows_max. The newest row of a stream always stays. Returns how many went.
    [[nodiscard]] base::Expected<uint64_t> purge_outbox(uint16_t stream, uint64_t below_seq,
                                                        base::Timestamp older_than,
                                                        uint32_t rows_max = 1'000);
    // Corrupt, naming the first fault, when the file is damaged. Reads the whole file.
    [[nodiscard]] base::Expected<void> quick_check();
    // Commits handed to the disk with FULL so far, and checkpoints done.
    [[nodiscard]] uint64_t full_commits() const;
    [[nodiscard]] uint64_t checkpoints() const;

 private:
    struct Impl;
    explicit SqliteStore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace sauda::store
