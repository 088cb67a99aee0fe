#pragma once

#include "common/base/expected.h"
#include "common/domain/reason.h"
#include "services/strategy/core/config.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sauda::strategy {

class Bot;

// The fixed unit of a parameter's integer.
enum class ParameterUnit : uint8_t {
    Count,
    Percent,  // whole per cent
    Ticks,
    Bars,
    Seconds,
    TimeOfDay,  // seconds since midnight in India; a configuration may say "09:30"
    PerMillion,
    Choice,  // index into `choices`; a configuration says the choice
};
std::string_view to_text(ParameterUnit unit);
domain::Unit domain_unit(ParameterUnit unit);

struct ParameterInfo {
    std::string_view name;
    int64_t initial = 0;
    int64_t minimum = 0;
    int64_t maximum = 0;
    ParameterUnit unit = ParameterUnit::Count;
    std::string_view text;  // one line for `doctor` and the documentation
    std::vector<std::string_view> choices = {};
};

struct BotKind {
    std::string_view name;
    std::string_view text;
    std::unique_ptr<Bot> (*make)() = nullptr;
    std::vector<ParameterInfo> parameters;
    // What is wrong with the values taken together, as a sentence; empty = nothing. May be null.
    std::string (*problem)(const Parameters& values) = nullptr;
};

// The one table of bots. A new bot is one row in bot_registry.cpp.
const std::vector<BotKind>& bot_kinds();

const BotKind* find_kind(const std::vector<BotKind>& kinds, std::string_view name);
const ParameterInfo* find_parameter(const BotKind& kind, std::string_view name);

// Every parameter of the kind: the configured value or the initial one. An error names the
// parameter and says what is accepted.
base::Expected<Parameters> resolve_parameters(const BotKind& kind,
                                              const std::map<std::string, ParameterValue>& given);

// Empty, or why `value` cannot be set now, given the others.
std::string problem_with(const BotKind& kind, const Parameters& current, std::string_view name,
                         int64_t value);

// Names the bot, account, kind or parameter that is wrong. A core is built from checked
// configurations only.
base::Expected<void> check(const StrategyConfig& config,
                           const std::vector<BotKind>& kinds = bot_kinds());

}  // namespace sauda::strategy
