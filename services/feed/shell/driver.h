#pragma once

#include "common/kernel/scheduler.h"
#include "common/service/host.h"
#include "services/feed/shell/playlist.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sauda::feed {

enum class PlayPhase : uint8_t { Idle = 0, Starting = 1, Playing = 2, Ending = 3, Draining = 4 };

// All the driver must remember; committed with every round before it is announced.
struct DriverState {
    PlayPhase phase = PlayPhase::Idle;
    std::vector<PlayedFile> files;
    uint64_t position = 0;  // messages of the last file played
    uint64_t plays_finished = 0;
    base::Timestamp start_at;    // when SourceInfo is due
    base::Timestamp last_known;  // of the last message played
    int64_t speed_permille = 0;  // 0 = as fast as it can
    bool is_paused = false;
    int64_t step_pause_ns = 0;  // wall time between steps, to look at things
    SAUDA_FIELDS(phase, files, position, plays_finished, start_at, last_known, speed_permille,
                 is_paused, step_pause_ns)
};

// The feed's replay source and the driver of the barrier: opens rounds, publishes market data,
// waits for everybody, jumps to the next event. Dies and comes back at any moment: the open round
// is announced again and everybody answers what they answered before.
class Driver : public service::Extension {
 public:
    // participants: who must answer each round (lockstep); empty when free running.
    Driver(base::Duration window, std::set<domain::Service> participants, bool is_lockstep,
           OpenSource open = open_source);

    // The state of the last run. Fails if a recording is gone or changed.
    base::Expected<void> prepare(store::Store& store) override;
    // Queue a recording. Refused while another plays, or if its date is before what was played.
    base::Expected<void> play(service::Host& host, const std::string& path, int64_t speed_permille,
                              bool is_paused);

    void on_ready(service::Host& host) override;
    void on_ephemeral(service::Host& host, const bus::Ephemeral& message) override;
    bool on_cycle(service::Host& host) override;
    // A source that plays may have to look at the clock.
    [[nodiscard]] base::Duration pause_max() const override {
        return base::milliseconds(state_.phase == PlayPhase::Idle ? 50 : 10);
    }
    std::optional<bus::CommandReply> on_command(service::Host& host,
                                                const bus::Command& command) override;
    void after_commit(service::Host& host, const std::vector<kernel::Output>& outputs) override;
    std::vector<bus::Frame> range(domain::StreamId stream, uint64_t from,
                                  uint32_t frames_max) override;
    std::vector<bus::StreamEnd> journaled_ends() override;
    void on_heartbeat(bus::Heartbeat& own) override;

    [[nodiscard]] const DriverState& state() const { return state_; }
    [[nodiscard]] bool is_idle() const {
        return state_.phase == PlayPhase::Idle && !scheduler_.is_round_open();
    }

 private:
    [[nodiscard]] std::optional<base::Timestamp> next_event();
    [[nodiscard]] bool is_time(service::Host& host, base::Timestamp next);
    std::vector<domain::Message> inputs_until(service::Host& host, base::Timestamp window_end);
    void open_step(service::Host& host);
    void announce(service::Host& host, const kernel::Round& round,
                  std::vector<domain::Message> inputs);
    // True when the step is over.
    bool continue_round(service::Host& host);
    void finish_step(service::Host& host);
    void open_idle_step_if_needed(service::Host& host);
    // False: more may be played at once.
    bool play_free(service::Host& host);
    void publish_market_data(service::Host& host);
    void reanchor(service::Host& host, base::Timestamp event_time);
    [[nodiscard]] std::map<std::string, std::string> meta() const;

    kernel::Scheduler scheduler_;
    bool is_lockstep_;
    DriverState state_;
    std::unique_ptr<Source> source_;
    OpenSource open_;
    JournalRange journal_;
    std::vector<SourceMessage> window_messages_;
    bool run_end_seen_ = false;
    int64_t announced_at_ns_ = 0;
    int64_t step_ended_ns_ = 0;
    base::Timestamp wall_anchor_;
    base::Timestamp event_anchor_;
    uint64_t epoch_ = 0;
};

// The recordings a feed's database says it has played, in order. For those who look at a database
// whose feed does not run; empty when it has played none.
std::vector<PlayedFile> played_files(store::Store& store);

}  // namespace sauda::feed
