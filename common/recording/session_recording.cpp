#include "common/recording/session_recording.h"

#include "common/wire/codec.h"

#include <algorithm>
#include <charconv>

namespace sauda::recording {

using base::Expected;
using domain::StreamId;

namespace {

constexpr const char* kFirstSeq = "first_seq";

uint64_t unsigned_of(domain::Timestamp time) { return static_cast<uint64_t>(time.ns); }

// The 64-bit number nearest to `near` that has these low 32 bits.
uint64_t unwrap(uint32_t low, uint64_t near) {
    const auto difference = static_cast<int32_t>(low - static_cast<uint32_t>(near));
    return near + static_cast<uint64_t>(static_cast<int64_t>(difference));
}

uint16_t schema_of_name(const std::string& name) {
    for (uint16_t schema = 1; schema <= wire::kSchemaMax; ++schema) {
        if (wire::message_name(schema) == name) {
            return schema;
        }
    }
    return 0;
}

}  // namespace

void add_to_content_hash(base::Hash64& hash, const RawMessage& message) {
    hash.add(static_cast<uint64_t>(message.stream));
    hash.add(message.schema);
    hash.add(message.seq);
    hash.add_bytes(message.bytes);
}

Expected<RecordingWriter> RecordingWriter::open(const std::string& path, SourceDescription source,
                                                WriterOptions options) {
    auto file = McapWriter::open(path, std::move(options));
    if (!file) {
        return std::unexpected(file.error());
    }
    auto done = file->write_metadata(kSourceMetadata, to_metadata(source));
    if (!done) {
        return std::unexpected(done.error());
    }
    return RecordingWriter(std::move(*file), std::move(source));
}

Expected<uint16_t> RecordingWriter::channel_of(StreamId stream, uint16_t schema, uint64_t seq) {
    const auto known = channels_.find({stream, schema});
    if (known != channels_.end()) {
        return known->second;
    }
    auto [entry, is_new] = schemas_.try_emplace(schema, uint16_t{0});
    if (is_new && !wire::message_name(schema).empty()) {
        const auto id = file_.add_schema(wire::message_name(schema), "protobuf",
                                         wire::file_descriptor_set(schema));
        if (!id) {
            return id;
        }
        entry->second = *id;
    }
    const auto channel = file_.add_channel(domain::topic_of(stream), entry->second, "protobuf",
                                           {{kFirstSeq, std::to_string(seq)}});
    if (channel) {
        channels_[{stream, schema}] = *channel;
    }
    return channel;
}

Expected<void> RecordingWriter::write(const domain::Message& message) {
    wire::encode_to(message.meta, message.payload, bytes_);
    const auto* batch = std::get_if<domain::QuoteBatch>(&message.payload);
    return write_raw({message.stream, wire::schema_of(message.payload), message.seq,
                      message.meta.known_time, message.meta.event_time, bytes_},
                     batch != nullptr ? batch->quotes.size() : 0);
}

Expected<void> RecordingWriter::write_raw(const RawMessage& message, uint64_t quotes) {
    const auto channel = channel_of(message.stream, message.schema, message.seq);
    if (!channel) {
        return std::unexpected(channel.error());
    }
    add_to_content_hash(hash_, message);
    if (domain::class_of(message.stream) == domain::StreamClass::Journaled) {
        source_.first = source_.first.is_set() ? std::min(source_.first, message.known_time)
                                               : message.known_time;
        source_.last = std::max(source_.last, message.known_time);
        source_.quotes += quotes;
    }
    return file_.write(*channel, static_cast<uint32_t>(message.seq),
                       unsigned_of(message.known_time), unsigned_of(message.event_time),
                       message.bytes);
}

Expected<void> RecordingWriter::close() {
    source_.content_hash = hash_.value();
    if (auto done = file_.flush_chunk(); !done) {
        return done;
    }
    if (auto done = file_.write_metadata(kSourceMetadata, to_metadata(source_)); !done) {
        return done;
    }
    return file_.close();
}

Expected<RecordingReader> RecordingReader::open(const std::string& path) {
    auto file = McapReader::open(path);
    if (!file) {
        return std::unexpected(file.error());
    }
    return RecordingReader(std::move(*file));
}

RecordingReader::RecordingReader(McapReader file) : file_(std::move(file)) {
    if (const auto values = file_.metadata(kSourceMetadata)) {
        source_ = parse_metadata(*values);
    }
    for (const auto& [id, channel] : file_.channels()) {
        const auto stream = domain::parse_topic(channel.topic);
        if (!stream) {
            continue;
        }
        ChannelMeaning meaning;
        meaning.stream = *stream;
        const auto schema = file_.schemas().find(channel.schema);
        if (schema != file_.schemas().end()) {
            meaning.schema = schema_of_name(schema->second.name);
        }
        if (const auto first = channel.metadata.find(kFirstSeq); first != channel.metadata.end()) {
            uint64_t seq = 0;
            const auto& text = first->second;
            std::from_chars(text.data(), text.data() + text.size(), seq);
            meaning.first_seq = seq;
        }
        meanings_[id] = meaning;
    }
}

std::vector<StreamId> RecordingReader::streams() const {
    std::vector<StreamId> streams;
    for (const auto& [id, meaning] : meanings_) {
        if (file_.statistics().counts.contains(id)) {
            streams.push_back(meaning.stream);
        }
    }
    std::sort(streams.begin(), streams.end());
    streams.erase(std::unique(streams.begin(), streams.end()), streams.end());
    return streams;
}

std::vector<uint16_t> RecordingReader::channels_of(StreamId stream) const {
    std::vector<uint16_t> channels;
    for (const auto& [id, meaning] : meanings_) {
        if (meaning.stream == stream) {
            channels.push_back(id);
        }
    }
    return channels;
}

void RecordingReader::select(const std::vector<StreamId>& streams) {
    std::vector<uint16_t> channels;
    for (const auto stream : streams) {
        const auto more = channels_of(stream);
        channels.insert(channels.end(), more.begin(), more.end());
    }
    file_.select(std::move(channels));
}

void RecordingReader::rewind() {
    file_.rewind();
    last_seq_.clear();
}

std::optional<RawMessage> RecordingReader::interpret(const McapMessage& message) {
    const auto meaning = meanings_.find(message.channel);
    if (meaning == meanings_.end()) {
        return std::nullopt;
    }
    const auto& [stream, schema, first_seq] = meaning->second;
    const auto last = last_seq_.try_emplace(stream, first_seq.value_or(message.sequence)).first;
    last->second = unwrap(message.sequence, last->second);
    return RawMessage{stream,
                      schema,
                      last->second,
                      {static_cast<int64_t>(message.log_time)},
                      {static_cast<int64_t>(message.publish_time)},
                      message.data};
}

Expected<bool> RecordingReader::next(RawMessage& out) {
    McapMessage message;
    while (true) {
        const auto more = file_.next(message);
        if (!more || !*more) {
            return more;
        }
        if (const auto raw = interpret(message)) {
            out = *raw;
            return true;
        }
    }
}

}  // namespace sauda::recording
