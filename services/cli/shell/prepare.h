#pragma once

#include <cstdint>
#include <string>

namespace sauda::cli {

// An environment for services that somebody else starts (containers, systemd).
struct PrepareOptions {
    std::string var = "var";
    std::string environment = "paper";
    std::string config;     // empty: deploy/config/paper.toml beside the program
    std::string recording;  // empty: a paper account; else the replay of this recording
    std::string bus;        // folder of the sockets; empty: inside the environment
    bool accept_config = false;
};

// Makes the environment if it is absent; checks it, its configuration and its rules if it is there.
// Exit codes: 0 the services may start, 78 they would refuse to, and why on standard error.
int prepare(const PrepareOptions& options);

// 0 when the service says READY, 1 with a sentence when it does not or does not answer.
int health(const std::string& var, const std::string& environment, const std::string& service);

}  // namespace sauda::cli
