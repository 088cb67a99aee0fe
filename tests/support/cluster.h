#pragma once

#include "common/service/host.h"
#include "services/feed/shell/driver.h"
#include "tests/support/memory_network.h"

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace sauda::test {

// What the five services of the trading path are made of.
struct Spine {
    std::function<std::unique_ptr<domain::Core>(domain::Service)> make_core;
    feed::OpenSource open;
    base::Duration window = base::milliseconds(10);
    uint64_t run = 7;
};

// Chances per occasion; times in virtual nanoseconds.
struct FaultPlan {
    uint64_t seed = 1;
    FaultRates network;
    double crash_at_commit = 0;  // before and after each commit
    double crash_at_send = 0;    // before and after each fact is published
    double kill = 0;             // of one service, per pass over all
    double freeze = 0;           // as SIGSTOP, per pass
    double full_disk = 0;        // a commit fails and is tried again
    double operator_act = 0;     // per pass; the run is then not comparable with another
    int64_t down_max_ns = 400'000'000;
};

// Five hosts with their real cores in one thread on virtual time: a bus that loses, repeats and
// delays, processes that die anywhere and come back on what they had committed.
class Cluster {
 public:
    Cluster(const Spine& spine, const FaultPlan& plan);
    Cluster(const Cluster&) = delete;
    Cluster& operator=(const Cluster&) = delete;
    ~Cluster();

    // After each commit, with the rows it wrote.
    std::function<void(domain::Service, const store::Batch&)> on_commit =
        [](domain::Service, const store::Batch&) {};

    // Plays the session to its end, then lets everybody recover. What went wrong, or nothing.
    std::optional<std::string> run();

    [[nodiscard]] MemoryStore& store(domain::Service service);
    [[nodiscard]] const domain::Core& core(domain::Service service);
    [[nodiscard]] const std::map<std::string, uint64_t>& counts() const { return counts_; }
    [[nodiscard]] const MemoryNetwork& network() const { return network_; }
    [[nodiscard]] const kernel::Participant& participant(domain::Service service);
    // Every host once more from its store, without faults. What went wrong, or nothing.
    std::optional<std::string> restart_all();

 private:
    class Node;
    Node& node(domain::Service service);
    void start(Node& node);
    void live(Node& node);
    void maybe_disturb();
    void send_operator_act();
    void advance_time();
    [[nodiscard]] std::string stall_text() const;
    [[nodiscard]] bool is_finished();
    [[nodiscard]] bool are_all_ready();
    std::optional<std::string> run_until(const std::function<bool()>& is_over);
    void crash_or_not(domain::Service service, const char* where);
    void note_problem(std::string text);

    const Spine& spine_;
    FaultPlan plan_;
    base::Rng rng_;
    MemoryNetwork network_;
    ManualClock clock_;
    std::map<domain::Service, std::unique_ptr<Node>> nodes_;
    std::map<std::string, uint64_t> counts_;
    std::optional<std::string> problem_;
    int64_t last_commit_ns_ = 0;
    bool is_calm_ = false;
};

}  // namespace sauda::test
