#pragma once

#include "common/service/environment.h"

#include <cstdint>
#include <string>
#include <vector>

// What lies in the folder of an environment, and whether somebody works in it.
namespace sauda::cli {

// The processes that have the environment open now, by the locks they hold: "supervisor", "risk".
// Whoever started them: `sauda up`, systemd, containers that share the folder of the sockets.
std::vector<std::string> holders(const service::Environment& environment);
// "supervisor, feed, ml_signal".
std::string joined(const std::vector<std::string>& words);

// Files of the environment that are neither a database, nor the recorder's archive, nor a played
// session, nor belong to running processes (sockets, locks, logs but the alerts told). Relative
// names, sorted.
std::vector<std::string> other_files(const std::string& directory);

// "1.4 GB", "512 kB", "17 bytes".
std::string size_text(uint64_t bytes);
// Of a file, or of everything in a folder.
uint64_t size_on_disk(const std::string& path);

}  // namespace sauda::cli
