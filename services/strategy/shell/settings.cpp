#include "services/strategy/shell/settings.h"

#include "common/service/first_error.h"
#include "services/strategy/core/bot_registry.h"

namespace sauda::strategy {

namespace {

void read_parameters(const settings::Settings& bot, BotConfig& config, service::FirstError& read) {
    const auto* kind = find_kind(bot_kinds(), config.kind);
    if (kind == nullptr) {
        std::string known;
        for (const auto& entry : bot_kinds()) {
            known += (known.empty() ? "" : ", ") + std::string(entry.name);
        }
        read.note(
            bot.refuse("kind", "there is no bot kind '" + config.kind + "'; known: " + known));
        return;
    }
    for (const auto& parameter : kind->parameters) {
        const auto name = std::string(parameter.name);
        if (!bot.has(name)) {
            continue;
        }
        const bool is_text =
            parameter.unit == ParameterUnit::Choice || parameter.unit == ParameterUnit::TimeOfDay;
        if (is_text) {
            std::string text;
            read.take(text, bot.text(name));
            config.parameters[name] = text;
        } else {
            int64_t value = 0;
            read.take(value, bot.integer(name, {}, parameter.minimum, parameter.maximum));
            config.parameters[name] = value;
        }
    }
}

BotConfig read_bot(const settings::Settings& bot, const std::string& account,
                   service::FirstError& read) {
    BotConfig config;
    read.take(config.name, bot.text("name"));
    read.take(config.kind, bot.text("kind"));
    read.take(config.account, bot.text("account", account));
    std::string underlying;
    read.take(underlying, bot.text("underlying", "NIFTY"));
    if (const auto parsed = domain::parse_underlying(underlying)) {
        config.underlying = *parsed;
    } else {
        read.note(
            bot.refuse("underlying", "'" + underlying + "' is not an underlying Sauda knows"));
    }
    read.take(config.lots, bot.integer("lots", 1, 1, 1000));
    read.take(config.enabled, bot.boolean("enabled", true));
    std::string gating;
    read.take(gating, bot.text("gating", "off", {"off", "observe", "veto", "trade"}));
    config.gating = parse_gating(gating).value_or(Gating::Off);
    read.take(config.signal_wait, bot.duration("signal_wait", config.signal_wait));
    read_parameters(bot, config, read);
    return config;
}

}  // namespace

base::Expected<StrategyConfig> read_settings(const settings::Settings& settings) {
    StrategyConfig config;
    service::FirstError read;
    std::string account;
    read.take(account, settings.text("account"));
    for (const auto& table : settings.tables("accounts")) {
        AccountConfig entry{.name = table.name(), .capital = {}, .position_cap = {}};
        read.take(entry.capital, table.rupees("capital"));
        int64_t cap = 350'000;
        read.take(cap, table.per_million("position_cap", cap));
        entry.position_cap = entry.capital.scaled(cap, 1'000'000);
        config.accounts.push_back(entry);
    }
    for (const auto& bot : settings.tables("bot")) {
        config.bots.push_back(read_bot(bot, account, read));
    }
    read.take(config.intent_validity,
              settings.duration("strategy.intent_validity", config.intent_validity));
    read.take(config.entry_timeout,
              settings.duration("strategy.entry_timeout", config.entry_timeout));
    auto result = read.or_error(config);
    if (result) {
        if (auto checked = check(*result); !checked) {
            return std::unexpected(checked.error());
        }
    }
    return result;
}

}  // namespace sauda::strategy
