#pragma once

#include "common/base/expected.h"
#include "common/domain/message.h"

#include <optional>
#include <string>
#include <vector>

namespace sauda::feed {

// A message of a source: the bytes that go on the bus and what they say. message.seq is the
// ordinal within its stream of this source, from 1.
struct SourceMessage {
    domain::Message message;
    std::string payload;
    bool is_refused = false;  // keeps its place in the stream, is nobody's input
};

// Where market data comes from. Messages come in known_time order.
class Source {
 public:
    virtual ~Source() = default;
    [[nodiscard]] virtual const domain::SourceInfo& info() const = 0;
    // When the next message becomes known; nullopt at the end.
    [[nodiscard]] virtual std::optional<domain::Timestamp> next_time() = 0;
    virtual SourceMessage pop() = 0;
    // Payloads of a stream by ordinal (from 1), at most `count`.
    [[nodiscard]] virtual std::vector<std::string> range(domain::StreamId stream, uint64_t from,
                                                         uint32_t count) = 0;
    // Quotes refused so far, by reason.
    [[nodiscard]] virtual uint64_t refused() const = 0;
};

}  // namespace sauda::feed
