#pragma once

#include "common/base/expected.h"
#include "common/base/timestamp.h"

#include <cstdint>
#include <string>

namespace sauda::service {

// A named environment: a folder with its run.json, databases, logs and sockets. Paper and live
// accounts go on from day to day; every replay has its own.
struct Environment {
    std::string name;          // "paper", "replay-0007"
    std::string kind;          // paper, replay, live, simulation
    std::string directory;     // var/<name>
    std::string bus;           // folder of the sockets
    std::string config;        // TOML file
    std::string rules;         // folder of the dated rules
    std::string account;       // the account traded
    uint64_t run = 0;          // identity of the run; in every message
    uint64_t config_hash = 0;  // of configuration and rules when created or last accepted
    bool is_lockstep = true;
    bool is_power_safe = true;
    base::Duration window = base::milliseconds(10);
    std::string binary;  // hash of the program that created it
};

// Hash of a file's bytes; of a folder's files in name order.
base::Expected<uint64_t> hash_file(const std::string& path);
base::Expected<uint64_t> hash_folder(const std::string& path);
base::Expected<uint64_t> hash_configuration(const std::string& config, const std::string& rules);

base::Expected<Environment> load_environment(const std::string& var, const std::string& name);
// Writes <var>/<name>/run.json; makes the folders.
base::Expected<void> save_environment(const Environment& environment);
// Sockets live in <directory>/bus, or under /tmp when that path is too long for a socket.
std::string socket_folder(const std::string& directory);

// Run identity of a replay: a function of its inputs, so that two replays print the same.
uint64_t replay_run(uint64_t recording_hash, uint64_t config_hash, base::Duration window);

}  // namespace sauda::service
