#pragma once

#include "common/base/expected.h"
#include "common/domain/streams.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace sauda::bus {

using domain::Service;

// Where a service listens, as ZeroMQ spells it.
struct Endpoints {
    std::string stream;   // PUB
    std::string control;  // ROUTER
    friend bool operator==(const Endpoints&, const Endpoints&) = default;
};

// A Unix socket's path may not be longer (sun_path without its final zero).
inline constexpr std::size_t kIpcPathBytesMax = 107;

// "ipc://<directory>/<service>.pub" and ".ctl". Not checked.
Endpoints endpoints_in(std::string_view directory, Service service);
// "<directory>/<service>.lock".
std::string lock_path_in(std::string_view directory, Service service);

// Invalid, with what to do, for a path that is too long, for tcp:// (it needs keys) and for
// anything that is neither.
base::Expected<void> check_endpoint(std::string_view endpoint);

// The file of an ipc endpoint; empty for any other.
std::string ipc_path(std::string_view endpoint);

}  // namespace sauda::bus
