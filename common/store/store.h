#pragma once

#include "common/base/expected.h"
#include "common/base/timestamp.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sauda::store {

// Streams are plain numbers here (domain::StreamId): the store knows nothing of their meaning.

// A published durable message with the consumed input that led to it.
struct OutboxRow {
    uint16_t stream = 0;
    uint64_t seq = 0;
    uint64_t epoch = 0;
    uint64_t ordinal = 0;  // journal entry it came from
    uint16_t schema = 0;
    uint64_t chain_hash = 0;
    std::string payload;  // exact wire bytes
    friend bool operator==(const OutboxRow&, const OutboxRow&) = default;
};
struct CursorRow {
    uint16_t stream = 0;
    uint64_t epoch = 0;
    uint64_t seq = 0;
    uint64_t chain_hash = 0;  // at seq, durable streams
    friend bool operator==(const CursorRow&, const CursorRow&) = default;
};
enum class JournalKind : uint8_t { Input = 1, Timer = 2, Local = 3 };
// One consumed input (or fired timer), in the order consumed. ordinal counts from 1 without holes.
struct JournalRow {
    uint64_t ordinal = 0;
    JournalKind kind = JournalKind::Input;
    uint16_t stream = 0;
    uint64_t epoch = 0;
    uint64_t seq = 0;
    base::Timestamp now;
    std::string local_payload;  // Local only: nobody else could give it back
    friend bool operator==(const JournalRow&, const JournalRow&) = default;
};
struct SnapshotRow {
    uint64_t ordinal = 0;  // state after this journal entry
    std::string layout;    // what wrote it; another layout is not loaded
    std::string state;
    friend bool operator==(const SnapshotRow&, const SnapshotRow&) = default;
};

// Normal survives kill -9; Full also a power cut.
enum class Durability : uint8_t { Normal, Full };

// Everything one cycle changes, in one transaction.
struct Batch {
    std::vector<OutboxRow> outbox;
    std::vector<CursorRow> cursors;
    std::vector<JournalRow> journal;
    std::optional<SnapshotRow> snapshot;
    std::map<std::string, std::string> meta;
    [[nodiscard]] bool empty() const {
        return outbox.empty() && cursors.empty() && journal.empty() && !snapshot && meta.empty();
    }
};

// The durable memory of one service. Single writer, one thread. SQLite implements it
// (sqlite_store.h); tests/support implements it in memory with crash points.
class Store {
 public:
    virtual ~Store() = default;
    // All or nothing. An error (disk full, ...) leaves everything as it was.
    [[nodiscard]] virtual base::Expected<void> commit(const Batch& batch,
                                                      Durability durability) = 0;

    [[nodiscard]] virtual std::vector<OutboxRow> outbox(uint16_t stream, uint64_t from_seq,
                                                        uint32_t rows_max, uint64_t bytes_max) = 0;
    // Rows of all streams with ordinal in [from, to], ordered by (ordinal, insertion).
    [[nodiscard]] virtual std::vector<OutboxRow> outbox_by_ordinal(uint64_t from, uint64_t to) = 0;
    // First and last row of every stream in the outbox.
    [[nodiscard]] virtual std::map<uint16_t, std::pair<OutboxRow, OutboxRow>> outbox_ends() = 0;
    // Chain hash at seq; nullopt if the row is gone.
    [[nodiscard]] virtual std::optional<uint64_t> chain_hash(uint16_t stream, uint64_t seq) = 0;
    [[nodiscard]] virtual std::vector<CursorRow> cursors() = 0;
    [[nodiscard]] virtual std::vector<JournalRow> journal(uint64_t from_ordinal,
                                                          uint32_t rows_max) = 0;
    [[nodiscard]] virtual uint64_t last_ordinal() = 0;
    [[nodiscard]] virtual std::optional<SnapshotRow> latest_snapshot() = 0;
    [[nodiscard]] virtual std::optional<std::string> meta(const std::string& key) = 0;
};

}  // namespace sauda::store
