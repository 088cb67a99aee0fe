#pragma once

#include "common/service/program.h"

namespace sauda::strategy {

base::Expected<service::Parts> make_strategy(const service::Ingredients& ingredients);

}  // namespace sauda::strategy
