#pragma once

#include "common/service/program.h"

namespace sauda::feed {

base::Expected<service::Parts> make_feed(const service::Ingredients& ingredients);

}  // namespace sauda::feed
