#include "services/ml_signal/shell/ml_signal_service.h"

#include "services/ml_signal/shell/settings.h"

namespace sauda::ml_signal {

base::Expected<service::Parts> make_ml_signal(const service::Ingredients& ingredients) {
    const auto settings = read_settings(ingredients.settings, ingredients.environment.config);
    if (!settings) {
        return std::unexpected(settings.error());
    }
    return service::Parts{.core = std::make_unique<MlSignalCore>(load_config(*settings)),
                          .extension = std::make_unique<service::Extension>()};
}

}  // namespace sauda::ml_signal
