#include "services/risk/shell/risk_service.h"

#include "services/risk/core/risk_core.h"
#include "services/risk/shell/settings.h"

namespace sauda::risk {

base::Expected<service::Parts> make_risk(const service::Ingredients& ingredients) {
    auto config = read_settings(ingredients.settings);
    if (!config) {
        return std::unexpected(config.error());
    }
    return service::Parts{.core = std::make_unique<RiskCore>(std::move(*config), ingredients.rules),
                          .extension = std::make_unique<service::Extension>()};
}

}  // namespace sauda::risk
