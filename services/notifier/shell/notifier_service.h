#pragma once

#include "common/service/program.h"

namespace sauda::notifier {

base::Expected<service::Parts> make_notifier(const service::Ingredients& ingredients);

}  // namespace sauda::notifier
