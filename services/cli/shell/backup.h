#pragma once

#include "common/sealing/key.h"

#include <optional>
#include <string>

namespace sauda::cli {

struct BackupOptions {
    std::string var = "var";
    std::string environment = "paper";
    std::string out;
    bool is_plain = false;            // without a key
    bool accepts_divergence = false;  // also when the databases do not fit together
    bool is_forced = false;           // replaces `out`
};

// Everything a stopped or running environment needs to go on elsewhere, in one verified file: its
// databases as of one instant, the recorder's archive up to that instant, the recordings it has
// played, its reports, its configuration and rules. Exit codes: 0 done, 1 not, with a sentence.
int backup(const BackupOptions& options);

struct RestoreOptions {
    std::string var = "var";
    std::string environment;  // empty: as in the backup
    std::string file;
    std::string service;              // only this service's database, into a stopped environment
    bool is_replacing = false;        // an existing environment is put aside first
    bool accepts_divergence = false;  // although something is lost or does not fit
    bool is_listing = false;          // only say and check what the file holds
};
// The reverse. Writes a folder of its own and puts it in place when everything in it is verified.
int restore(const RestoreOptions& options);

// The key named by SAUDA_BACKUP_KEY_FILE; nullopt when the variable is not set.
base::Expected<std::optional<sealing::Key>> key_of_environment();

}  // namespace sauda::cli
