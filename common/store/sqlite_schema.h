#pragma once

#include "common/base/expected.h"
#include "common/store/sqlite_database.h"

namespace sauda::store {

// Number of the newest migration; PRAGMA user_version of an up-to-date file.
int schema_version();

// Brings an empty or older file to the newest schema, each migration in its own transaction.
// Conflict, with a sentence, for a file of another program or of a newer version of this one.
base::Expected<void> migrate(Database& database);

// The same refusals without writing; Invalid for a file that still has to be migrated.
base::Expected<void> check_schema(Database& database);

}  // namespace sauda::store
