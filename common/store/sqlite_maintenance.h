#pragma once

#include "common/store/sqlite_database.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>
#include <thread>

namespace sauda::store {

// Copies the write-ahead log back into the database file in a thread of its own, so that a commit
// never pays for it: PASSIVE each second or each 4 MB, and RESTART when the log has passed 64 MB.
// Failures are counted and tried again; the log keeps everything until one succeeds.
class Maintenance {
 public:
    // `database` is this thread's own connection to the same file.
    explicit Maintenance(Database database);
    Maintenance(const Maintenance&) = delete;
    Maintenance& operator=(const Maintenance&) = delete;
    ~Maintenance();

    // The log's size after a commit. Called by the writer; cheap.
    void log_grew(uint64_t bytes);
    // Called by the writer before each transaction: waits while a RESTART runs. Without it a writer
    // that never pauses keeps the lock from it, and the log grows without bound.
    void give_way() const { is_restarting_.wait(true); }

    [[nodiscard]] uint64_t checkpoints() const { return checkpoints_; }
    [[nodiscard]] uint64_t restarts() const { return restarts_; }
    [[nodiscard]] uint64_t failures() const { return failures_; }

 private:
    void loop(const std::stop_token& stop);
    void checkpoint(uint64_t log_bytes);

    Database database_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::atomic<uint64_t> log_bytes_ = 0;
    std::atomic<uint64_t> copied_bytes_ = 0;  // log size at the last checkpoint
    std::atomic<bool> is_restarting_ = false;
    std::atomic<uint64_t> checkpoints_ = 0;
    std::atomic<uint64_t> restarts_ = 0;
    std::atomic<uint64_t> failures_ = 0;
    bool is_woken_ = false;
    std::jthread thread_;  // last member: it uses the others
};

}  // namespace sauda::store
