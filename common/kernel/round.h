#pragma once

#include "common/domain/message.h"

#include <map>
#include <vector>

namespace sauda::kernel {

using base::Duration;
using base::Timestamp;
using domain::Message;
using domain::Service;
using domain::StreamId;

// Last sequence number per stream.
using StreamEnds = std::map<StreamId, uint64_t>;

// One round of one step. A step is the window [start, end) of length W; step = start / W.
// Round 0: market data and timers, each at its own time. Rounds >= 1: messages between services,
// all at the window's end. Everything up to `expected` not yet consumed is the round's input.
struct Round {
    uint64_t step = 0;
    uint32_t round = 0;
    Timestamp window_start;
    Timestamp window_end;
    StreamEnds expected;
    SAUDA_FIELDS(step, round, window_start, window_end, expected)
};

struct RoundResult {
    Service service = Service::Unspecified;
    uint64_t step = 0;
    uint32_t round = 0;
    StreamEnds outputs;  // last seq of every durable stream the service owns
    Timestamp next_deadline;
    uint64_t state_hash = 0;  // running hash of everything emitted
    SAUDA_FIELDS(service, step, round, outputs, next_deadline, state_hash)
};

inline constexpr uint32_t kRoundsMax = 32;

}  // namespace sauda::kernel
