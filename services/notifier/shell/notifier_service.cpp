#include "services/notifier/shell/notifier_service.h"

#include "services/notifier/core/notifier_core.h"
#include "services/notifier/shell/post_office.h"
#include "services/notifier/shell/sentences.h"

namespace sauda::notifier {

base::Expected<service::Parts> make_notifier(const service::Ingredients& ingredients) {
    const auto& environment = ingredients.environment;
    auto settings = read_settings(ingredients.settings);
    if (!settings) {
        return std::unexpected(settings.error());
    }
    if (!may_leave_machine(environment.kind)) {
        *settings = only_local(std::move(*settings));
    }
    auto secrets = read_secrets(*settings);
    if (!secrets) {
        return std::unexpected(secrets.error());
    }
    const auto rules = ingredients.rules;
    auto core = std::make_unique<NotifierCore>(
        settings->core,
        [rules](const domain::Message& message) { return sentence_of(message, *rules); });
    PostOffice::Options options{.settings = std::move(*settings),
                                .secrets = std::move(*secrets),
                                .environment = environment.name,
                                .directory = environment.directory,
                                .is_live = environment.kind == "live"};
    return service::Parts{.core = std::move(core),
                          .extension = std::make_unique<PostOffice>(std::move(options), nullptr)};
}

}  // namespace sauda::notifier
