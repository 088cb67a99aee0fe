#pragma once

#include "common/base/hash.h"
#include "common/store/sqlite_store.h"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace sauda::store::test {

// A folder for one test, removed with it.
class Folder {
 public:
    Folder() {
        std::string name = "/tmp/sauda_store_XXXXXX";
        path_ = mkdtemp(name.data());
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] std::string file(std::string_view name = "service.db") const {
        return path_ + "/" + std::string(name);
    }

 private:
    std::string path_;
};

inline std::unique_ptr<SqliteStore> open_store(const std::string& path,
                                               const SqliteOptions& options = {}) {
    auto store = SqliteStore::open(path, options);
    if (!store) {
        throw std::runtime_error(store.error().text);
    }
    return std::move(*store);
}

inline constexpr uint16_t kOut = 0x0401;  // published
inline constexpr uint16_t kIn = 0x0301;   // consumed

inline OutboxRow out_row(uint64_t seq, uint64_t ordinal, std::string payload = "payload") {
    return {.stream = kOut,
            .seq = seq,
            .epoch = 1,
            .ordinal = ordinal,
            .schema = 9,
            .chain_hash = base::hash_bytes(std::to_string(seq)),
            .payload = std::move(payload)};
}
inline JournalRow in_row(uint64_t ordinal) {
    return {.ordinal = ordinal,
            .kind = JournalKind::Input,
            .stream = kIn,
            .epoch = 1,
            .seq = ordinal,
            .now = {static_cast<int64_t>(ordinal) * 1'000},
            .local_payload = {}};
}

// What one cycle of a host writes for input n: its journal entry, the message it led to, the
// cursor on the input, and a note; all must be there or none.
inline Batch cycle(uint64_t n, std::string payload = "payload") {
    Batch batch;
    batch.journal.push_back(in_row(n));
    batch.outbox.push_back(out_row(n, n, std::move(payload)));
    batch.cursors.push_back({kIn, 1, n, n * 31});
    batch.meta["last"] = std::to_string(n);
    return batch;
}

// The number of whole cycles in the store. Fails the test when one is there in part.
inline uint64_t whole_cycles(SqliteStore& store) {
    const auto n = store.last_ordinal();
    const auto ends = store.outbox_ends();
    const auto cursors = store.cursors();
    if (n == 0) {
        CHECK(ends.empty());
        CHECK(cursors.empty());
        CHECK_FALSE(store.meta("last").has_value());
        return 0;
    }
    REQUIRE(ends.contains(kOut));
    CHECK(ends.at(kOut).first.seq == 1);
    CHECK(ends.at(kOut).second.seq == n);
    REQUIRE(cursors.size() == 1);
    CHECK(cursors.front() == CursorRow{kIn, 1, n, n * 31});
    CHECK(store.meta("last") == std::to_string(n));
    const auto journal = store.journal(1, static_cast<uint32_t>(n) + 10);
    const auto outbox = store.outbox(kOut, 1, static_cast<uint32_t>(n) + 10, UINT64_MAX);
    REQUIRE(journal.size() == n);
    REQUIRE(outbox.size() == n);
    for (uint64_t i = 1; i <= n; ++i) {
        REQUIRE(journal[i - 1] == in_row(i));
        REQUIRE(outbox[i - 1] == out_row(i, i, outbox[i - 1].payload));
    }
    return n;
}

}  // namespace sauda::store::test
