#pragma once

#include "common/store/store.h"

#include <algorithm>
#include <functional>
#include <stdexcept>

namespace sauda::test {

// Thrown by a crash point: the process is gone. What was committed stays.
struct Crash {};

// A Store in memory that outlives its host: a restarted host opens the same object. Before and
// after each commit it asks `crash_point`, which may throw Crash.
class MemoryStore : public store::Store {
 public:
    std::function<void(const char* where)> crash_point = [](const char*) {};
    // Asked before each commit: true and the commit fails as on a full disk.
    std::function<bool()> is_full = [] { return false; };
    // Sees what was committed, once each.
    std::function<void(const store::Batch&)> on_commit = [](const store::Batch&) {};
    // Protections can be switched off, to see the tests fail.
    bool loses_cursors = false;
    bool loses_outbox = false;

    base::Expected<void> commit(const store::Batch& batch, store::Durability) override {
        crash_point("before commit");
        if (is_full()) {
            return base::fail(base::ErrorKind::Exhausted, "no room left in memory");
        }
        keep_outbox(batch);
        for (const auto& row : batch.journal) {
            if (row.ordinal != journal_.size() + 1) {
                throw std::logic_error("journal has a hole");
            }
            journal_.push_back(row);
        }
        if (!loses_cursors) {
            for (const auto& row : batch.cursors) {
                cursors_[row.stream] = row;
            }
        }
        if (batch.snapshot) {
            snapshot_ = batch.snapshot;
        }
        for (const auto& [key, value] : batch.meta) {
            meta_[key] = value;
        }
        on_commit(batch);
        crash_point("after commit");
        return {};
    }

    std::vector<store::OutboxRow> outbox(uint16_t stream, uint64_t from, uint32_t rows_max,
                                         uint64_t) override {
        const auto& all = outbox_[stream];
        std::vector<store::OutboxRow> rows;
        for (auto i = place_of(all, from); i < all.size() && rows.size() < rows_max; ++i) {
            rows.push_back(all[i]);
        }
        return rows;
    }
    std::vector<store::OutboxRow> outbox_by_ordinal(uint64_t from, uint64_t to) override {
        std::vector<store::OutboxRow> rows;
        const auto before = [this](const Place& place, uint64_t ordinal) {
            return outbox_[place.stream][place.index].ordinal < ordinal;
        };
        auto it = std::lower_bound(by_ordinal_.begin(), by_ordinal_.end(), from, before);
        for (; it != by_ordinal_.end(); ++it) {
            const auto& row = outbox_[it->stream][it->index];
            if (row.ordinal > to) {
                break;
            }
            rows.push_back(row);
        }
        return rows;
    }
    std::map<uint16_t, std::pair<store::OutboxRow, store::OutboxRow>> outbox_ends() override {
        std::map<uint16_t, std::pair<store::OutboxRow, store::OutboxRow>> ends;
        for (const auto& [stream, rows] : outbox_) {
            if (!rows.empty()) {
                ends[stream] = {rows.front(), rows.back()};
            }
        }
        return ends;
    }
    std::optional<uint64_t> chain_hash(uint16_t stream, uint64_t seq) override {
        const auto& all = outbox_[stream];
        const auto place = place_of(all, seq);
        return place < all.size() && all[place].seq == seq ? std::optional(all[place].chain_hash)
                                                           : std::nullopt;
    }
    std::vector<store::CursorRow> cursors() override {
        std::vector<store::CursorRow> rows;
        for (const auto& [stream, row] : cursors_) {
            rows.push_back(row);
        }
        return rows;
    }
    std::vector<store::JournalRow> journal(uint64_t from, uint32_t rows_max) override {
        std::vector<store::JournalRow> rows;
        for (uint64_t n = from; n <= journal_.size() && rows.size() < rows_max; ++n) {
            rows.push_back(journal_[n - 1]);
        }
        return rows;
    }
    uint64_t last_ordinal() override { return journal_.size(); }
    std::optional<store::SnapshotRow> latest_snapshot() override { return snapshot_; }
    std::optional<std::string> meta(const std::string& key) override {
        const auto it = meta_.find(key);
        return it == meta_.end() ? std::nullopt : std::optional(it->second);
    }

    [[nodiscard]] const std::map<uint16_t, std::vector<store::OutboxRow>>& all_outbox() const {
        return outbox_;
    }

 private:
    struct Place {
        uint16_t stream = 0;
        std::size_t index = 0;
    };

    void keep_outbox(const store::Batch& batch) {
        for (const auto& row : batch.outbox) {
            if (loses_outbox) {
                return;
            }
            auto& rows = outbox_[row.stream];
            if (!rows.empty() && row.seq != rows.back().seq + 1) {
                throw std::logic_error("outbox has a hole");
            }
            rows.push_back(row);
            by_ordinal_.push_back({row.stream, rows.size() - 1});
        }
    }
    // Rows stand without holes, so the place follows from the sequence.
    static std::size_t place_of(const std::vector<store::OutboxRow>& rows, uint64_t seq) {
        return rows.empty() || seq <= rows.front().seq ? 0 : seq - rows.front().seq;
    }

    std::map<uint16_t, std::vector<store::OutboxRow>> outbox_;
    std::vector<Place> by_ordinal_;
    std::map<uint16_t, store::CursorRow> cursors_;
    std::vector<store::JournalRow> journal_;
    std::optional<store::SnapshotRow> snapshot_;
    std::map<std::string, std::string> meta_;
};

}  // namespace sauda::test
