#include "services/strategy/shell/strategy_service.h"

#include "common/service/host.h"
#include "services/strategy/core/strategy_core.h"
#include "services/strategy/shell/settings.h"

#include <nlohmann/json.hpp>

namespace sauda::strategy {

namespace {

std::string_view text_of(BotStatus status) {
    switch (status) {
        case BotStatus::New:
            return "new";
        case BotStatus::Started:
            return "started";
        case BotStatus::Stopped:
            return "stopped";
        case BotStatus::Paused:
            return "paused";
    }
    return "?";
}

// Answers `bots`: what each bot is and does.
class BotList : public service::Extension {
 public:
    explicit BotList(std::vector<BotConfig> bots) : bots_(std::move(bots)) {}

    std::optional<bus::CommandReply> on_command(service::Host& host,
                                                const bus::Command& command) override {
        if (command.verb != "bots") {
            return std::nullopt;
        }
        const auto& core = dynamic_cast<const StrategyCore&>(host.participant().core());
        auto list = nlohmann::json::array();
        for (const auto& config : bots_) {
            const auto* state = core.find(config.name);
            if (state == nullptr) {
                continue;
            }
            list.push_back({{"name", config.name},
                            {"kind", config.kind},
                            {"account", config.account},
                            {"state", text_of(state->status)},
                            {"open", state->groups.size()},
                            {"trades_today", state->trades},
                            {"intents", state->intents},
                            {"skipped", state->skipped}});
        }
        return bus::CommandReply{.ok = true, .json = nlohmann::json{{"bots", list}}.dump()};
    }

 private:
    std::vector<BotConfig> bots_;
};

}  // namespace

base::Expected<service::Parts> make_strategy(const service::Ingredients& ingredients) {
    auto config = read_settings(ingredients.settings);
    if (!config) {
        return std::unexpected(config.error());
    }
    auto list = std::make_unique<BotList>(config->bots);
    return service::Parts{
        .core = std::make_unique<StrategyCore>(std::move(*config), ingredients.rules),
        .extension = std::move(list)};
}

}  // namespace sauda::strategy
