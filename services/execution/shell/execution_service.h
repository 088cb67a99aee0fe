#pragma once

#include "common/service/program.h"

namespace sauda::execution {

base::Expected<service::Parts> make_execution(const service::Ingredients& ingredients);

}  // namespace sauda::execution
