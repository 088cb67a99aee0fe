#include "common/store/sqlite_maintenance.h"

#include <sqlite3.h>

#include <chrono>
#include <utility>

namespace sauda::store {

namespace {

constexpr uint64_t kPassiveBytes = 4U << 20U;
constexpr uint64_t kRestartBytes = 64U << 20U;
constexpr std::chrono::milliseconds kInterval{1'000};
// RESTART waits for readers while it keeps the writer out, so not for long; it is tried again.
constexpr int kBusyMilliseconds = 100;

}  // namespace

Maintenance::Maintenance(Database database)
    : database_(std::move(database)),
      thread_([this](const std::stop_token& stop) { loop(stop); }) {}

Maintenance::~Maintenance() {
    thread_.request_stop();
    thread_.join();
}

void Maintenance::log_grew(uint64_t bytes) {
    log_bytes_ = bytes;
    const uint64_t copied = copied_bytes_;
    // Smaller than at the last checkpoint: the writer began the log anew.
    const uint64_t fresh = bytes >= copied ? bytes - copied : bytes;
    if (fresh < kPassiveBytes) {
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        if (std::exchange(is_woken_, true)) {
            return;
        }
    }
    wake_.notify_one();
}

void Maintenance::loop(const std::stop_token& stop) {
    sqlite3_busy_timeout(database_.handle(), kBusyMilliseconds);
    // A connection that has read nothing yet does not know of the log: its checkpoints would do
    // nothing and report success.
    (void)database_.number("SELECT count(*) FROM sqlite_schema");
    uint64_t seen = 0;
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, stop, kInterval, [this] { return is_woken_; });
            is_woken_ = false;
        }
        const uint64_t bytes = log_bytes_;
        if (!stop.stop_requested() && std::exchange(seen, bytes) != bytes) {
            checkpoint(bytes);
        }
    }
}

void Maintenance::checkpoint(uint64_t log_bytes) {
    int frames = -1;  // stays so when there is no log
    int code = sqlite3_wal_checkpoint_v2(database_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                         &frames, nullptr);
    ++checkpoints_;
    // RESTART keeps the writer out while it copies; the PASSIVE run above left it little to copy.
    if (code == SQLITE_OK && log_bytes > kRestartBytes) {
        is_restarting_ = true;
        code = sqlite3_wal_checkpoint_v2(database_.handle(), nullptr, SQLITE_CHECKPOINT_RESTART,
                                         nullptr, nullptr);
        is_restarting_ = false;
        is_restarting_.notify_all();
        ++restarts_;
    }
    if (code != SQLITE_OK || frames < 0) {
        ++failures_;
    }
    copied_bytes_ = log_bytes;
}

}  // namespace sauda::store
