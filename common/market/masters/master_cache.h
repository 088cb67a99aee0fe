#pragma once

#include "common/base/expected.h"
#include "common/market/masters/listed_contract.h"

#include <string>

namespace sauda::masters {

// Masters as kept in a folder (var/instruments): one small text file for each broker and date,
// "angel-2026-08-15.csv", with a checksum. Written beside and renamed, so that a crash leaves the
// old file or the new one.
base::Expected<std::string> save_master(const Master& master, const std::string& folder);

// Corrupt: damaged, cut short or of another version; says to load the master again.
base::Expected<Master> read_saved_master(const std::string& path);

struct SavedMaster {
    Broker broker = Broker::Exchange;
    domain::Date as_of;
    std::string path;
};
// What a folder holds, by broker and date; empty where there is no such folder.
std::vector<SavedMaster> saved_masters(const std::string& folder);

// Removes all but the newest `keep` of each broker; how many went.
int prune_saved_masters(const std::string& folder, int keep);

}  // namespace sauda::masters
