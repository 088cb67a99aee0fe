#include "services/feed/shell/feed_service.h"

#include "services/feed/core/feed_core.h"
#include "services/feed/shell/driver.h"

namespace sauda::feed {

base::Expected<service::Parts> make_feed(const service::Ingredients& ingredients) {
    const auto& environment = ingredients.environment;
    std::set<domain::Service> participants(std::begin(domain::kParticipants),
                                           std::end(domain::kParticipants));
    return service::Parts{.core = std::make_unique<FeedCore>(FeedConfig{}, ingredients.rules),
                          .extension = std::make_unique<Driver>(
                              environment.window, std::move(participants), environment.is_lockstep,
                              open_source_in(environment.directory))};
}

}  // namespace sauda::feed
