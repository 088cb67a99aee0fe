#pragma once

#include "common/base/expected.h"
#include "common/service/environment.h"

#include <optional>
#include <string>

namespace sauda::cli {

struct UpOptions {
    std::string var = "var";
    std::string environment = "paper";
    std::string config;     // empty: deploy/config/paper.toml beside the program
    std::string rules;      // empty: deploy/market
    std::string recording;  // empty: the next simulated day
    std::string account;    // empty: the configuration's
    std::string bus;        // folder of the sockets; empty: inside the environment
    bool accept_config = false;
    bool has_session = true;     // false: only start the services
    int64_t speed_permille = 0;  // 0 = as fast as it can
    bool is_quick = false;       // the simulated day: NIFTY's 11 nearest strikes every 15 s
};

struct ReplayOptions {
    std::string var = "var";
    std::string recording;
    std::string config;
    std::string rules;
    std::string account;
    std::string environment;  // empty: the next replay-NNNN
    std::string bus;          // folder of the sockets; empty: inside the environment
    int64_t speed_permille = 0;
    int64_t window_ms = 10;
    int64_t step_pause_us = 0;  // wall time between steps, to look at things
    bool is_free = false;
    bool is_kept_up = false;  // leave the services running afterwards
};

// Exit codes of the commands.
int up(const UpOptions& options);
int down(const std::string& var, const std::string& environment);
int replay(const ReplayOptions& options);
// Deletes a stopped environment with its account, after the owner typed its name (or is_sure).
int reset(const std::string& var, const std::string& environment, bool is_sure);
// Waits for a session that is playing in the environment, with the live line. For containers.
int play(const std::string& var, const std::string& environment, const std::string& recording,
         int64_t speed_permille);
// The session of an environment whose services are kept running by somebody else (containers).
// Joins one that is playing. A recording that was played is only reported again; without a
// recording it plays the next simulated day.
int play_once(const std::string& var, const std::string& environment, const std::string& recording,
              int64_t speed_permille);

// deploy/config/paper.toml and deploy/market as installed or in the source tree.
std::string default_config();
std::string default_rules();
// Makes the environment if it does not exist.
base::Expected<service::Environment> ensure_environment(const UpOptions& options);
// What the environment of a replay says; a function of recording, configuration and rules but for
// its name and folders. Writes nothing.
base::Expected<service::Environment> describe_replay(const ReplayOptions& options,
                                                     const std::string& name);

}  // namespace sauda::cli
