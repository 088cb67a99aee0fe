#include "services/cli/shell/doctor_bots.h"

#include "common/summary/text_table.h"
#include "common/wire/format.h"
#include "services/strategy/core/bot_registry.h"

#include <algorithm>
#include <set>

namespace sauda::cli {

namespace {

using strategy::ParameterInfo;
using strategy::ParameterUnit;

std::string value_words(const ParameterInfo& info, int64_t value) {
    switch (info.unit) {
        case ParameterUnit::Count:
            return std::to_string(value);
        case ParameterUnit::Percent:
            return std::to_string(value) + " %";
        case ParameterUnit::Ticks:
            return std::to_string(value) + " ticks";
        case ParameterUnit::Bars:
            return std::to_string(value) + " bars";
        case ParameterUnit::Seconds:
            return std::to_string(value) + " s";
        case ParameterUnit::TimeOfDay:
            return wire::ist_clock(base::ist(base::Date{1}, base::seconds(value))).substr(0, 5);
        case ParameterUnit::PerMillion:
            return wire::per_million_as_percent(value);
        case ParameterUnit::Choice:
            return std::string(info.choices.at(static_cast<std::size_t>(value)));
    }
    return std::to_string(value);
}

std::string range_words(const ParameterInfo& info) {
    if (info.unit != ParameterUnit::Choice) {
        return value_words(info, info.minimum) + " to " + value_words(info, info.maximum);
    }
    std::string text;
    for (const auto choice : info.choices) {
        text += (text.empty() ? "" : ", ") + std::string(choice);
    }
    return text;
}

std::string gating_words(strategy::Gating gating) {
    switch (gating) {
        case strategy::Gating::Off:
            return "off: never looks at signals";
        case strategy::Gating::Observe:
            return "observe: notes the signal, trades on its rules";
        case strategy::Gating::Veto:
            return "veto: a confident signal against the trade stops it";
        case strategy::Gating::Trade:
            return "trade: only with the signal of the bar";
    }
    return "";
}

std::string bot_table(const strategy::BotConfig& bot, const strategy::BotKind& kind,
                      const strategy::Parameters& values) {
    summary::TextTable table({"parameter", ">value", "", "accepted", "meaning"});
    for (const auto& info : kind.parameters) {
        const auto value = values.find(info.name)->second;
        const bool is_given = bot.parameters.contains(std::string(info.name));
        table.row({std::string(info.name), value_words(info, value), is_given ? "" : "default",
                   range_words(info), std::string(info.text)});
    }
    return table.text("   ");
}

}  // namespace

std::map<std::string, std::string> bot_words(const strategy::StrategyConfig& config) {
    std::map<std::string, std::string> words;
    for (const auto& bot : config.bots) {
        const auto* kind = strategy::find_kind(strategy::bot_kinds(), bot.kind);
        if (kind == nullptr) {
            continue;
        }
        const auto values = strategy::resolve_parameters(*kind, bot.parameters);
        if (!values) {
            continue;
        }
        std::string changed;
        for (const auto& info : kind->parameters) {
            const auto value = values->find(info.name)->second;
            if (value != info.initial) {
                auto name = std::string(info.name);
                std::replace(name.begin(), name.end(), '_', ' ');
                changed += ", " + name + " " + value_words(info, value);
            }
        }
        words[bot.name] = bot.name + " is a " + bot.kind + ": " + std::string(kind->text) +
                          "; lots " + std::to_string(bot.lots) + changed;
    }
    return words;
}

std::string parameters_text(const strategy::StrategyConfig& config) {
    std::string text;
    std::set<std::string_view> used;
    for (const auto& bot : config.bots) {
        const auto* kind = strategy::find_kind(strategy::bot_kinds(), bot.kind);
        if (kind == nullptr) {
            continue;  // read_settings() refuses it
        }
        const auto values = strategy::resolve_parameters(*kind, bot.parameters);
        if (!values) {
            text += "bot " + bot.name + ": " + values.error().text + "\n\n";
            continue;
        }
        used.insert(kind->name);
        text += "bot " + bot.name + " (" + bot.kind + "): " + std::string(kind->text) +
                "\n   account " + bot.account + ", " + std::string(to_text(bot.underlying)) +
                ", lots " + std::to_string(bot.lots) + ", " +
                (bot.enabled ? "enabled" : "not enabled") + ", gating " + gating_words(bot.gating) +
                "\n" + bot_table(bot, *kind, *values) + "\n";
    }
    for (const auto& kind : strategy::bot_kinds()) {
        if (!used.contains(kind.name)) {
            text += "kind " + std::string(kind.name) +
                    " (no bot uses it): " + std::string(kind.text) + "\n" +
                    bot_table({}, kind, *strategy::resolve_parameters(kind, {})) + "\n";
        }
    }
    return text;
}

}  // namespace sauda::cli
