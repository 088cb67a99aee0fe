#pragma once

#include "common/base/expected.h"
#include "common/domain/streams.h"
#include "common/service/environment.h"

#include <string>
#include <utility>
#include <vector>

namespace sauda::cli {

using Arguments = std::vector<std::pair<std::string, std::string>>;

// Asks a service something; the JSON of its answer, or its refusal as an error.
base::Expected<std::string> ask(const service::Environment& environment, domain::Service service,
                                const std::string& verb, const Arguments& arguments = {});
// Who sits here, for the record of operator acts.
std::string user_name();

}  // namespace sauda::cli
