#include "common/bus/follower.h"

#include "common/base/invariant.h"
#include "common/bus/protections.h"

#include <algorithm>

namespace sauda::bus {

StreamFollower::StreamFollower(StreamId stream, uint64_t cursor, uint64_t chain_hash)
    : stream_(stream), cursor_(cursor), chain_hash_(chain_hash), end_(cursor) {}

void StreamFollower::offer(Frame frame) {
    if (frame.seq <= cursor_ || buffer_.contains(frame.seq)) {
        ++duplicates_;
        if (protections().drops_repeats) {
            return;
        }
    }
    end_ = std::max(end_, frame.seq);
    // A full buffer forgets the newest: a pull brings it again.
    if (buffer_.size() >= kBufferMax) {
        const auto newest = std::prev(buffer_.end());
        if (frame.seq > newest->first) {
            return;
        }
        buffer_.erase(newest);
    }
    buffer_.emplace(frame.seq, std::move(frame));
}

void StreamFollower::note_end(uint64_t last_seq) {
    if (protections().has_watermark) {
        end_ = std::max(end_, last_seq);
    }
}

void StreamFollower::offer(const PullReply& reply) {
    asked_at_ns_ = 0;
    const bool is_durable = domain::class_of(stream_) == domain::StreamClass::Durable;
    if (is_durable && reply.from == cursor_ + 1 && cursor_ > 0 && reply.last_seq >= cursor_ &&
        reply.chain_before != chain_hash_) {
        is_diverged_ = true;
        return;
    }
    note_end(reply.last_seq);
    for (const auto& frame : reply.frames) {
        if (frame.seq > cursor_ && !buffer_.contains(frame.seq)) {
            offer(frame);
        }
    }
}

const Frame* StreamFollower::front() const {
    if (is_diverged_ || is_poisoned_ || buffer_.empty() || buffer_.begin()->first > cursor_ + 1) {
        return nullptr;
    }
    return &buffer_.begin()->second;
}

Frame StreamFollower::pop() {
    INVARIANT(front() != nullptr);
    Frame frame = std::move(buffer_.begin()->second);
    buffer_.erase(buffer_.begin());
    cursor_ = frame.seq;
    if (domain::class_of(stream_) == domain::StreamClass::Durable) {
        chain_hash_ = next_chain_hash(chain_hash_, frame.seq, frame.schema, frame.payload);
    }
    return frame;
}

void StreamFollower::skip() {
    is_poisoned_ = false;
    if (front() != nullptr) {
        pop();
    }
}

uint64_t StreamFollower::first_missing() const {
    uint64_t next = cursor_ + 1;
    for (auto it = buffer_.begin(); it != buffer_.end() && it->first == next; ++it) {
        ++next;
    }
    return next;
}

bool StreamFollower::has_until(uint64_t seq) const {
    if (cursor_ >= seq) {
        return true;
    }
    if (is_diverged_ || is_poisoned_ || !buffer_.contains(seq)) {
        return false;
    }
    return first_missing() > seq;
}

std::optional<PullRequest> StreamFollower::want(int64_t monotonic_ns) {
    if (is_diverged_ || is_poisoned_ || end_ <= cursor_) {
        gap_since_ns_ = 0;
        return std::nullopt;
    }
    const uint64_t missing = first_missing();
    if (missing > end_) {
        gap_since_ns_ = 0;
        return std::nullopt;
    }
    if (gap_since_ns_ == 0) {
        gap_since_ns_ = monotonic_ns;
        return std::nullopt;
    }
    if (monotonic_ns - gap_since_ns_ < kGraceNs) {
        return std::nullopt;
    }
    if (asked_at_ns_ != 0 && asked_from_ == missing && monotonic_ns - asked_at_ns_ < kRetryNs) {
        return std::nullopt;
    }
    if (asked_from_ != missing) {
        ++gaps_;
    }
    asked_at_ns_ = monotonic_ns;
    asked_from_ = missing;
    return PullRequest{.stream = stream_, .from = missing, .frames_max = 512};
}

StreamState StreamFollower::state() const {
    if (is_poisoned_) {
        return StreamState::Poisoned;
    }
    if (is_diverged_) {
        return StreamState::Diverged;
    }
    if (end_ == 0 && cursor_ == 0) {
        return StreamState::Cold;
    }
    return first_missing() <= end_ ? StreamState::Replaying : StreamState::Following;
}

}  // namespace sauda::bus
