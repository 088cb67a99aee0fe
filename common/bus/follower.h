#pragma once

#include "common/bus/control.h"
#include "common/bus/frame.h"

#include <map>
#include <optional>

namespace sauda::bus {

// Follows one stream of an upstream from a cursor: orders what arrives, drops repeats, notices
// gaps by sequence and lost tails by the watermark, and says what to pull. Pure; wall time is a
// value. Invariant: frames leave in sequence, each once.
class StreamFollower {
 public:
    StreamFollower(StreamId stream, uint64_t cursor, uint64_t chain_hash);

    void offer(Frame frame);
    // The owner's last sequence as a heartbeat or an Advance tells it.
    void note_end(uint64_t last_seq);
    // The reply to a pull. A hash that differs from ours at the cursor means the histories differ.
    void offer(const PullReply& reply);

    // The frame after the cursor if it is here.
    [[nodiscard]] const Frame* front() const;
    // Takes it and moves the cursor.
    Frame pop();
    // Everything up to seq is here or consumed.
    [[nodiscard]] bool has_until(uint64_t seq) const;
    // What to ask for now, at most every kRetry, after a gap has stood for kGrace.
    std::optional<PullRequest> want(int64_t monotonic_ns);

    [[nodiscard]] StreamId stream() const { return stream_; }
    [[nodiscard]] uint64_t cursor() const { return cursor_; }
    [[nodiscard]] uint64_t chain_hash() const { return chain_hash_; }
    [[nodiscard]] uint64_t end() const { return end_; }
    [[nodiscard]] StreamState state() const;
    [[nodiscard]] uint64_t lag() const { return end_ > cursor_ ? end_ - cursor_ : 0; }
    [[nodiscard]] uint64_t duplicates() const { return duplicates_; }
    [[nodiscard]] uint64_t gaps() const { return gaps_; }
    void poison() { is_poisoned_ = true; }
    // Operator act on a poisoned stream: leave out one message.
    void skip();

 private:
    [[nodiscard]] uint64_t first_missing() const;

    static constexpr int64_t kGraceNs = 10'000'000;
    static constexpr int64_t kRetryNs = 200'000'000;
    static constexpr std::size_t kBufferMax = 20'000;

    StreamId stream_;
    uint64_t cursor_;
    uint64_t chain_hash_;
    uint64_t end_;
    std::map<uint64_t, Frame> buffer_;
    int64_t gap_since_ns_ = 0;
    int64_t asked_at_ns_ = 0;
    uint64_t asked_from_ = 0;
    bool is_diverged_ = false;
    bool is_poisoned_ = false;
    uint64_t duplicates_ = 0;
    uint64_t gaps_ = 0;
};

}  // namespace sauda::bus
