#pragma once

#include "common/kernel/round.h"

#include <optional>
#include <set>

namespace sauda::kernel {

// Drives the barrier: opens rounds, waits for every participant, closes steps, jumps to the next
// window that holds an event or a deadline. Pure; the feed's driver, the lab and the simulation
// use it alike. It may be saved and restored at any moment: reopening the current round is
// harmless because participants answer a round they have done with what they answered before.
class Scheduler {
 public:
    // window > 0; participants as listed in domain::kParticipants.
    Scheduler(Duration window, std::set<Service> participants);

    // The next step, given the earliest pending market event. nullopt: nothing is pending before
    // Timestamp::max(). Must not be called while a round is open.
    std::optional<Round> begin_step(std::optional<Timestamp> next_market);
    // A step at the current time that only carries messages already published (operator acts).
    Round begin_idle_step();
    // Market data published for the round just begun, before its Advance is sent.
    void expect(StreamId stream, uint64_t last_seq);

    // Durable messages published outside a round, as a heartbeat tells (operator acts while idle).
    void expect_published(StreamId stream, uint64_t last_seq) { ends_[stream] = last_seq; }
    [[nodiscard]] uint64_t end_of(StreamId stream) const {
        const auto it = ends_.find(stream);
        return it == ends_.end() ? 0 : it->second;
    }
    [[nodiscard]] bool is_participant(Service service) const {
        return participants_.contains(service);
    }

    // True if the answer belongs to the open round (repeats and strays are ignored).
    bool accept(const RoundResult& result);
    [[nodiscard]] bool is_round_open() const { return round_open_; }
    [[nodiscard]] bool is_round_complete() const;
    // After completion: the next round of the step, or nullopt when the step is over.
    std::optional<Round> next_round();

    [[nodiscard]] const Round& current() const { return round_; }
    [[nodiscard]] std::set<Service> missing() const;
    // Earliest deadline any participant reported.
    [[nodiscard]] Timestamp earliest_deadline() const;
    // Step an instant falls into.
    [[nodiscard]] uint64_t step_of(Timestamp t) const;
    [[nodiscard]] Duration window() const { return window_; }
    [[nodiscard]] uint64_t rounds() const { return rounds_; }

    SAUDA_FIELDS(round_, round_open_, ends_, deadlines_, rounds_)

 private:
    Round open(uint64_t step, uint32_t round);

    Duration window_;
    std::set<Service> participants_;
    Round round_;
    bool round_open_ = false;
    StreamEnds ends_;  // everything published so far
    std::map<Service, Timestamp> deadlines_;
    std::set<Service> answered_;
    bool has_new_outputs_ = false;
    uint64_t rounds_ = 0;
};

}  // namespace sauda::kernel
