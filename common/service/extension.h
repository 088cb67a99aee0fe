#pragma once

#include "common/bus/control.h"
#include "common/kernel/participant.h"
#include "common/store/store.h"

#include <optional>
#include <vector>

namespace sauda::service {

class Host;

// What one service adds to the cycle all share: the feed's driver, a broker's adapter, the
// notifier's channels, the recorder's file. Called on the host's thread.
class Extension {
 public:
    virtual ~Extension() = default;
    // Before the host starts: what the extension itself remembers.
    virtual base::Expected<void> prepare(store::Store& /*store*/) { return {}; }
    // The host has recovered and is ready to act.
    virtual void on_ready(Host& /*host*/) {}
    virtual void on_ephemeral(Host& /*host*/, const bus::Ephemeral& /*message*/) {}
    // Once a cycle. False: there is more to do at once, so the next poll does not wait.
    virtual bool on_cycle(Host& /*host*/) { return true; }
    // How long the host may wait when nothing arrives; what arrives ends every wait.
    [[nodiscard]] virtual base::Duration pause_max() const { return base::milliseconds(50); }
    // nullopt: not a verb of this service.
    virtual std::optional<bus::CommandReply> on_command(Host& /*host*/,
                                                        const bus::Command& /*command*/) {
        return std::nullopt;
    }
    // After the commit and the send: effects that reach outside.
    virtual void after_commit(Host& /*host*/, const std::vector<kernel::Output>& /*outputs*/) {}
    // Frames of a journaled stream the service owns, from seq on.
    virtual std::vector<bus::Frame> range(domain::StreamId /*stream*/, uint64_t /*from*/,
                                          uint32_t /*frames_max*/) {
        return {};
    }
    // Ends of the journaled streams the service owns.
    virtual std::vector<bus::StreamEnd> journaled_ends() { return {}; }
    // The host stops in order: what must be remembered is committed now.
    virtual void on_stop(Host& /*host*/) {}
    virtual void add_metrics(std::vector<bus::NamedValue>& /*metrics*/) {}
    virtual void on_heartbeat(bus::Heartbeat& /*own*/) {}
};

}  // namespace sauda::service
