#include "services/strategy/core/bot.h"
#include "services/strategy/core/bot_registry.h"

#include <algorithm>
#include <charconv>
#include <set>

// From what stands in a configuration to checked values.

namespace sauda::strategy {

namespace {

using base::ErrorKind;

std::optional<int64_t> number_of(std::string_view text) {
    int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_whole = error == std::errc{} && end == text.data() + text.size();
    return is_whole && !text.empty() ? std::optional(value) : std::nullopt;
}

// "09:30" or "09:30:15".
std::optional<int64_t> time_of_day(std::string_view text) {
    int64_t seconds = 0;
    int64_t unit = 3600;
    while (unit > 0) {
        const auto colon = text.find(':');
        const auto part = number_of(text.substr(0, colon));
        if (!part || *part < 0 || *part > (unit == 3600 ? 23 : 59)) {
            return std::nullopt;
        }
        seconds += *part * unit;
        if (colon == std::string_view::npos) {
            return unit < 3600 ? std::optional(seconds) : std::nullopt;
        }
        text.remove_prefix(colon + 1);
        unit /= 60;
    }
    return std::nullopt;
}

std::optional<int64_t> value_of(const ParameterInfo& info, const std::string& text) {
    if (info.unit == ParameterUnit::Choice) {
        const auto found = std::find(info.choices.begin(), info.choices.end(), text);
        return found == info.choices.end() ? std::nullopt
                                           : std::optional<int64_t>(found - info.choices.begin());
    }
    return info.unit == ParameterUnit::TimeOfDay ? time_of_day(text) : number_of(text);
}

std::string accepted(const ParameterInfo& info) {
    std::string text;
    if (info.unit == ParameterUnit::Choice) {
        for (const auto& choice : info.choices) {
            text += (text.empty() ? "" : " or ") + std::string(choice);
        }
        return text;
    }
    text = std::to_string(info.minimum) + " to " + std::to_string(info.maximum);
    return text + " (" + std::string(to_text(info.unit)) + ")";
}

std::string out_of_range(const ParameterInfo& info) {
    return "parameter '" + std::string(info.name) + "' must be " + accepted(info);
}

base::Expected<void> check(const BotConfig& bot, const StrategyConfig& config,
                           const std::vector<BotKind>& kinds) {
    const std::string who = "bot '" + bot.name + "': ";
    const auto* kind = find_kind(kinds, bot.kind);
    if (kind == nullptr) {
        std::string known;
        for (const auto& k : kinds) {
            known += (known.empty() ? "" : ", ") + std::string(k.name);
        }
        return base::fail(ErrorKind::Invalid,
                          who + "unknown kind '" + bot.kind + "'; known are " + known);
    }
    const bool has_account =
        std::any_of(config.accounts.begin(), config.accounts.end(),
                    [&](const AccountConfig& account) { return account.name == bot.account; });
    if (!has_account) {
        return base::fail(ErrorKind::Invalid, who + "unknown account '" + bot.account + "'");
    }
    if (exchange_of(bot.underlying) == domain::Exchange::Unspecified) {
        return base::fail(ErrorKind::Invalid, who + "has no underlying");
    }
    if (bot.lots < 1 || bot.lots > 1000) {
        return base::fail(ErrorKind::Invalid, who + "lots must be 1 to 1000");
    }
    if (bot.groups_max < 1 || bot.groups_max > 20) {
        return base::fail(ErrorKind::Invalid, who + "groups_max must be 1 to 20");
    }
    if (bot.signal_wait < Duration{} || bot.signal_wait > base::minutes(1)) {
        return base::fail(ErrorKind::Invalid, who + "signal_wait must be 0 to 60 seconds");
    }
    const auto values = resolve_parameters(*kind, bot.parameters);
    if (!values) {
        return base::fail(ErrorKind::Invalid, who + values.error().text);
    }
    return {};
}

}  // namespace

std::optional<Gating> parse_gating(std::string_view text) {
    if (text == "off") {
        return Gating::Off;
    }
    if (text == "observe") {
        return Gating::Observe;
    }
    if (text == "veto") {
        return Gating::Veto;
    }
    return text == "trade" ? std::optional(Gating::Trade) : std::nullopt;
}

std::string_view to_text(ParameterUnit unit) {
    switch (unit) {
        case ParameterUnit::Count:
            return "number";
        case ParameterUnit::Percent:
            return "per cent";
        case ParameterUnit::Ticks:
            return "ticks";
        case ParameterUnit::Bars:
            return "bars";
        case ParameterUnit::Seconds:
            return "seconds";
        case ParameterUnit::TimeOfDay:
            return "seconds since midnight, or hh:mm";
        case ParameterUnit::PerMillion:
            return "millionths";
        case ParameterUnit::Choice:
            return "choice";
    }
    return "";
}

domain::Unit domain_unit(ParameterUnit unit) {
    switch (unit) {
        case ParameterUnit::Seconds:
        case ParameterUnit::TimeOfDay:
            return domain::Unit::Seconds;
        case ParameterUnit::PerMillion:
            return domain::Unit::PerMillion;
        case ParameterUnit::Count:
        case ParameterUnit::Percent:
        case ParameterUnit::Ticks:
        case ParameterUnit::Bars:
        case ParameterUnit::Choice:
            break;
    }
    return domain::Unit::Count;
}

const BotKind* find_kind(const std::vector<BotKind>& kinds, std::string_view name) {
    const auto found = std::find_if(kinds.begin(), kinds.end(),
                                    [name](const BotKind& kind) { return kind.name == name; });
    return found == kinds.end() ? nullptr : &*found;
}

const ParameterInfo* find_parameter(const BotKind& kind, std::string_view name) {
    const auto found = std::find_if(kind.parameters.begin(), kind.parameters.end(),
                                    [name](const ParameterInfo& p) { return p.name == name; });
    return found == kind.parameters.end() ? nullptr : &*found;
}

base::Expected<Parameters> resolve_parameters(const BotKind& kind,
                                              const std::map<std::string, ParameterValue>& given) {
    Parameters values;
    for (const auto& info : kind.parameters) {
        values[std::string(info.name)] = info.initial;
    }
    for (const auto& [name, written] : given) {
        const auto* info = find_parameter(kind, name);
        if (info == nullptr) {
            return base::fail(ErrorKind::Invalid,
                              "unknown parameter '" + name + "' of kind " + std::string(kind.name));
        }
        const auto* text = std::get_if<std::string>(&written);
        const auto value =
            text == nullptr ? std::optional(std::get<int64_t>(written)) : value_of(*info, *text);
        if (!value || *value < info->minimum || *value > info->maximum) {
            return base::fail(ErrorKind::Invalid, out_of_range(*info));
        }
        values[name] = *value;
    }
    if (kind.problem != nullptr) {
        if (auto problem = kind.problem(values); !problem.empty()) {
            return base::fail(ErrorKind::Invalid, std::move(problem));
        }
    }
    return values;
}

std::string problem_with(const BotKind& kind, const Parameters& current, std::string_view name,
                         int64_t value) {
    const auto* info = find_parameter(kind, name);
    if (info == nullptr) {
        return "unknown parameter '" + std::string(name) + "'";
    }
    if (value < info->minimum || value > info->maximum) {
        return out_of_range(*info);
    }
    Parameters values = current;
    values[std::string(name)] = value;
    return kind.problem == nullptr ? "" : kind.problem(values);
}

base::Expected<void> check(const StrategyConfig& config, const std::vector<BotKind>& kinds) {
    std::set<std::string> names;
    for (const auto& bot : config.bots) {
        if (bot.name.empty() || !names.insert(bot.name).second) {
            return base::fail(ErrorKind::Conflict,
                              "two bots are named '" + bot.name + "', or one has no name");
        }
        if (auto result = check(bot, config, kinds); !result) {
            return result;
        }
    }
    return {};
}

}  // namespace sauda::strategy
