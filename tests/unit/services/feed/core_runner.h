#pragma once

#include "common/kernel/participant.h"

#include <catch2/catch.hpp>

#include <functional>
#include <map>
#include <memory>

namespace sauda::test {

using domain::Message;
using domain::StreamId;
using domain::Timestamp;

// Runs one core as a host would: timers before later inputs, inputs before timers at equal times.
// Keeps the journal, so that the same life can be recovered from any point of it.
class CoreRunner {
 public:
    using Make = std::function<std::unique_ptr<domain::Core>()>;

    CoreRunner(domain::Service service, Make make)
        : service_(service), make_(std::move(make)), participant_(service, make_(), 1) {}

    // seq is filled per stream.
    void input(Message message) {
        const Timestamp at = message.meta.known_time;
        advance_to(Timestamp{at.ns - 1});
        message.seq = ++seqs_[message.stream];
        note_snapshot();
        participant_.handle(message, at);
        inputs_[participant_.last_ordinal()] = std::move(message);
        collect();
    }
    // Fires what is due up to and including `until`.
    void advance_to(Timestamp until) {
        while (participant_.core().next_deadline() <= until) {
            note_snapshot();
            participant_.wake(
                std::max(participant_.core().next_deadline(), participant_.last_now()));
            collect();
        }
    }
    void run_out() { advance_to(Timestamp{Timestamp::max().ns - 1}); }
    [[nodiscard]] const std::vector<Message>& events() const { return events_; }
    template <class T>
    [[nodiscard]] std::vector<T> all() const {
        std::vector<T> found;
        for (const auto& event : events_) {
            if (const auto* payload = std::get_if<T>(&event.payload)) {
                found.push_back(*payload);
            }
        }
        return found;
    }
    [[nodiscard]] domain::Core& core() { return participant_.core(); }

    // From each remembered snapshot (and from nothing) the rest of the journal leads to the same
    // bytes.
    void check_recovery() {
        const std::string want = participant_.core().save();
        for (const auto& [ordinal, bytes] : snapshots_) {
            kernel::Participant copy(service_, make_(), 1);
            REQUIRE(copy.core().load(bytes));
            CHECK(copy.core().save() == bytes);
            auto ends = copy.output_ends();
            for (const auto& output : outputs_) {
                if (output.ordinal <= ordinal) {
                    ends[output.message.stream] = output.message.seq;
                }
            }
            copy.restore(ordinal, {}, ends, 0);
            replay(copy, ordinal);
            CHECK(copy.core().save() == want);
            CHECK(copy.core().next_deadline() == participant_.core().next_deadline());
        }
    }

 private:
    void note_snapshot() {
        if (participant_.last_ordinal() % kSnapshotEvery == 0) {
            snapshots_[participant_.last_ordinal()] = participant_.core().save();
        }
    }
    void collect() {
        for (auto& consumption : participant_.take_consumed()) {
            consumed_.push_back(consumption);
        }
        for (auto& output : participant_.take_outputs()) {
            events_.push_back(output.message);
            outputs_.push_back(std::move(output));
        }
    }
    void replay(kernel::Participant& copy, uint64_t after) const {
        for (const auto& consumption : consumed_) {
            if (consumption.ordinal <= after) {
                continue;
            }
            if (consumption.is_timer) {
                copy.replay_silent(consumption.ordinal, consumption.now);
            } else {
                copy.replay_input(consumption.ordinal, inputs_.at(consumption.ordinal),
                                  consumption.now);
            }
            for (const auto& output : outputs_) {
                if (output.ordinal == consumption.ordinal) {
                    copy.replay_output(output.message);
                }
            }
        }
    }

    static constexpr uint64_t kSnapshotEvery = 37;
    domain::Service service_;
    Make make_;
    kernel::Participant participant_;
    std::map<StreamId, uint64_t> seqs_;
    std::map<uint64_t, Message> inputs_;
    std::vector<kernel::Consumption> consumed_;
    std::vector<kernel::Output> outputs_;
    std::vector<Message> events_;
    std::map<uint64_t, std::string> snapshots_;
};

}  // namespace sauda::test
