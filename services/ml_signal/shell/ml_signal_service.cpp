#include "services/ml_signal/shell/ml_signal_service.h"

#include "services/ml_signal/core/ml_signal_core.h"

namespace sauda::ml_signal {

base::Expected<service::Parts> make_ml_signal(const service::Ingredients& /*ingredients*/) {
    return service::Parts{.core = std::make_unique<MlSignalCore>(MlSignalConfig{}),
                          .extension = std::make_unique<service::Extension>()};
}

}  // namespace sauda::ml_signal
