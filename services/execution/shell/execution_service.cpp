#include "services/execution/shell/execution_service.h"

#include "services/execution/core/execution_core.h"
#include "services/execution/shell/settings.h"

namespace sauda::execution {

base::Expected<service::Parts> make_execution(const service::Ingredients& ingredients) {
    auto config = read_settings(ingredients.settings, ingredients.database_id,
                                ingredients.environment.window);
    if (!config) {
        return std::unexpected(config.error());
    }
    return service::Parts{
        .core = std::make_unique<ExecutionCore>(std::move(*config), ingredients.rules),
        .extension = std::make_unique<service::Extension>()};
}

}  // namespace sauda::execution
