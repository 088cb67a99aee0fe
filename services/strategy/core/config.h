#pragma once

#include "common/domain/contract_id.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sauda::strategy {

using domain::Date;
using domain::Duration;
using domain::Money;
using domain::Price;
using domain::Quantity;
using domain::Timestamp;
using domain::Underlying;

// What a bot does with ml_signal's opinion.
enum class Gating : uint8_t {
    Off = 0,      // never looks
    Observe = 1,  // records which signal stood, trades on its rules
    Veto = 2,     // a confident signal against the trade stops it
    Trade = 3,    // waits for the signal of the bar; trades only with it, or on the rules if late
};
std::optional<Gating> parse_gating(std::string_view text);  // "off", "observe", "veto", "trade"

// As written in a configuration: a number in the parameter's own unit, or a text where the
// parameter has choices ("affordability") or is a time of day ("09:30").
using ParameterValue = std::variant<int64_t, std::string>;
// Checked values in the parameter's own unit, every parameter of the kind present.
using Parameters = std::map<std::string, int64_t, std::less<>>;

struct BotConfig {
    std::string name;     // unique
    std::string kind;     // of the registry: "short_straddle", "sma_crossover"
    std::string account;  // one of StrategyConfig::accounts
    Underlying underlying = Underlying::Unspecified;
    int64_t lots = 1;     // per leg, 1 to 1,000
    bool enabled = true;  // at first sight; afterwards StartBot and StopBot decide
    Gating gating = Gating::Off;
    Duration signal_wait = base::seconds(2);  // event time, Gating::Trade
    int64_t groups_max = 1;                   // leg groups working at once
    std::map<std::string, ParameterValue> parameters;
};

struct AccountConfig {
    std::string name;
    Money capital;
    Money position_cap;  // what one position may cost; used by the affordability strike rule
};

struct StrategyConfig {
    std::vector<BotConfig> bots;
    std::vector<AccountConfig> accounts;
    Duration intent_validity = base::seconds(5);  // event time
    Duration entry_timeout = base::seconds(20);
};

}  // namespace sauda::strategy
