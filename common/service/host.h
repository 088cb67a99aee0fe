#pragma once

#include "common/base/clock.h"
#include "common/service/extension.h"
#include "common/service/host_config.h"
#include "common/service/inbox.h"
#include "common/service/outbox.h"
#include "common/service/recovery.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sauda::service {

// The one cycle every service runs: poll, decode, validate, decide, commit, send. State, cursors,
// outbox and consumption order change in one transaction; nothing is sent before it. One thread.
//
// Lockstep: waits for the driver's Advance, takes exactly the inputs it names, answers Done; the
// answer is part of the transaction, so a repeated Advance gets the same answer. Free running:
// takes what has arrived, in the order it arrived, and journals that order.
class Host {
 public:
    // Everything passed in outlives the host.
    Host(HostConfig config, std::unique_ptr<domain::Core> core, bus::Transport& transport,
         store::Store& store, base::Clock& clock, Log& log, Extension& extension);

    // Counts the epoch up and loads the snapshot. An error means: do not run.
    base::Expected<void> start();
    // One pass; waits at most `wait` for something to arrive.
    void cycle(base::Duration wait);
    // The last cycle left work behind: do not wait in the next.
    [[nodiscard]] bool is_busy() const { return is_busy_; }
    // Orderly stop: a last snapshot and a last heartbeat.
    void stop();

    // For extensions.
    // Runs one round of this core, commits with `meta` and sends. The feed's driver calls it.
    kernel::RoundResult run_round(const kernel::Round& round, std::vector<domain::Message> inputs,
                                  std::map<std::string, std::string> meta);
    // Free running: inputs of one instant, then what is due, in one commit.
    void run_inputs(std::vector<domain::Message> inputs, base::Timestamp now,
                    std::map<std::string, std::string> meta);
    [[nodiscard]] const std::optional<bus::Done>& last_done() const { return last_done_; }
    // An operator act or another local input, at the core's current time.
    void inject(domain::StreamId stream, domain::Payload payload);
    void publish(const bus::Ephemeral& message);
    void publish(const bus::Frame& frame) { transport_.publish(frame); }
    [[nodiscard]] const std::map<domain::Service, bus::Heartbeat>& peers() const { return peers_; }
    [[nodiscard]] bool is_ready() const { return state_ == bus::ServiceState::Ready; }
    [[nodiscard]] bus::ServiceState state() const { return state_; }
    [[nodiscard]] bus::Heartbeat heartbeat();
    [[nodiscard]] kernel::Participant& participant() { return participant_; }
    [[nodiscard]] store::Store& store() { return store_; }
    [[nodiscard]] base::Clock& clock() { return clock_; }
    [[nodiscard]] Log& log() { return log_; }
    [[nodiscard]] Inbox& inbox() { return inbox_; }
    [[nodiscard]] const HostConfig& config() const { return config_; }
    [[nodiscard]] std::vector<bus::StreamEnd> stream_ends();
    // A local sequence for messages an extension hands to run_round() as local inputs.
    uint64_t next_local_seq() { return ++local_seq_; }

 private:
    void on_arrival(const bus::Arrival& arrival);
    void on_frame(const bus::FrameArrived& arrival);
    void on_heartbeat(const bus::Heartbeat& heartbeat);
    void on_advance(const bus::Advance& advance);
    void on_request(const bus::RequestArrived& arrival);
    bus::PullReply serve(const bus::PullRequest& request);
    bus::CommandReply answer(const bus::Command& command);

    void recover();
    void become_ready();
    void try_round();
    void run_free();
    void send_pulls();
    void revive_silent_upstreams();
    void send_heartbeat_if_due();
    void update_state();

    // Commits what the participant did since the last commit, then sends it.
    void commit(std::vector<domain::Message> local_inputs, std::map<std::string, std::string> meta);
    void maybe_snapshot(store::Batch& batch);
    [[nodiscard]] store::Durability durability_of(const std::vector<kernel::Output>& outputs) const;

    HostConfig config_;
    bus::Transport& transport_;
    store::Store& store_;
    base::Clock& clock_;
    Log& log_;
    Extension& extension_;
    kernel::Participant participant_;
    Inbox inbox_;
    Outbox outbox_;
    Recovery recovery_;
    bus::ServiceState state_ = bus::ServiceState::Starting;
    uint64_t epoch_ = 0;
    uint64_t local_seq_ = 0;
    base::Timestamp started_at_;
    int64_t recovery_asked_ns_ = 0;
    int64_t recovery_since_ns_ = 0;
    int64_t heartbeat_at_ns_ = 0;
    base::Timestamp snapshot_event_time_;
    int64_t snapshot_at_ns_ = 0;
    uint64_t snapshot_ordinal_ = 0;
    uint64_t request_id_ = 0;
    std::map<domain::Service, bus::Heartbeat> peers_;
    std::map<domain::Service, int64_t> heard_at_ns_;  // upstreams; or when last reconnected
    std::optional<bus::Advance> advance_;
    std::vector<domain::Message>
        round_inputs_;  // taken for it, while a poisoned stream holds it up
    std::optional<bus::Done> last_done_;
    std::string diverged_;
    bool is_busy_ = false;
    std::string last_event_;
    std::vector<bus::Arrival> arrivals_;
};

}  // namespace sauda::service
