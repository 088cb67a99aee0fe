#pragma once

#include "common/domain/market_rules.h"
#include "common/domain/streams.h"
#include "services/cli/core/finding.h"

#include <optional>
#include <vector>

// What the doctor makes of what it saw. Pure: the shell looks, these judge.
namespace sauda::cli {

struct DiskSpace {
    uint64_t free_bytes = 0;
    uint64_t all_bytes = 0;
};
// Warns below 5 %, a problem below 1 %.
Finding judge_disk(const DiskSpace& disk);

// At least 256 open files.
Finding judge_open_files(uint64_t limit);

struct ClockFacts {
    domain::Timestamp now;
    domain::Timestamp newest_file;        // of the environment; not set: none
    std::optional<bool> is_synchronised;  // nullopt: the system does not say
};
Finding judge_clock(const ClockFacts& clock);

struct FolderFacts {
    bool exists = false;
    bool is_mine = false;
    uint32_t mode = 0;  // permission bits
};
Finding judge_socket_folder(const FolderFacts& folder, const std::string& path);

// Keys nobody read. Of sections a later service may read they are a warning, else a problem.
Findings judge_unread_keys(const std::vector<std::string>& keys);

// Sessions, holidays, expiry, lot, charges and margin of what is traded, as of today.
Findings judge_rules(const domain::MarketRules& rules, domain::Date today,
                     const std::vector<domain::Underlying>& underlyings);

struct ServiceFacts {
    domain::Service service = domain::Service::Unspecified;
    bool is_listening = false;      // somebody is behind its socket
    std::string refusal;            // why it did not answer; empty: it did
    std::string state;              // "READY"
    std::string trouble;            // a stream it cannot follow
    bool runs_old_program = false;  // its executable was replaced since it was started
};
// A stopped environment is no illness; one that is half up is.
Findings judge_services(const std::vector<ServiceFacts>& services, bool is_supervised);

}  // namespace sauda::cli
