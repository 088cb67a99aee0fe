#include "common/recording/source_recording.h"

#include <algorithm>

namespace sauda::recording {

using base::ErrorKind;
using base::Expected;
using base::fail;
using domain::StreamId;

Expected<SourceRecording> SourceRecording::open(const std::string& path) {
    auto reader = RecordingReader::open(path);
    if (!reader) {
        return std::unexpected(reader.error());
    }
    SourceRecording recording(std::move(*reader));
    if (recording.streams_.empty()) {
        return fail(ErrorKind::Invalid, path + " holds no market data");
    }
    if (auto done = recording.find_source(); !done) {
        return std::unexpected(done.error());
    }
    return recording;
}

SourceRecording::SourceRecording(RecordingReader reader) : reader_(std::move(reader)) {
    const auto& chunks = reader_.file().chunks();
    for (const auto stream : reader_.streams()) {
        if (domain::class_of(stream) != domain::StreamClass::Journaled) {
            continue;
        }
        streams_.push_back(stream);
        auto& state = states_[stream];
        state.channels = reader_.channels_of(stream);
        state.index = OrdinalIndex(chunks, state.channels);
        for (const auto channel : state.channels) {
            const auto name = reader_.file().channels().at(channel).schema;
            const auto schema = reader_.file().schemas().find(name);
            const bool is_batch = schema != reader_.file().schemas().end() &&
                                  schema->second.name == wire::message_name(1);
            channels_[channel] = {stream, is_batch ? uint16_t{1} : uint16_t{0}};
        }
    }
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        const bool has_any =
            std::any_of(chunks[i].counts.begin(), chunks[i].counts.end(),
                        [&](const auto& e) { return channels_.contains(e.first); });
        if (has_any) {
            chunks_.push_back(i);
        }
    }
    start_after_.resize(chunks_.size());
    uint64_t smallest = UINT64_MAX;
    for (std::size_t i = chunks_.size(); i-- > 0;) {
        smallest = std::min(smallest, chunks[chunks_[i]].start);
        start_after_[i] = smallest;
    }
}

// An archive has no "sauda.source", but the feed published what it was reading.
Expected<void> SourceRecording::find_source() {
    if (reader_.source()) {
        source_ = *reader_.source();
        return {};
    }
    reader_.select({StreamId::FeedSession});
    RawMessage raw;
    while (true) {
        const auto more = reader_.next(raw);
        if (!more) {
            return std::unexpected(more.error());
        }
        if (!*more) {
            return fail(ErrorKind::Invalid,
                        reader_.file().path() +
                            " does not say what it is a recording of: it has no 'sauda.source' "
                            "metadata and no SourceInfo message");
        }
        const auto decoded = wire::decode(raw.stream, raw.schema, raw.bytes);
        const auto* info = decoded ? std::get_if<domain::SourceInfo>(&decoded->payload) : nullptr;
        if (info != nullptr) {
            source_.name = info->name;
            source_.origin = info->origin;
            source_.underlying = info->underlying;
            source_.date = info->date;
            source_.interval = info->interval;
            source_.has_depth = info->has_depth;
            break;
        }
    }
    SourceMessage first;
    const auto more = next(first);
    if (more && *more && first.refused.empty()) {
        const auto& quotes = std::get<domain::QuoteBatch>(first.decoded.payload).quotes;
        source_.exchange = quotes.empty() ? source_.exchange : quotes[0].contract.exchange();
        source_.first = first.known_time;
    }
    seek({INT64_MIN});
    return {};
}

uint64_t SourceRecording::count(StreamId stream) const {
    const auto state = states_.find(stream);
    return state == states_.end() ? 0 : state->second.index.total();
}

std::size_t SourceRecording::free_slot() {
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        if (slots_[i]->pending == 0 && i != used_slot_) {
            return i;
        }
    }
    slots_.push_back(std::make_unique<Slot>());
    return slots_.size() - 1;
}

bool SourceRecording::must_load() const {
    return next_chunk_ < chunks_.size() &&
           (heap_.empty() ||
            static_cast<int64_t>(start_after_[next_chunk_]) <= heap_.front().known_ns);
}

Expected<void> SourceRecording::load_chunk() {
    const auto chunk = chunks_[next_chunk_++];
    const auto& entry = reader_.file().chunks()[chunk];
    if (static_cast<int64_t>(entry.end) < from_ns_) {
        return {};
    }
    const auto slot = free_slot();
    if (auto done = reader_.file().read_chunk(chunk, slots_[slot]->data); !done) {
        return done;
    }
    std::map<StreamId, uint64_t> ordinals;
    for (const auto& message : slots_[slot]->data.messages) {
        const auto channel = channels_.find(message.channel);
        if (channel == channels_.end()) {
            continue;
        }
        const auto stream = channel->second.first;
        auto& state = states_[stream];
        const auto ordinal =
            ++ordinals.try_emplace(stream, state.index.before(chunk)).first->second;
        state.latest_ns = std::max(state.latest_ns, static_cast<int64_t>(message.log_time));
        if (state.latest_ns >= from_ns_) {
            heap_.push_back({state.latest_ns, stream, ordinal, message, slot});
            std::push_heap(heap_.begin(), heap_.end());
            ++slots_[slot]->pending;
        }
    }
    return {};
}

Expected<bool> SourceRecording::next(SourceMessage& out) {
    used_slot_ = SIZE_MAX;
    while (must_load()) {
        if (auto done = load_chunk(); !done) {
            return std::unexpected(done.error());
        }
    }
    if (heap_.empty()) {
        return false;
    }
    std::pop_heap(heap_.begin(), heap_.end());
    const Pending pending = heap_.back();
    heap_.pop_back();
    --slots_[pending.slot]->pending;
    used_slot_ = pending.slot;
    given_ns_ = std::max(given_ns_, pending.known_ns);
    out.stream = pending.stream;
    out.schema = channels_.at(pending.message.channel).second;
    out.ordinal = pending.ordinal;
    out.known_time = {given_ns_};
    out.event_time = {static_cast<int64_t>(pending.message.publish_time)};
    out.bytes = pending.message.data;
    const auto decoded = wire::decode_to(out.stream, out.schema, out.bytes, out.decoded);
    out.refused = decoded ? "" : decoded.error().text;
    return true;
}

void SourceRecording::seek(domain::Timestamp from) {
    next_chunk_ = 0;
    from_ns_ = from.ns;
    given_ns_ = INT64_MIN;
    heap_.clear();
    used_slot_ = SIZE_MAX;
    for (const auto& slot : slots_) {
        slot->pending = 0;
    }
    for (auto& [stream, state] : states_) {
        state.latest_ns = INT64_MIN;
    }
}

Expected<std::vector<StoredMessage>> SourceRecording::range(StreamId stream, uint64_t first,
                                                            uint64_t count) {
    std::vector<StoredMessage> found;
    const auto state = states_.find(stream);
    if (state == states_.end() || first == 0) {
        return found;
    }
    const auto total = state->second.index.total();
    while (count > 0 && first <= total) {
        const auto place = *state->second.index.find(first - 1);
        if (place.chunk != range_chunk_index_) {
            range_chunk_index_ = SIZE_MAX;
            if (auto done = reader_.file().read_chunk(place.chunk, range_chunk_); !done) {
                return std::unexpected(done.error());
            }
            range_chunk_index_ = place.chunk;
        }
        uint64_t skip = place.skip;
        const auto before = first;
        for (const auto& message : range_chunk_.messages) {
            const auto channel = channels_.find(message.channel);
            if (channel == channels_.end() || channel->second.first != stream) {
                continue;
            }
            if (skip > 0) {
                --skip;
                continue;
            }
            found.push_back({first,
                             channel->second.second,
                             {static_cast<int64_t>(message.log_time)},
                             {static_cast<int64_t>(message.publish_time)},
                             std::string(message.data)});
            ++first;
            if (--count == 0) {
                break;
            }
        }
        if (first == before) {
            return fail(ErrorKind::Corrupt, reader_.file().path() + ": chunk " +
                                                std::to_string(place.chunk + 1) +
                                                " holds fewer messages than its index says");
        }
    }
    return found;
}

Expected<uint64_t> SourceRecording::compute_content_hash() {
    auto all = RecordingReader::open(reader_.file().path());
    if (!all) {
        return std::unexpected(all.error());
    }
    base::Hash64 hash;
    RawMessage raw;
    while (true) {
        const auto more = all->next(raw);
        if (!more) {
            return std::unexpected(more.error());
        }
        if (!*more) {
            return hash.value();
        }
        add_to_content_hash(hash, raw);
    }
}

}  // namespace sauda::recording
