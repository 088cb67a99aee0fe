#include "common/domain/message_order.h"
#include "common/recording/session_recording.h"
#include "common/wire/codec.h"
#include "services/recorder/shell/run_report.h"

#include <algorithm>
#include <deque>
#include <map>

namespace sauda::recorder {

namespace {

struct Stored {
    uint64_t seq = 0;
    uint16_t schema = 0;
    std::string bytes;
};

// All messages of all segments by stream and sequence, each once.
using Streams = std::map<domain::StreamId, std::map<uint64_t, Stored>>;

base::Expected<Streams> load(const std::vector<std::string>& segments) {
    Streams streams;
    for (const auto& path : segments) {
        auto reader = recording::RecordingReader::open(path);
        if (!reader) {
            return std::unexpected(reader.error());
        }
        recording::RawMessage message;
        while (true) {
            const auto more = reader->next(message);
            if (!more) {
                break;  // torn tail: what it held is in the next segment
            }
            if (!*more) {
                break;
            }
            streams[message.stream].try_emplace(
                message.seq, Stored{message.seq, message.schema, std::string(message.bytes)});
        }
    }
    return streams;
}

base::Expected<domain::Message> decode(domain::StreamId stream, const Stored& stored) {
    auto decoded = wire::decode(stream, stored.schema, stored.bytes);
    if (!decoded) {
        return std::unexpected(decoded.error());
    }
    return domain::Message{.stream = stream,
                           .seq = stored.seq,
                           .meta = std::move(decoded->meta),
                           .payload = std::move(decoded->payload)};
}

base::Expected<void> check_holes(const Streams& streams) {
    for (const auto& [stream, messages] : streams) {
        const uint64_t first = messages.begin()->first;
        const uint64_t last = messages.rbegin()->first;
        if (last - first + 1 != messages.size()) {
            return base::fail(base::ErrorKind::Corrupt,
                              "the archive lacks " +
                                  std::to_string(last - first + 1 - messages.size()) +
                                  " messages of " + domain::topic_of(stream));
        }
    }
    return {};
}

}  // namespace

base::Expected<void> for_each_message(const std::vector<std::string>& segments,
                                      domain::Duration window,
                                      const std::function<void(const domain::Message&)>& use) {
    auto streams = load(segments);
    if (!streams) {
        return std::unexpected(streams.error());
    }
    if (auto whole = check_holes(*streams); !whole) {
        return whole;
    }
    // Merge: each stream is in order already; take the least head.
    struct Head {
        domain::OrderKey key;
        domain::Message message;
        domain::StreamId stream = domain::StreamId::None;
    };
    const auto later = [](const Head& a, const Head& b) { return b.key < a.key; };
    std::vector<Head> heads;
    const auto push_next = [&](domain::StreamId stream) -> base::Expected<void> {
        auto& messages = (*streams)[stream];
        while (!messages.empty()) {
            auto message = decode(stream, messages.begin()->second);
            messages.erase(messages.begin());
            if (message) {
                const auto key = domain::order_key(*message, window);
                heads.push_back({key, std::move(*message), stream});
                std::push_heap(heads.begin(), heads.end(), later);
                return {};
            }
            if (domain::class_of(stream) == domain::StreamClass::Durable) {
                return std::unexpected(message.error());
            }
        }
        return {};
    };
    for (const auto& [stream, messages] : *streams) {
        if (auto pushed = push_next(stream); !pushed) {
            return pushed;
        }
    }
    while (!heads.empty()) {
        std::pop_heap(heads.begin(), heads.end(), later);
        const Head head = std::move(heads.back());
        heads.pop_back();
        use(head.message);
        if (auto pushed = push_next(head.stream); !pushed) {
            return pushed;
        }
    }
    return {};
}

}  // namespace sauda::recorder
