#pragma once

#include "common/domain/alert.h"
#include "common/domain/decision.h"
#include "common/domain/intent.h"
#include "common/domain/ledger.h"
#include "common/domain/market_data.h"
#include "common/domain/order.h"
#include "common/domain/session.h"
#include "common/domain/signal.h"
#include "common/domain/streams.h"

#include <variant>
#include <vector>

namespace sauda::domain {

struct Cause {
    StreamId stream = StreamId::None;
    uint64_t seq = 0;
    friend bool operator==(const Cause&, const Cause&) = default;
    SAUDA_FIELDS(stream, seq)
};

// Field 1 of every payload. Logic may use these times only; nothing here is wall-clock time.
struct Meta {
    Timestamp event_time;       // when it happened
    Timestamp known_time;       // when it could be known; market data is scheduled by this
    std::vector<Cause> causes;  // direct parents
    uint64_t step = 0;          // lockstep: event_time / W; 0 elsewhere
    uint32_t round = 0;
    uint64_t run = 0;  // run identity; excluded from the run hash
    friend bool operator==(const Meta&, const Meta&) = default;
    SAUDA_FIELDS(event_time, known_time, causes, step, round, run)
};

// The index in this variant is the wire schema number less one: append only.
using Payload = std::variant<QuoteBatch, BarBatch, InstrumentBatch, SessionEvent, SourceInfo,
                             Signal, Intent, BotEvent, Decision, TradingStateEvent, AccountEvent,
                             PositionEvent, OrderEvent, GroupEvent, LedgerEntry, Alert, Delivery,
                             OperatorCommand, HealthChange, ExecutorEvent>;

struct Message {
    StreamId stream = StreamId::None;
    uint64_t seq = 0;
    Meta meta;
    Payload payload;
    friend bool operator==(const Message&, const Message&) = default;
};

// Hash of what the run hash covers: stream, event and known time, causes, step, round and every
// payload field; not seq, epoch, run or publish time.
uint64_t content_hash(const Message& message);

// Folds the durable messages of a run, stream by stream. Order across streams does not matter.
class RunHash {
 public:
    void add(const Message& message);
    [[nodiscard]] uint64_t value() const;
    [[nodiscard]] uint64_t messages() const { return messages_; }
    // Per stream: (messages, hash).
    [[nodiscard]] const std::map<StreamId, std::pair<uint64_t, uint64_t>>& streams() const {
        return streams_;
    }
    SAUDA_FIELDS(streams_, messages_)

 private:
    std::map<StreamId, std::pair<uint64_t, uint64_t>> streams_;
    uint64_t messages_ = 0;
};

}  // namespace sauda::domain
