#pragma once

#include "common/domain/message.h"

#include <optional>
#include <string>
#include <string_view>

namespace sauda::notifier {

// What a message is about; a channel asks for some of them.
enum class Kind : uint8_t {
    Session = 0,     // the exchange opens, closes, settles, has a holiday; a run ends
    Day = 1,         // the account's day begins and ends, the daily report
    Trade = 2,       // a position was opened, is being closed, is closed
    Order = 3,       // placed, filled, rejected
    Signal = 4,      // the opinion on an underlying turned
    Bot = 5,         // started, stopped, paused, a parameter changed
    Denial = 6,      // denied, reduced, refused, skipped
    Protection = 7,  // halts, limits, chases, orders of unknown state
    Account = 8,     // money in and out, settlements, foreign trades
    System = 9,      // services, data, models, the notifier itself
};
inline constexpr std::size_t kKinds = 10;
std::string_view to_text(Kind kind);
std::optional<Kind> parse_kind(std::string_view text);

// Why an event is worth telling, and with which others it is told. group is "topic|subject|code";
// events of one group within the window become one message.
struct Notice {
    domain::Severity severity = domain::Severity::Info;
    std::string group;
    bool at_once = false;  // tell the first of a group immediately, only repeats are grouped
};

// nullopt: nobody wants to hear of it. A signal is told when has_turned says that it points
// elsewhere than the one before.
std::optional<Notice> notice_of(const domain::Message& message, bool has_turned);

// Parts of a group's name.
Kind kind_of(std::string_view group);
std::string_view subject_of(std::string_view group);
// Orders come in bursts of a few and are told within seconds.
bool is_brief(std::string_view group);

// "5 intents of straddle1 denied, the last: " for the group "denied|straddle1|33" and 5; empty for
// one.
std::string headline(std::string_view group, uint64_t count);

}  // namespace sauda::notifier
