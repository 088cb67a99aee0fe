#pragma once

#include "common/service/program.h"

namespace sauda::ml_signal {

base::Expected<service::Parts> make_ml_signal(const service::Ingredients& ingredients);

}  // namespace sauda::ml_signal
