#pragma once

#include "common/domain/core.h"
#include "common/kernel/round.h"

#include <memory>
#include <string>
#include <vector>

namespace sauda::kernel {

// What a core consumed, in order. ordinal counts from 1 without holes over the life of the core.
struct Consumption {
    uint64_t ordinal = 0;
    bool is_timer = false;
    StreamId stream = StreamId::None;
    uint64_t seq = 0;
    Timestamp now;
};
struct Output {
    uint64_t ordinal = 0;  // of the consumption that led to it
    Message message;
};

// Runs one core: feeds it inputs in the fixed order, numbers what it emits, and records both.
// Pure; used alike by the hosts (bus), by the lab and by tests. Single thread.
class Participant : private domain::Emitter {
 public:
    Participant(Service service, std::unique_ptr<domain::Core> core, uint64_t run);

    // Lockstep. Inputs in any order; sorted here by (time; market < timer; stream; seq).
    RoundResult run_round(const Round& round, std::vector<Message> inputs);
    // Free running, and operator acts: one input at `now` (raised to the last now if earlier).
    void handle(const Message& input, Timestamp now);
    void wake(Timestamp now);

    // What happened since the last call; the caller commits and sends it.
    [[nodiscard]] std::vector<Consumption> take_consumed();
    [[nodiscard]] std::vector<Output> take_outputs();

    // Recovery, in the order of the journal. observe() only if the input is market-derived.
    void replay_input(uint64_t ordinal, const Message& input, Timestamp now);
    void replay_silent(uint64_t ordinal, Timestamp now);  // nothing to observe
    void replay_output(const Message& output);
    // Position counters of a core restored from a snapshot.
    void restore(uint64_t ordinal, Timestamp now, const StreamEnds& outputs, uint64_t emitted_hash);

    [[nodiscard]] domain::Core& core() { return *core_; }
    [[nodiscard]] const domain::Core& core() const { return *core_; }
    [[nodiscard]] Service service() const { return service_; }
    [[nodiscard]] uint64_t last_ordinal() const { return ordinal_; }
    [[nodiscard]] Timestamp last_now() const { return now_; }
    [[nodiscard]] const StreamEnds& output_ends() const { return ends_; }
    [[nodiscard]] uint64_t emitted_hash() const { return emitted_hash_; }
    [[nodiscard]] uint64_t run() const { return run_; }
    void set_run(uint64_t run) { run_ = run; }

 private:
    void emit(StreamId stream, domain::Payload payload) override;
    void emit(StreamId stream, domain::Payload payload, std::vector<domain::Cause> causes) override;
    void deliver(const Message& input, Timestamp now);
    void fire_until(Timestamp limit, Timestamp not_before);
    void begin(bool is_timer, const Message* input, Timestamp now);

    Service service_;
    std::unique_ptr<domain::Core> core_;
    uint64_t run_;
    uint64_t ordinal_ = 0;
    Timestamp now_;
    uint64_t step_ = 0;
    uint32_t round_ = 0;
    std::vector<domain::Cause> cause_;
    StreamEnds ends_;
    uint64_t emitted_hash_ = 0;
    std::vector<Consumption> consumed_;
    std::vector<Output> outputs_;
};

}  // namespace sauda::kernel
