#pragma once

#include "common/kernel/participant.h"
#include "common/kernel/scheduler.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace sauda::lab {

// Market data as the lab takes it; seq set, known_time not decreasing.
class MarketData {
 public:
    virtual ~MarketData() = default;
    [[nodiscard]] virtual const domain::SourceInfo& info() const = 0;
    [[nodiscard]] virtual std::optional<domain::Timestamp> next_time() = 0;
    virtual domain::Message pop() = 0;
};

// The five cores in one process under the same scheduler the bus uses: the barrier with function
// calls. Pure; the same inputs give the same messages as a replay over the bus, to the byte.
class LabRun {
 public:
    LabRun(domain::Duration window, uint64_t run);
    void add(domain::Service service, std::unique_ptr<domain::Core> core,
             std::vector<domain::StreamId> inputs);

    // Called for every message, market data included, in domain::order_key order.
    std::function<void(const domain::Message&)> on_message = [](const domain::Message&) {};

    // Runs until the feed says the run has ended. Called again with the next day's data the account
    // goes on: sequences run on, state stays. That data must begin after this ended.
    void run(MarketData& data);

    [[nodiscard]] const domain::RunHash& hash() const { return hash_; }
    [[nodiscard]] const domain::Core& core(domain::Service service) const;
    [[nodiscard]] uint64_t rounds() const { return scheduler_->rounds(); }
    [[nodiscard]] uint64_t market_messages() const { return market_messages_; }

 private:
    enum class Phase { Starting, Playing, Ending, Draining, Ended };
    struct Member {
        std::unique_ptr<kernel::Participant> participant;
        std::vector<domain::StreamId> inputs;
        std::vector<domain::Message> waiting;
    };

    std::optional<domain::Timestamp> next_event(MarketData& data) const;
    void load_window(MarketData& data, const kernel::Round& round);
    void run_step(MarketData& data);
    void collect(Member& member, std::vector<domain::Message>& step_messages);
    void route(const domain::Message& message);
    void tell(std::vector<domain::Message>& step_messages);

    domain::Duration window_;
    uint64_t run_;
    std::optional<kernel::Scheduler> scheduler_;
    std::map<domain::Service, Member> members_;
    domain::RunHash hash_;
    Phase phase_ = Phase::Starting;
    domain::Timestamp start_at_;
    domain::Timestamp last_known_;
    domain::SourceInfo info_;
    uint64_t local_seq_ = 0;
    // Where the sequences of the market data of this run() begin, and how far they have come.
    std::map<domain::StreamId, uint64_t> seq_before_;
    std::map<domain::StreamId, uint64_t> seq_now_;
    uint64_t market_messages_ = 0;
    std::vector<domain::Message> step_messages_;
};

}  // namespace sauda::lab
