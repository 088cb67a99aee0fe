#pragma once

#include "common/bus/follower.h"
#include "common/bus/transport.h"
#include "common/domain/message.h"
#include "common/service/log.h"
#include "common/store/store.h"
#include "common/wire/codec.h"
#include "common/wire/time_check.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sauda::service {

// Follows every input stream and hands out validated messages in sequence. The one place where
// what others sent becomes a domain value.
class Inbox {
 public:
    Inbox(const std::vector<domain::StreamId>& inputs, uint64_t run, Log& log);
    void restore(const std::vector<store::CursorRow>& cursors);

    // Sees every frame that is handed out, as it came (the recorder's tap).
    std::function<void(const bus::Frame&, const domain::Meta&)> on_taken;

    void offer(const bus::FrameArrived& arrival);
    void offer(const bus::PullReply& reply);
    void note(const bus::Heartbeat& heartbeat);
    void note_end(domain::StreamId stream, uint64_t last_seq);

    [[nodiscard]] bool is_input(domain::StreamId stream) const;
    // All inputs are here up to these sequence numbers.
    [[nodiscard]] bool has_until(const std::map<domain::StreamId, uint64_t>& ends) const;
    // Takes what stands between cursor and ends (at most `limit` messages).
    std::vector<domain::Message> take_until(const std::map<domain::StreamId, uint64_t>& ends,
                                            std::size_t limit);
    // Takes what is contiguous, stream after stream, at most `limit` messages.
    std::vector<domain::Message> take_ready(std::size_t limit);

    // What to ask whom now.
    std::vector<std::pair<domain::Service, bus::PullRequest>> wants(int64_t monotonic_ns);
    // Cursors moved since the last call.
    std::vector<store::CursorRow> take_moved_cursors();
    [[nodiscard]] std::vector<bus::StreamCursor> cursors() const;

    // Follows everything and lags nothing that matters.
    [[nodiscard]] bool is_caught_up() const;
    [[nodiscard]] std::optional<std::string> trouble() const;  // diverged or poisoned, in words
    [[nodiscard]] uint64_t refused() const { return refused_; }
    [[nodiscard]] const std::map<std::string, uint64_t>& refusals() const { return refusals_; }
    [[nodiscard]] uint64_t duplicates() const;
    [[nodiscard]] uint64_t gaps() const;
    void count_malformed(const std::string& what);
    bool skip(domain::StreamId stream);

 private:
    std::optional<domain::Message> take(bus::StreamFollower& follower);
    void count_refusal(const std::string& what);

    uint64_t run_;
    Log& log_;
    std::map<domain::StreamId, bus::StreamFollower> followers_;
    std::map<domain::StreamId, uint64_t> committed_;
    std::map<domain::Service, uint64_t> epochs_;
    wire::TimeOrder time_order_;
    uint64_t refused_ = 0;
    std::map<std::string, uint64_t> refusals_;
};

}  // namespace sauda::service
