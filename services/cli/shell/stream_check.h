#pragma once

#include "common/domain/streams.h"
#include "common/store/sqlite_store.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

// Whether the databases of several services fit together.
namespace sauda::cli {

using Stores = std::map<domain::Service, std::unique_ptr<store::SqliteStore>>;

// Path of a service's database in an environment's folder.
std::string database_path(const std::string& directory, domain::Service service);
// Opens, for reading, every database that exists.
base::Expected<Stores> open_stores(const std::string& directory);

// Sentences, one for each stream on which a service has seen what its owner's database does not
// hold, or holds otherwise: with them the service would stop with a diverged stream. Empty: they
// fit. Streams whose owner has no database here are passed over only if nobody has seen any of it.
std::vector<std::string> divergences(const Stores& stores);

// What `newer` holds and `older` does not, or holds otherwise, for each of a service's own streams;
// empty when `older` holds all of it. Both may hold only some services.
std::vector<std::string> lost_between(const Stores& newer, const Stores& older);

// Computes the chain of every stream again from the stored bytes. Corrupt names the first message
// that is not as it was written.
base::Expected<void> check_chains(const Stores& stores);

}  // namespace sauda::cli
