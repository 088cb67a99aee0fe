#pragma once

#include "common/service/program.h"

namespace sauda::risk {

base::Expected<service::Parts> make_risk(const service::Ingredients& ingredients);

}  // namespace sauda::risk
