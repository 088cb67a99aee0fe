#include "common/service/recovery.h"

#include "common/wire/codec.h"

namespace sauda::service {

namespace {
constexpr uint32_t kJournalChunk = 4096;
constexpr uint32_t kPullChunk = 512;
}  // namespace

std::string pack_snapshot(const kernel::Participant& participant) {
    base::BinaryWriter writer;
    writer.write(participant.last_now());
    writer.write(participant.output_ends());
    writer.write(participant.emitted_hash());
    writer.write(participant.core().save());
    return writer.take();
}

bool unpack_snapshot(std::string_view bytes, kernel::Participant& participant, uint64_t ordinal) {
    base::BinaryReader reader(bytes);
    base::Timestamp now;
    kernel::StreamEnds ends;
    uint64_t emitted_hash = 0;
    std::string state;
    reader.read(now);
    reader.read(ends);
    reader.read(emitted_hash);
    reader.read(state);
    if (!reader.ok() || !reader.at_end() || !participant.core().load(state)) {
        return false;
    }
    participant.restore(ordinal, now, ends, emitted_hash);
    return true;
}

Recovery::Recovery(kernel::Participant& participant, store::Store& store, std::string layout,
                   Log& log)
    : participant_(participant), store_(store), layout_(std::move(layout)), log_(log) {}

void Recovery::start() {
    last_ordinal_ = store_.last_ordinal();
    if (const auto snapshot = store_.latest_snapshot()) {
        if (snapshot->layout != layout_ ||
            !unpack_snapshot(snapshot->state, participant_, snapshot->ordinal)) {
            log_.warn("system", "the snapshot is of another version; rebuilding from the journal");
        }
    }
    const uint64_t done = participant_.last_ordinal();
    const auto rows = store_.journal(done + 1, 1);
    const uint64_t first = rows.empty() ? last_ordinal_ + 1 : rows.front().ordinal;
    if (first > done + 1) {
        // The journal does not reach back: durable state still comes from our own events.
        apply_outputs(done + 1, first - 1);
        participant_.restore(first - 1, participant_.last_now(), {}, participant_.emitted_hash());
    }
}

bool Recovery::step() {
    while (true) {
        if (rows_.empty()) {
            const uint64_t done = participant_.last_ordinal();
            if (done >= last_ordinal_) {
                frames_.clear();
                return true;
            }
            for (auto& row : store_.journal(done + 1, kJournalChunk)) {
                rows_.push_back(std::move(row));
            }
            INVARIANT(!rows_.empty());
        }
        if (!replay(rows_.front())) {
            return false;
        }
        rows_.pop_front();
    }
}

bool Recovery::replay(const store::JournalRow& row) {
    const auto stream = static_cast<domain::StreamId>(row.stream);
    const bool is_observed =
        row.kind != store::JournalKind::Timer && domain::is_market_derived(stream);
    if (is_observed && !(is_cold_ && row.kind == store::JournalKind::Input)) {
        const auto message = message_of(row);
        if (!message) {
            return false;
        }
        participant_.replay_input(row.ordinal, *message, row.now);
    } else {
        participant_.replay_silent(row.ordinal, row.now);
    }
    apply_outputs(row.ordinal, row.ordinal);
    ++replayed_;
    return true;
}

std::optional<domain::Message> Recovery::message_of(const store::JournalRow& row) {
    const auto stream = static_cast<domain::StreamId>(row.stream);
    domain::Message message{.stream = stream, .seq = row.seq, .meta = {}, .payload = {}};
    std::string payload;
    uint16_t schema = 0;
    if (row.kind == store::JournalKind::Local) {
        INVARIANT(row.local_payload.size() >= 2);
        schema = static_cast<uint16_t>(static_cast<uint8_t>(row.local_payload[0]) |
                                       static_cast<uint8_t>(row.local_payload[1]) << 8U);
        payload = row.local_payload.substr(2);
    } else {
        const auto it = frames_.find({row.stream, row.seq});
        if (it == frames_.end()) {
            want_ = bus::PullRequest{.stream = stream, .from = row.seq, .frames_max = kPullChunk};
            return std::nullopt;
        }
        schema = it->second.schema;
        payload = std::move(it->second.payload);
        frames_.erase(it);
    }
    auto decoded = wire::decode(stream, schema, payload);
    INVARIANT(decoded.has_value());  // it was consumed once, so it was valid
    message.meta = std::move(decoded->meta);
    message.payload = std::move(decoded->payload);
    return message;
}

void Recovery::apply_outputs(uint64_t from, uint64_t to) {
    for (const auto& row : store_.outbox_by_ordinal(from, to)) {
        const auto stream = static_cast<domain::StreamId>(row.stream);
        auto decoded = wire::decode(stream, row.schema, row.payload);
        INVARIANT(decoded.has_value());  // our own bytes
        participant_.replay_output({.stream = stream,
                                    .seq = row.seq,
                                    .meta = std::move(decoded->meta),
                                    .payload = std::move(decoded->payload)});
    }
}

std::optional<bus::PullRequest> Recovery::want() const { return want_; }

void Recovery::offer(const bus::PullReply& reply) {
    if (!want_ || reply.stream != want_->stream) {
        return;
    }
    for (const auto& frame : reply.frames) {
        frames_.insert_or_assign({static_cast<uint16_t>(frame.stream), frame.seq}, frame);
    }
    if (!reply.frames.empty()) {
        want_.reset();
    }
}

}  // namespace sauda::service
