#pragma once

#include "common/service/host.h"
#include "services/notifier/shell/backlog.h"
#include "services/notifier/shell/channels.h"
#include "services/notifier/shell/errands.h"
#include "services/notifier/shell/health_watch.h"
#include "services/notifier/shell/listener.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sauda::notifier {

// Hands over what the core decided: to console and file itself, to the channels that leave the
// machine by a lane each. A cursor per receiver is committed after each parcel and before the next,
// so a kill at any instant loses none and repeats at most the one under way.
class PostOffice : public service::Extension {
 public:
    struct Options {
        NotifierSettings settings;
        NotifierSecrets secrets;
        std::string environment;  // name
        std::string directory;    // of the environment
        bool is_live = false;     // the system's clock is the event clock
    };
    // make_listener: hears the owner's commands; null when there are none.
    using MakeListener = std::function<std::unique_ptr<Listener>(service::Host&, Errands&)>;
    PostOffice(Options options, MakeListener make_listener);
    ~PostOffice() override;

    void on_ready(service::Host& host) override;
    void on_ephemeral(service::Host& host, const bus::Ephemeral& message) override;
    bool on_cycle(service::Host& host) override;
    [[nodiscard]] base::Duration pause_max() const override;
    void after_commit(service::Host& host, const std::vector<kernel::Output>& outputs) override;
    void on_stop(service::Host& host) override;
    void add_metrics(std::vector<bus::NamedValue>& metrics) override;

 private:
    // Console or file: written at once on the host's thread.
    struct Desk {
        Backlog backlog;
        std::unique_ptr<Carrier> carrier;
        std::optional<Parcel> parcel;  // could not be written yet
        bool is_unsaved = false;
        bool is_troubled = false;
    };
    struct Counter {
        Backlog backlog;
        std::unique_ptr<Lane> lane;
        std::string name;
        bool is_unsaved = false;  // the cursor is ahead of what is committed
        bool is_busy = false;
        bool is_troubled = false;
        uint64_t sent = 0;
        uint64_t given_up = 0;
    };
    void restore(service::Host& host, Backlog& backlog, const std::string& name);
    void write_out(service::Host& host, Desk& desk);
    // False: there is more to do at once.
    bool serve(service::Host& host, Counter& counter);
    void take_reports(service::Host& host, Counter& counter);
    void fire_timers(service::Host& host);

    Options options_;
    MakeListener make_listener_;
    uint64_t end_ = 0;  // of the notifier's own stream
    std::vector<Desk> desks_;
    std::vector<Counter> counters_;
    HealthWatch watch_;
    Errands errands_;
    std::unique_ptr<Listener> listener_;
};

}  // namespace sauda::notifier
