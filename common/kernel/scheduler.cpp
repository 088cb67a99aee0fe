#include "common/kernel/scheduler.h"

#include <algorithm>

namespace sauda::kernel {

Scheduler::Scheduler(Duration window, std::set<Service> participants)
    : window_(window), participants_(std::move(participants)) {
    INVARIANT(window_.ns > 0);
}

uint64_t Scheduler::step_of(Timestamp t) const {
    INVARIANT(t.ns >= 0);
    return static_cast<uint64_t>(t.ns / window_.ns);
}

Timestamp Scheduler::earliest_deadline() const {
    Timestamp earliest = Timestamp::max();
    for (const auto& [service, deadline] : deadlines_) {
        earliest = std::min(earliest, deadline);
    }
    return earliest;
}

Round Scheduler::open(uint64_t step, uint32_t round) {
    INVARIANT(round < kRoundsMax);
    const auto start = base::checked_mul(static_cast<int64_t>(step), window_.ns);
    round_ = {.step = step,
              .round = round,
              .window_start = {start},
              .window_end = {base::checked_add(start, window_.ns)},
              .expected = ends_};
    round_open_ = true;
    answered_.clear();
    has_new_outputs_ = false;
    ++rounds_;
    return round_;
}

std::optional<Round> Scheduler::begin_step(std::optional<Timestamp> next_market) {
    INVARIANT(!round_open_);
    const Timestamp next = std::min(next_market.value_or(Timestamp::max()), earliest_deadline());
    if (next == Timestamp::max()) {
        return std::nullopt;
    }
    return open(std::max(step_of(next), round_.step + 1), 0);
}

Round Scheduler::begin_idle_step() {
    INVARIANT(!round_open_);
    return open(round_.step + 1, 0);
}

void Scheduler::expect(StreamId stream, uint64_t last_seq) {
    auto& end = ends_[stream];
    INVARIANT(last_seq >= end);
    end = last_seq;
    round_.expected[stream] = last_seq;
}

bool Scheduler::accept(const RoundResult& result) {
    if (!round_open_ || result.step != round_.step || result.round != round_.round ||
        !participants_.contains(result.service)) {
        return false;
    }
    answered_.insert(result.service);
    deadlines_[result.service] = result.next_deadline;
    for (const auto& [stream, seq] : result.outputs) {
        auto& end = ends_[stream];
        if (seq > end) {
            end = seq;
            has_new_outputs_ = true;
        }
    }
    return true;
}

bool Scheduler::is_round_complete() const {
    return round_open_ && answered_.size() == participants_.size();
}

std::optional<Round> Scheduler::next_round() {
    INVARIANT(is_round_complete());
    round_open_ = false;
    if (!has_new_outputs_) {
        return std::nullopt;
    }
    return open(round_.step, round_.round + 1);
}

std::set<Service> Scheduler::missing() const {
    std::set<Service> missing;
    std::set_difference(participants_.begin(), participants_.end(), answered_.begin(),
                        answered_.end(), std::inserter(missing, missing.end()));
    return missing;
}

}  // namespace sauda::kernel
