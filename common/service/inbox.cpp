#include "common/service/inbox.h"

#include <algorithm>

namespace sauda::service {

namespace {
constexpr uint64_t kRefusalsLoggedMax = 20;
}

Inbox::Inbox(const std::vector<domain::StreamId>& inputs, uint64_t run, Log& log)
    : run_(run), log_(log) {
    for (const auto stream : inputs) {
        followers_.emplace(stream, bus::StreamFollower(stream, 0, 0));
    }
}

void Inbox::restore(const std::vector<store::CursorRow>& cursors) {
    for (const auto& row : cursors) {
        const auto stream = static_cast<domain::StreamId>(row.stream);
        if (followers_.contains(stream)) {
            followers_.insert_or_assign(stream,
                                        bus::StreamFollower(stream, row.seq, row.chain_hash));
            committed_[stream] = row.seq;
            auto& epoch = epochs_[domain::owner_of(stream)];
            epoch = std::max(epoch, row.epoch);
        }
    }
}

bool Inbox::is_input(domain::StreamId stream) const { return followers_.contains(stream); }

void Inbox::offer(const bus::FrameArrived& arrival) {
    const auto it = followers_.find(arrival.frame.stream);
    if (it == followers_.end()) {
        return;
    }
    // A publisher of an older epoch is a process that should be dead.
    auto& epoch = epochs_[arrival.from];
    if ((arrival.frame.flags & bus::kReplayed) == 0) {
        if (arrival.frame.epoch < epoch) {
            count_refusal("frame of an older epoch of " + std::string(to_text(arrival.from)));
            return;
        }
        epoch = arrival.frame.epoch;
    }
    it->second.offer(arrival.frame);
}

void Inbox::offer(const bus::PullReply& reply) {
    const auto it = followers_.find(reply.stream);
    if (it != followers_.end()) {
        it->second.offer(reply);
    }
}

void Inbox::note(const bus::Heartbeat& heartbeat) {
    if (heartbeat.run != run_) {
        return;
    }
    auto& epoch = epochs_[heartbeat.service];
    if (heartbeat.epoch < epoch) {
        return;
    }
    epoch = heartbeat.epoch;
    for (const auto& end : heartbeat.streams) {
        note_end(end.stream, end.last_seq);
    }
}

void Inbox::note_end(domain::StreamId stream, uint64_t last_seq) {
    const auto it = followers_.find(stream);
    if (it != followers_.end()) {
        it->second.note_end(last_seq);
    }
}

bool Inbox::has_until(const std::map<domain::StreamId, uint64_t>& ends) const {
    return std::all_of(ends.begin(), ends.end(), [this](const auto& end) {
        const auto it = followers_.find(end.first);
        return it == followers_.end() || it->second.has_until(end.second);
    });
}

std::vector<domain::Message> Inbox::take_until(const std::map<domain::StreamId, uint64_t>& ends,
                                               std::size_t limit) {
    std::vector<domain::Message> messages;
    for (const auto& [stream, seq] : ends) {
        const auto it = followers_.find(stream);
        while (it != followers_.end() && it->second.cursor() < seq && messages.size() < limit &&
               it->second.front() != nullptr) {
            if (auto message = take(it->second)) {
                messages.push_back(std::move(*message));
            }
        }
    }
    return messages;
}

std::vector<domain::Message> Inbox::take_ready(std::size_t limit) {
    std::vector<domain::Message> messages;
    for (auto& [stream, follower] : followers_) {
        while (messages.size() < limit && follower.front() != nullptr) {
            if (auto message = take(follower)) {
                messages.push_back(std::move(*message));
            }
        }
    }
    return messages;
}

std::optional<domain::Message> Inbox::take(bus::StreamFollower& follower) {
    const bus::Frame& frame = *follower.front();
    auto decoded = wire::decode(frame.stream, frame.schema, frame.payload);
    if (!decoded) {
        // A durable fact that cannot be read stops its stream: skipping it is the owner's act.
        count_refusal(decoded.error().text);
        if (domain::class_of(frame.stream) == domain::StreamClass::Durable) {
            log_.error("system", "stream " + domain::topic_of(frame.stream) + " stopped at " +
                                     std::to_string(frame.seq) + ": " + decoded.error().text);
            follower.poison();
            return std::nullopt;
        }
        follower.pop();
        return std::nullopt;
    }
    if (domain::class_of(frame.stream) == domain::StreamClass::Durable &&
        decoded->meta.run != run_) {
        count_refusal("message of another run");
        log_.error("system", "stream " + domain::topic_of(frame.stream) +
                                 " carries a message of another run");
        follower.poison();
        return std::nullopt;
    }
    for (const auto& refusal : decoded->refusals) {
        count_refusal(std::string(refusal.rule));
    }
    if (const auto refusal = time_order_.check(frame.stream, decoded->meta)) {
        count_refusal(std::string(refusal->rule));
        follower.pop();
        return std::nullopt;
    }
    domain::Message message{.stream = frame.stream,
                            .seq = frame.seq,
                            .meta = std::move(decoded->meta),
                            .payload = std::move(decoded->payload)};
    if (on_taken) {
        on_taken(frame, message.meta);
    }
    follower.pop();
    return message;
}

std::vector<std::pair<domain::Service, bus::PullRequest>> Inbox::wants(int64_t monotonic_ns) {
    std::vector<std::pair<domain::Service, bus::PullRequest>> wants;
    for (auto& [stream, follower] : followers_) {
        if (const auto want = follower.want(monotonic_ns)) {
            wants.emplace_back(domain::owner_of(stream), *want);
        }
    }
    return wants;
}

std::vector<store::CursorRow> Inbox::take_moved_cursors() {
    std::vector<store::CursorRow> rows;
    for (const auto& [stream, follower] : followers_) {
        auto& committed = committed_[stream];
        if (follower.cursor() != committed) {
            committed = follower.cursor();
            rows.push_back({.stream = static_cast<uint16_t>(stream),
                            .epoch = epochs_[domain::owner_of(stream)],
                            .seq = follower.cursor(),
                            .chain_hash = follower.chain_hash()});
        }
    }
    return rows;
}

std::vector<bus::StreamCursor> Inbox::cursors() const {
    std::vector<bus::StreamCursor> cursors;
    for (const auto& [stream, follower] : followers_) {
        cursors.push_back({.stream = stream, .seq = follower.cursor(), .state = follower.state()});
    }
    return cursors;
}

bool Inbox::is_caught_up() const {
    return std::all_of(followers_.begin(), followers_.end(), [](const auto& entry) {
        return entry.second.state() != bus::StreamState::Replaying;
    });
}

std::optional<std::string> Inbox::trouble() const {
    for (const auto& [stream, follower] : followers_) {
        if (follower.state() == bus::StreamState::Diverged) {
            return "the history of " + domain::topic_of(stream) +
                   " differs from what was consumed before: a restored backup or a deleted file. "
                   "Nothing is sent; restore the newer database, or `sauda reset` the environment.";
        }
        if (follower.state() == bus::StreamState::Poisoned) {
            return "message " + std::to_string(follower.cursor() + 1) + " of " +
                   domain::topic_of(stream) +
                   " cannot be read. Look at it, then `sauda skip` it with a reason.";
        }
    }
    return std::nullopt;
}

uint64_t Inbox::duplicates() const {
    uint64_t n = 0;
    for (const auto& [stream, follower] : followers_) {
        n += follower.duplicates();
    }
    return n;
}

uint64_t Inbox::gaps() const {
    uint64_t n = 0;
    for (const auto& [stream, follower] : followers_) {
        n += follower.gaps();
    }
    return n;
}

void Inbox::count_malformed(const std::string& what) { count_refusal(what); }

void Inbox::count_refusal(const std::string& what) {
    ++refused_;
    if (++refusals_[what] == 1 && refusals_.size() <= kRefusalsLoggedMax) {
        log_.warn("market_data", "refused: " + what);
    }
}

bool Inbox::skip(domain::StreamId stream) {
    const auto it = followers_.find(stream);
    if (it == followers_.end() || it->second.state() != bus::StreamState::Poisoned) {
        return false;
    }
    it->second.skip();
    return true;
}

}  // namespace sauda::service
