#include "services/strategy/shell/strategy_service.h"

#include "services/strategy/core/strategy_core.h"
#include "services/strategy/shell/settings.h"

namespace sauda::strategy {

base::Expected<service::Parts> make_strategy(const service::Ingredients& ingredients) {
    auto config = read_settings(ingredients.settings);
    if (!config) {
        return std::unexpected(config.error());
    }
    return service::Parts{
        .core = std::make_unique<StrategyCore>(std::move(*config), ingredients.rules),
        .extension = std::make_unique<service::Extension>()};
}

}  // namespace sauda::strategy
