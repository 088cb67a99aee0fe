#pragma once

#include "common/domain/message.h"

#include <string>
#include <string_view>
#include <vector>

namespace sauda::domain {

// Where a core puts what it decides. emit() gives the payload its Meta and the stream's next seq,
// calls the core's own apply() at once, and hands the message to the host, which commits it with
// the input that caused it and only then sends it.
class Emitter {
 public:
    virtual ~Emitter() = default;
    virtual void emit(StreamId stream, Payload payload) = 0;
    // As emit, with further causes beside the input being handled.
    virtual void emit(StreamId stream, Payload payload, std::vector<Cause> causes) = 0;
};

struct Metric {
    std::string name;
    int64_t value = 0;
    Unit unit = Unit::Count;
};

// The decisions of one service. Pure: no clock, socket, file, log, randomness; single thread.
//
// Two kinds of state, kept apart by discipline and checked by the simulation test:
//  - durable: changed by apply() alone, from the core's own events;
//  - soft: a function of market-derived inputs (the feed's and ml_signal's streams), changed by
//    observe(), and by apply() where an own event changes it (size consumed by a fill).
// decide() and wake() change nothing themselves; they emit. Recovery is: load a snapshot, then for
// each consumed input since, observe() it if it is market-derived and apply() the events it led
// to, in the order they happened. So observe() must depend on its input and soft state only.
class Core {
 public:
    virtual ~Core() = default;
    // Called for each market-derived input, before decide() for the same input.
    virtual void observe(const Message& input, Timestamp now) = 0;
    virtual void decide(const Message& input, Timestamp now, Emitter& out) = 0;
    // Something is due: called with now >= next_deadline(). Must move next_deadline() past now.
    virtual void wake(Timestamp now, Emitter& out) = 0;
    // Earliest instant at which wake() has work; Timestamp::max() if none. A function of state.
    [[nodiscard]] virtual Timestamp next_deadline() const = 0;
    // meta of the event itself; called during emit() and during recovery, with equal arguments.
    virtual void apply(const Message& event) = 0;

    // All state, durable and soft. load() returns false when the bytes do not fit; the core is
    // then as freshly constructed.
    [[nodiscard]] virtual std::string save() const = 0;
    virtual bool load(std::string_view bytes) = 0;
    // Figures for status lines and metrics. Never an input of anything.
    virtual void metrics(std::vector<Metric>& /*out*/) const {}
};

// True for inputs whose effect is soft state: the feed's streams and ml_signal's.
bool is_market_derived(StreamId stream);

}  // namespace sauda::domain
