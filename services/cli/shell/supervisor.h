#pragma once

#include "common/bus/zmq_transport.h"
#include "common/domain/streams.h"
#include "common/service/environment.h"
#include "services/cli/core/respawn.h"

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

namespace sauda::cli {

// Keeps the services of one environment running: starts them, starts them again when they stop,
// kills those whose core loop has fallen silent. Writes supervisor.json for `sauda status`.
class Supervisor {
 public:
    Supervisor(service::Environment environment, std::string var, bool accept_config);
    // Until SIGTERM or SIGINT; then stops the services in reverse order. Exit code.
    int run();

 private:
    struct Child {
        domain::Service service = domain::Service::Unspecified;
        pid_t pid = 0;
        int64_t start_at_ns = 0;
        int64_t heard_at_ns = 0;
        Respawn respawn;
        std::string last_exit;
    };
    void start(Child& child);
    void reap();
    void listen();
    void kill_silent();
    void write_state() const;
    void stop_all();

    service::Environment environment_;
    std::string var_;
    bool accept_config_;
    std::string programs_;  // folder of the executables
    std::vector<Child> children_;
    std::unique_ptr<bus::ZmqTransport> transport_;
};

// Starts a supervisor in the background and returns its pid.
base::Expected<pid_t> start_supervisor(const std::string& var, const std::string& name,
                                       bool accept_config);
// Pid of the running supervisor of an environment, 0 if none.
pid_t supervisor_pid(const service::Environment& environment);
// Asks the supervisor to stop and waits; true when it is gone.
bool stop_supervisor(const service::Environment& environment);
// Folder this program stands in.
std::string program_folder();

}  // namespace sauda::cli
