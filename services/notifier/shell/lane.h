#pragma once

#include "services/notifier/shell/carrier.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace sauda::notifier {

struct RetryPolicy {
    base::Duration first = base::seconds(1);  // doubled with each try
    base::Duration most = base::minutes(5);
    base::Duration give_up = base::minutes(60);  // after the first try of a parcel
};

// What became of a parcel, or news of one still under way.
struct LaneReport {
    enum class Kind : uint8_t { Sent, GaveUp, Trouble, Moved };
    Kind kind = Kind::Sent;
    std::string text;  // Moved: the new receiver
    uint32_t tries = 0;
};

// Delivers one parcel at a time on a thread of its own, trying again until it is taken or given up.
// The owner submits the next one only after it has remembered that the last was done: so a kill
// repeats one parcel at most.
class Lane {
 public:
    using MakeCarrier = std::function<std::unique_ptr<Carrier>(const std::atomic<bool>& stopping)>;

    Lane(std::string name, const MakeCarrier& make, RetryPolicy policy);
    ~Lane();
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] std::size_t lines_max() const { return lines_max_; }
    // Neither a parcel nor an untaken report.
    [[nodiscard]] bool is_free();
    void submit(Parcel parcel);  // only when is_free()
    // Reports in order; Sent and GaveUp end the parcel.
    std::vector<LaneReport> take();
    // Lets a transfer under way end, at most `grace`; then nothing is tried any more.
    void stop(base::Duration grace);

 private:
    void run();
    void carry(const Parcel& parcel);
    void report(LaneReport report);
    void wait(base::Duration duration);

    std::string name_;
    RetryPolicy policy_;
    std::atomic<bool> is_stopping_{false};  // ends waits and what is tried next
    std::atomic<bool> is_cut_{false};       // ends a transfer under way
    std::unique_ptr<Carrier> carrier_;
    std::size_t lines_max_ = 1;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<Parcel> parcel_;
    bool is_transferring_ = false;
    std::vector<LaneReport> reports_;
    std::thread thread_;
};

}  // namespace sauda::notifier
