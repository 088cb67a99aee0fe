#pragma once

#include "common/domain/message.h"

#include <tuple>

namespace sauda::domain {

// The one order in which the messages of a run are told when they stand in separate streams:
// step, known time, market data before facts, round, stream, sequence. Summary, lab and `why` use
// it alike. window is the run's W.
using OrderKey = std::tuple<uint64_t, Timestamp, bool, uint32_t, StreamId, uint64_t>;

inline OrderKey order_key(const Message& message, Duration window) {
    const bool is_fact = class_of(message.stream) != StreamClass::Journaled;
    const uint64_t step = is_fact && message.meta.step != 0
                              ? message.meta.step
                              : static_cast<uint64_t>(message.meta.known_time.ns / window.ns);
    return {step,       message.meta.known_time, is_fact, message.meta.round, message.stream,
            message.seq};
}

// The run hash covers what the participants of the barrier publish, nothing else.
inline bool is_hashed(StreamId stream) {
    return class_of(stream) == StreamClass::Durable && owner_of(stream) <= Service::Execution;
}

}  // namespace sauda::domain
